import { parentPort, workerData } from 'node:worker_threads';
import { openPglite } from '../../sql/store/pglite-store.ts';
import type { LoggedCommand } from '../../sql/worker/history-source.ts';
import { type HistoryBatching, runHistoryWorker } from '../../sql/worker/history-worker.ts';
import { journalSource } from './journal.ts';

/** `workerData` of this thread: a history on disk over a log in memory. */
export interface HistoryThreadData {
  readonly folder: string;
  readonly template: Blob;
  readonly journal: readonly LoggedCommand[];
  readonly batching?: HistoryBatching;
}

const { folder, template, journal, batching } = workerData as HistoryThreadData;
if (parentPort === null) throw new Error('this is the entry of a worker thread');
await runHistoryWorker({
  port: parentPort,
  openSource: async () => journalSource(journal),
  openStore: (headSequence) => openPglite(folder, { headSequence, template }),
  ...(batching === undefined ? {} : { batching }),
});
