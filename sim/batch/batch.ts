import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Counters } from '../machine/counters.ts';
import type { SeedReport } from '../run.ts';

/** What a worker is told. */
export interface WorkerTask {
  readonly seed: number;
}

export interface BatchOptions {
  readonly from: number;
  readonly seeds: number;
  /** A bug to plant in every worker. */
  readonly canary?: string | undefined;
  /** Whether the first failing seed ends the batch. */
  readonly stopsAtFailure?: boolean;
  readonly onReport?: (report: SeedReport, done: number) => void;
}

export interface BatchReport {
  readonly seeds: number;
  readonly commands: number;
  readonly counters: Counters;
  /** By seed. */
  readonly failures: readonly SeedReport[];
}

/** Runs seeds in as many threads as there are processors. Which thread runs a seed makes no difference to it. */
export async function runBatch(options: BatchOptions): Promise<BatchReport> {
  const counters = new Counters();
  const failures: SeedReport[] = [];
  let next = options.from;
  let done = 0;
  let commands = 0;
  const end = options.from + options.seeds;
  const isOver = (): boolean => next >= end || (options.stopsAtFailure === true && failures.length > 0);
  const work = async (worker: Worker): Promise<void> => {
    while (!isOver()) {
      const report = await runIn(worker, next++);
      done++;
      commands += report.commands;
      counters.merge(report.counters);
      if (report.failure !== undefined) failures.push(report);
      options.onReport?.(report, done);
    }
  };
  const threads = Math.min(availableParallelism(), options.seeds);
  const url = new URL('./worker.ts', import.meta.url);
  const workers = Array.from({ length: threads }, () => new Worker(url, { workerData: { canary: options.canary } }));
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return { seeds: done, commands, counters, failures: failures.sort((a, b) => a.seed - b.seed) };
}

function runIn(worker: Worker, seed: number): Promise<SeedReport> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (report: SeedReport) => {
      worker.off('error', reject);
      resolve(report);
    });
    worker.postMessage({ seed } satisfies WorkerTask);
  });
}
