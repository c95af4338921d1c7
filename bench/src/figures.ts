import { availableParallelism, cpus } from 'node:os';

/** The middle of some values; of an even number of them the upper one of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** Wall time of a synchronous run. */
export function secondsOf(run: () => void): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

export const rounded = (value: number): string => Math.round(value).toLocaleString('en-US');

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printRefused(refused: Iterable<readonly [reason: string, count: number]>): void {
  for (const [reason, count] of refused) print(`  refused ${rounded(count)} x ${reason}`);
}

/** What the figures were measured on. */
export function machine(): string {
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'} x ${availableParallelism()}, Node ${process.version}`;
}
