import { Worker } from 'node:worker_threads';
import { HistoryClient } from '@openvenue/views';
import type { Logger } from 'pino';
import { historyFolder } from './folders.ts';
import type { HistoryThreadData } from './history-thread.ts';

/** Starts the history of a data folder in a thread of its own. */
export function startHistory(options: {
  readonly dataFolder: string;
  readonly durableSequence: number;
  readonly log: Logger;
}): HistoryClient {
  const { dataFolder, log } = options;
  const workerData: HistoryThreadData = { dataFolder, folder: historyFolder(dataFolder) };
  const history = new HistoryClient({
    startThread: () => new Worker(new URL('./history-thread.ts', import.meta.url), { workerData }),
    onFailure: (error) => log.error({ err: error }, 'the history thread ended; it is started again'),
    onOpened: ({ position, rebuilt, cause }) => {
      if (rebuilt === undefined || rebuilt === 'new') log.info({ position }, 'history opened');
      else log.warn({ reason: rebuilt, cause }, 'history is being rebuilt from the log');
    },
  });
  history.start(options.durableSequence);
  return history;
}
