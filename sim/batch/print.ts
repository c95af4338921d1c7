import { EXPECTED } from '../checks/sights.ts';
import type { SeedReport } from '../run.ts';
import type { BatchReport } from './batch.ts';

/** Batches of at least so many seeds must have seen everything that is expected. */
export const SEEDS_TO_SEE_ALL = 300;

export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export function printFailure({ seed, commands, virtualMs, failure }: SeedReport): void {
  if (failure === undefined) return;
  print(`seed ${seed} failed at command ${commands}, ${virtualMs} virtual ms:`);
  print(failure.stack);
  for (const line of failure.tail) print(line);
  print(`again: node sim/main.ts --seed ${seed}`);
}

/** What a batch should have seen and did not; nothing for a small batch. */
export function unseen({ seeds, counters }: BatchReport): readonly string[] {
  return seeds < SEEDS_TO_SEE_ALL ? [] : EXPECTED.filter((name) => counters.get(name) === 0);
}

/** One line of JSON. */
export function printFigures(batch: BatchReport, seconds: number): void {
  const all = Object.entries(batch.counters.toRecord());
  const faults = Object.fromEntries(
    all.flatMap(([name, count]) => (name.startsWith('fault: ') ? [[name.slice('fault: '.length), count]] : [])),
  );
  print(
    JSON.stringify({
      seeds: batch.seeds,
      commands: batch.commands,
      crashes: batch.counters.get('fault: kill') + batch.counters.get('fault: power cut'),
      seconds: Math.round(seconds),
      failures: batch.failures.length,
      failedSeeds: batch.failures.slice(0, 20).map(({ seed }) => seed),
      unseen: unseen(batch),
      faults,
    }),
  );
}
