import { parentPort, workerData } from 'node:worker_threads';
import { openPglite, runHistoryWorker } from '@openvenue/views';
import { logFolder } from './folders.ts';
import { openLogSource } from './log-source.ts';

/** `workerData` of the history's thread. */
export interface HistoryThreadData {
  readonly dataFolder: string;
  /** Folder of the history, which is the data folder's own but for one that is made beside it. */
  readonly folder: string;
}

/** Entry of the history's worker thread: a replica of its own that tails the log and projects it into PGlite. */
const { dataFolder, folder } = workerData as HistoryThreadData;
if (parentPort === null) throw new Error('this file is the entry of a worker thread');

await runHistoryWorker({
  port: parentPort,
  openSource: () => openLogSource(logFolder(dataFolder)),
  openStore: (headSequence) => openPglite(folder, { headSequence }),
});
