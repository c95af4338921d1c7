import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { MARKET_KINDS, type MarketKind } from '../packages/core/src/testing/oracle/random-market/market-terms.ts';
import type { Finding, Run, runWholeExchange, Watch } from '../packages/core/src/testing/oracle/whole-exchange.ts';

/** One venue's life, for a worker. */
export type VenueTask = Omit<Run, 'onProgress'>;
type Result = ReturnType<typeof runWholeExchange>;

export interface SoakOptions {
  readonly commands: number;
  /** Of the first venue; the next one has the next. */
  readonly seed: number;
  /** Commands of one venue, so that what is found has a short journal. */
  readonly each: number;
  /** All of one kind; left out, the kinds take turns by seed. */
  readonly market: MarketKind | undefined;
  readonly watch: Watch;
  readonly onVenue: (task: VenueTask, done: number) => void;
}

export interface SoakReport {
  readonly commands: number;
  readonly venues: number;
  readonly seen: ReadonlyMap<string, number>;
  /** In 1e-8 USDT, over all venues. */
  readonly drift: bigint;
  readonly finding?: Finding;
}

/** Runs venues in as many threads as there are processors, until one finds something. Which thread runs one makes no difference. */
export async function runVenues(options: SoakOptions): Promise<SoakReport> {
  const tasks = tasksOf(options);
  const seen = new Map<string, number>();
  const findings: Finding[] = [];
  let [next, commands, venues, drift] = [0, 0, 0, 0n];
  const work = async (worker: Worker): Promise<void> => {
    for (let task = tasks[next++]; task !== undefined && findings.length === 0; task = tasks[next++]) {
      const result = await runIn(worker, task);
      commands += task.commands;
      venues++;
      drift += result.drift;
      for (const [kind, count] of result.seen) seen.set(kind, (seen.get(kind) ?? 0) + count);
      if (result.finding !== undefined) findings.push(result.finding);
      options.onVenue(task, commands);
    }
  };
  const url = new URL('./venue-worker.ts', import.meta.url);
  const threads = Math.min(availableParallelism(), tasks.length);
  const workers = Array.from({ length: threads }, () => new Worker(url));
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  const [finding] = findings.sort((a, b) => a.seed - b.seed);
  return { commands, venues, seen, drift, ...(finding === undefined ? {} : { finding }) };
}

function tasksOf({ commands, seed, each, market, watch }: SoakOptions): VenueTask[] {
  return Array.from({ length: Math.ceil(commands / each) }, (_, k) => ({
    seed: seed + k,
    kind: market ?? (MARKET_KINDS[(seed + k) % MARKET_KINDS.length] as MarketKind),
    commands: Math.min(each, commands - k * each),
    watch,
  }));
}

function runIn(worker: Worker, task: VenueTask): Promise<Result> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (result: Result) => {
      worker.off('error', reject);
      resolve(result);
    });
    worker.postMessage(task);
  });
}
