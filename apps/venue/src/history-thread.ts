import { parentPort, workerData } from 'node:worker_threads';
import { openPglite, runHistoryWorker } from '@openvenue/views';
import { logFolder } from './folders.ts';
import { openLogSource } from './log-source.ts';
import { yieldToOtherThreads } from './thread-priority.ts';

/**
 * Nobody waits for the history as for an order's reply: where both want a processor the thread takes about a quarter of it, and all that is
 * left over. Less would let questions run out of their time on a machine with much else to do.
 */
const NICENESS = 5;

/** `workerData` of the history's thread. */
export interface HistoryThreadData {
  readonly dataFolder: string;
  /** Folder of the history, which is the data folder's own but for one that is made beside it. */
  readonly folder: string;
}

/** Entry of the history's worker thread: a replica of its own that tails the log and projects it into PGlite. */
const { dataFolder, folder } = workerData as HistoryThreadData;
if (parentPort === null) throw new Error('this file is the entry of a worker thread');
yieldToOtherThreads(NICENESS);

await runHistoryWorker({
  port: parentPort,
  openSource: () => openLogSource(logFolder(dataFolder)),
  openStore: (headSequence) => openPglite(folder, { headSequence }),
});
