import { MessageChannel } from 'node:worker_threads';
import type { HistoryThread } from '../../sql/worker/history-client.ts';
import { type HistoryWorkerOptions, runHistoryWorker } from '../../sql/worker/history-worker.ts';

/** Runs the worker on this thread behind a real message port, where a test can watch its database. */
export function localThread(
  options: Omit<HistoryWorkerOptions, 'port'>,
): HistoryThread & { readonly done: Promise<void> } {
  const { port1, port2 } = new MessageChannel();
  const errors: ((error: unknown) => void)[] = [];
  const exits: (() => void)[] = [];
  const done = runHistoryWorker({ ...options, port: port2 })
    .catch((error: unknown) => {
      for (const listener of errors) listener(error);
    })
    .then(() => {
      port1.close();
      for (const listener of exits) listener();
    });
  return {
    postMessage: (message) => port1.postMessage(message),
    on: (event: 'message' | 'error' | 'exit', listener: (value: never) => void) => {
      if (event === 'message') port1.on('message', listener as (message: unknown) => void);
      else if (event === 'error') errors.push(listener as (error: unknown) => void);
      else exits.push(listener as () => void);
    },
    terminate: async () => port2.close(),
    done,
  };
}
