export interface Percentiles {
  readonly p50Ns: number;
  readonly p99Ns: number;
  readonly p999Ns: number;
  readonly worstNs: number;
}

/** Times every single call. Reading the clock is in each figure: `clockPercentiles` tells how much that is. */
export function percentilesOf<T>(commands: readonly T[], run: (command: T) => void): Percentiles {
  const nanoseconds = new Float64Array(commands.length);
  for (const [i, command] of commands.entries()) {
    const start = performance.now();
    run(command);
    nanoseconds[i] = (performance.now() - start) * 1e6;
  }
  nanoseconds.sort();
  const at = (share: number): number =>
    nanoseconds[Math.min(Math.floor(commands.length * share), commands.length - 1)]!;
  return { p50Ns: at(0.5), p99Ns: at(0.99), p999Ns: at(0.999), worstNs: at(1) };
}

/** What it costs to time nothing. */
export const clockPercentiles = (calls: number): Percentiles =>
  percentilesOf(Array.from({ length: calls }), () => undefined);
