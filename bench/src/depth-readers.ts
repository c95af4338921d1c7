import type { Socket } from 'node:net';
import { requestFrame } from './ws-frames.ts';
import { openWebSocket } from './ws-load.ts';

/** What a process of readers is asked, one thing at a time; it answers each with the messages counted so far. */
export type ReadersJob =
  | {
      readonly ask: 'open';
      readonly port: number;
      readonly sockets: number;
      /** How many addresses of this machine they come from, all of 127.0.0.0/8; one without it. */
      readonly addresses?: number;
    }
  | { readonly ask: 'count' }
  | { readonly ask: 'close' };

const SUBSCRIBE = '{"id":"s","op":"subscribe","args":["market.depth.BTCUSDT@200.20"]}';
/** Connections that are opened at a time. */
const OPENING = 50;
/** As each update begins; it is found without cutting the stream into frames, which would cost more than what it measures. */
const UPDATE = Buffer.from('"type":"update"');

const sockets: Socket[] = [];
let messages = 0;

async function open({ port, sockets: count, addresses = 1 }: Extract<ReadersJob, { ask: 'open' }>): Promise<void> {
  const addressOf = (socket: number): string => `127.0.0.${1 + (socket % addresses)}`;
  for (let opened = 0; opened < count; opened += OPENING)
    await Promise.all(
      Array.from({ length: Math.min(OPENING, count - opened) }, (_, n) => openOne(port, addressOf(opened + n))),
    );
}

async function openOne(port: number, localAddress: string): Promise<void> {
  const socket = await openWebSocket(port, '/ws', localAddress);
  socket.on('data', (bytes: Buffer) => {
    for (let at = bytes.indexOf(UPDATE); at !== -1; at = bytes.indexOf(UPDATE, at + UPDATE.length)) messages += 1;
  });
  // The server ends with its process at the end of the measurement.
  socket.on('error', () => socket.destroy());
  socket.write(requestFrame(SUBSCRIBE));
  sockets.push(socket);
}

process.on('message', (job: ReadersJob) => {
  if (job.ask === 'close') for (const socket of sockets.splice(0)) socket.destroy();
  const done = job.ask === 'open' ? open(job) : Promise.resolve();
  void done.then(() => process.send?.(messages));
});
process.once('disconnect', () => process.exit(0));
