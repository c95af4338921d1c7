import type { Fault } from './parse.ts';

/** How many messages were ignored, by reason. */
export type IgnoredCounts = Readonly<Partial<Record<Fault, number>>>;

/** Counts what an end ignored. */
export function countIgnored(): { readonly counts: IgnoredCounts; add(fault: Fault): void } {
  const counts: Partial<Record<Fault, number>> = {};
  return {
    counts,
    add: (fault) => {
      counts[fault] = (counts[fault] ?? 0) + 1;
    },
  };
}
