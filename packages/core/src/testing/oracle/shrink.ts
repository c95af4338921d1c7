import type { Timed } from './random-market.ts';
import { faultOfJournal } from './whole-exchange.ts';

/** A fault without its numbers: two of one kind are taken for the same. */
const kindOfFault = (fault: string): string => (fault.split(': core ')[0] ?? fault).replace(/\d+/g, '#').slice(0, 200);

/**
 * Drops commands from a failing journal as long as what is left fails in the same way: halves first, then ever smaller pieces.
 * Stops at a journal from which no single command can be dropped, or at the deadline.
 */
export function shrink(
  journal: readonly Timed[],
  { fault, isLate }: { readonly fault: string; readonly isLate: () => boolean },
): readonly Timed[] {
  const kind = kindOfFault(fault);
  const fails = (some: readonly Timed[]): boolean => {
    const found = faultOfJournal(some);
    return found !== undefined && kindOfFault(found) === kind;
  };
  let left = journal;
  for (let piece = Math.ceil(left.length / 2); piece >= 1 && !isLate(); piece = Math.floor(piece / 2)) {
    for (let at = 0; at < left.length && !isLate(); ) {
      const without = [...left.slice(0, at), ...left.slice(at + piece)];
      if (fails(without)) left = without;
      else at += piece;
    }
  }
  return left;
}
