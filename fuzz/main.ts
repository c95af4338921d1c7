import { parseArgs } from 'node:util';
import { FEW } from './batch.ts';
import { CANARIES } from './canaries/list.ts';
import type { Report } from './checks/report.ts';
import { fuzz } from './run.ts';

const USAGE = `node fuzz/main.ts [--requests N] [--seed S]     requests and frames of a seed
node fuzz/main.ts --seed S --batch B            one batch of it again
node fuzz/main.ts --canaries                    every planted bug`;
const SHOWN = 20;
const MEGABYTE = 2 ** 20;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function natural(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`not a number: ${text}\n${USAGE}`);
  return Number(text);
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      batch: { type: 'string' },
      canaries: { type: 'boolean', default: false },
    },
  });
  const seed = natural(values.seed);
  if (values.canaries) return runCanaries(seed);
  const beganMs = performance.now();
  let shownAt = 0;
  const report = await fuzz({
    requests: natural(values.requests),
    seed,
    ...(values.batch === undefined ? {} : { batch: natural(values.batch) }),
    onBatch: ({ total, violationCount }) => {
      if (total - shownAt < 10_000) return;
      shownAt = total;
      print(`${total} sent, ${violationCount} violations`);
    },
  });
  for (const { batch, what, sent } of report.violations.slice(0, SHOWN))
    print(`\nseed ${seed} batch ${batch}: ${what}\n  ${sent}`);
  print(JSON.stringify(figuresOf(report, { seed, seconds: (performance.now() - beganMs) / 1_000 })));
  return report.violationCount === 0;
}

async function runCanaries(seed: number): Promise<boolean> {
  let found = 0;
  for (const { name } of CANARIES) {
    const { violations } = await fuzz({ requests: 1, seed, batch: 0, sizes: FEW, canary: name });
    if (violations.length > 0) found++;
    print(`${name}: ${violations[0]?.what.split('\n')[0] ?? 'NOT FOUND'}`);
  }
  print(JSON.stringify({ canaries: CANARIES.length, found }));
  return found === CANARIES.length;
}

function figuresOf(report: Report, run: { readonly seed: number; readonly seconds: number }) {
  const { statuses, reached, ops, mutations, loopBusyMs, heapGrowthBytes, violationCount, total, counts } = report;
  return {
    seed: run.seed,
    seconds: Math.round(run.seconds),
    total,
    ...counts,
    statuses: Object.fromEntries([...statuses].toSorted(([a], [b]) => a - b)),
    callsReached: reached.size,
    opsSent: ops.size,
    mutations: mutations.size,
    loopBusyMs: Math.round(loopBusyMs),
    heapGrowthMb: Math.round((heapGrowthBytes / MEGABYTE) * 10) / 10,
    violations: violationCount,
  };
}

process.exitCode = (await main()) ? 0 : 1;
