import type { Measured } from './measure.ts';

/** A Markdown table with a line for each group of questions. */
export function tableOf(measured: readonly Measured[]): readonly string[] {
  const groups = Map.groupBy(measured, ({ group }) => group);
  const lines = [...groups].map(([group, all]) => {
    const medians = all.map(({ p50Ms }) => p50Ms).sort((a, b) => a - b);
    const median = medians[Math.floor(medians.length / 2)] ?? 0;
    const worst = Math.max(...all.map(({ worstMs }) => worstMs));
    return `| ${group} | ${all.length} | ${median.toFixed(1)} | ${worst.toFixed(1)} |`;
  });
  return ['| Questions | How many | p50 ms | Worst ms |', '|---|---|---|---|', ...lines];
}
