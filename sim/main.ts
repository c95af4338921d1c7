import { parseArgs } from 'node:util';
import { runBatch } from './batch/batch.ts';
import { print, printFailure, printFigures, unseen } from './batch/print.ts';
import { CANARIES } from './canaries/list.ts';

const USAGE = `node sim/main.ts --seed N [--canary NAME]     one run
node sim/main.ts --seeds N [--from S] [--canary NAME]     a batch
node sim/main.ts --canaries [--seeds N] [--from S]        every planted bug until a seed finds it`;

const FAILURES_SHOWN = 3;
const DEFAULT_CANARY_SEEDS = 1_000;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      canary: { type: 'string' },
      canaries: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const from = natural(values.from);
  if (values.canaries) {
    return runCanaries({ from, seeds: values.seeds === undefined ? DEFAULT_CANARY_SEEDS : natural(values.seeds) });
  }
  if (values.seed !== undefined) return runOne(natural(values.seed), values);
  if (values.seeds === undefined) throw new RangeError(USAGE);
  return runMany({ from, seeds: natural(values.seeds), canary: values.canary, verbose: values.verbose });
}

function natural(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`not a number: ${text}\n${USAGE}`);
  return Number(text);
}

async function runOne(
  seed: number,
  { canary, verbose }: { readonly canary?: string; readonly verbose: boolean },
): Promise<boolean> {
  const { failures, commands, counters } = await runBatch({
    from: seed,
    seeds: 1,
    canary,
    onReport: ({ traceHash, virtualMs }) => print(`seed ${seed}: trace ${traceHash}, ${virtualMs} virtual ms`),
  });
  if (verbose) print(JSON.stringify(counters.toRecord(), undefined, 2));
  for (const failure of failures) printFailure(failure);
  print(`seed ${seed}: ${commands} commands, ${failures.length === 0 ? 'nothing found' : 'failed'}`);
  return failures.length === 0;
}

async function runMany(options: {
  readonly from: number;
  readonly seeds: number;
  readonly canary: string | undefined;
  readonly verbose: boolean;
}): Promise<boolean> {
  const beganMs = performance.now();
  const step = Math.max(1, Math.floor(options.seeds / 20));
  const batch = await runBatch({
    ...options,
    onReport: (report, done) => {
      if (report.failure !== undefined) print(`seed ${report.seed}: ${report.failure.message}`);
      if (done % step === 0) print(`${done} of ${options.seeds} seeds`);
    },
  });
  for (const failure of batch.failures.slice(0, FAILURES_SHOWN)) printFailure(failure);
  if (options.verbose) print(JSON.stringify(batch.counters.toRecord(), undefined, 2));
  printFigures(batch, (performance.now() - beganMs) / 1_000);
  return batch.failures.length === 0 && unseen(batch).length === 0;
}

async function runCanaries(options: { readonly from: number; readonly seeds: number }): Promise<boolean> {
  let caught = 0;
  for (const { name } of CANARIES) {
    const { failures, seeds } = await runBatch({ ...options, canary: name, stopsAtFailure: true });
    const [first] = failures;
    if (first !== undefined) caught++;
    print(
      first === undefined
        ? `${name}: NOT FOUND in ${seeds} seeds`
        : `${name}: seed ${first.seed}: ${first.failure?.message}`,
    );
  }
  print(JSON.stringify({ canaries: CANARIES.length, caught }));
  return caught === CANARIES.length;
}

process.exitCode = (await main()) ? 0 : 1;
