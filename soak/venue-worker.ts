import assert from 'node:assert';
import { parentPort } from 'node:worker_threads';
import { runWholeExchange } from '../packages/core/src/testing/oracle/whole-exchange.ts';
import type { VenueTask } from './venues.ts';

const port = parentPort;
assert(port !== null, 'this is the file of a worker thread');
port.on('message', (task: VenueTask) => port.postMessage(runWholeExchange(task)));
