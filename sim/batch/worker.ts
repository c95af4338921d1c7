import assert from 'node:assert';
import { parentPort, workerData } from 'node:worker_threads';
import { plant } from '../canaries/plant.ts';
import type { WorkerTask } from './batch.ts';

const port = parentPort;
assert(port !== null, 'this is the file of a worker thread');
const { canary } = workerData as { readonly canary: string | undefined };
const checkPlanted = canary === undefined ? () => undefined : plant(canary);
const { runSeed } = await import('../run.ts');
checkPlanted();

port.on('message', async ({ seed }: WorkerTask) => {
  port.postMessage(await runSeed(seed));
});
