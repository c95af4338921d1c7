import { median, secondsOf } from './figures.ts';
import { collectYoung } from './heap.ts';

/** Something that runs the same number of commands in every round. */
export interface Contender {
  /** Makes a round's commands while no clock runs; what it returns is timed. */
  prepare(): () => void;
}

export interface Rounds {
  readonly contenders: readonly Contender[];
  readonly warmUpRounds: number;
  readonly rounds: number;
  readonly commandsPerRound: number;
  /** Runs after every round, warm-up included. */
  readonly check: () => void;
}

/**
 * Lets each contender run once in every round, so that whatever else the machine does falls on all of them alike. Returns each
 * one's median nanoseconds a command of the rounds after the warm-up, in the contenders' order.
 */
export function interleave({ contenders, warmUpRounds, rounds, commandsPerRound, check }: Rounds): number[] {
  const nanoseconds = contenders.map((): number[] => []);
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const run = contender.prepare();
      collectYoung();
      const seconds = secondsOf(run);
      if (round >= 0) nanoseconds[i]!.push((seconds * 1e9) / commandsPerRound);
    }
    check();
  }
  return nanoseconds.map(median);
}
