import { parentPort, workerData } from 'node:worker_threads';
import { openPglite, runHistoryWorker } from '@openvenue/views';
import { historyFolder, logFolder } from './folders.ts';
import { openLogSource } from './log-source.ts';

/** Entry of the history's worker thread: a replica of its own that tails the log and projects it into PGlite. */
const { dataFolder } = workerData as { readonly dataFolder: string };
if (parentPort === null) throw new Error('this file is the entry of a worker thread');

await runHistoryWorker({
  port: parentPort,
  openSource: () => openLogSource(logFolder(dataFolder)),
  openStore: (headSequence) => openPglite(historyFolder(dataFolder), { headSequence }),
});
