import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { serveJobs } from '../child.ts';
import { type SoakUser, SoakVenue } from '../running-venue.ts';
import { Traffic } from './traffic.ts';

/** What the venue of the soak is asked, one thing at a time. */
export type ServerJob =
  | { readonly ask: 'start'; readonly privateUsers: number }
  | { readonly ask: 'live'; readonly lives: number }
  | { readonly ask: 'move' | 'stand' | 'figures' };

export interface ServerAnswer {
  readonly port: number;
  readonly listenKeys: readonly string[];
  /** Last event of each private user. */
  readonly lastEvents: readonly number[];
  readonly sockets: number;
  /** Bytes that wait for clients in the memory of the venue: now, and the most of one socket since the last answer. */
  readonly waitingBytes: number;
  readonly peakBytes: number;
  /** Sockets for which bytes wait. */
  readonly waitingSockets: number;
  readonly residentBytes: number;
  /** Processor time so far. */
  readonly cpuMs: number;
}

const LOOK_EVERY_MS = 50;

const sockets = new Set<Socket>();
let peakBytes = 0;
subscribe('net.server.socket', (message) => {
  const { socket } = message as { readonly socket: Socket };
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});
setInterval(() => {
  for (const { writableLength } of sockets) peakBytes = Math.max(peakBytes, writableLength);
}, LOOK_EVERY_MS).unref();

let soak: SoakVenue;
let traffic: Traffic;
const users: SoakUser[] = [];

serveJobs(async (job: ServerJob): Promise<ServerAnswer> => {
  switch (job.ask) {
    case 'start':
      soak = await SoakVenue.start();
      traffic = await Traffic.start(soak);
      for (let user = 0; user < job.privateUsers; user++) users.push(await soak.user());
      break;
    case 'move':
      traffic.move();
      break;
    case 'stand':
      await traffic.stand();
      break;
    case 'live':
      await traffic.live(users, job.lives);
      break;
    case 'figures':
      break;
  }
  return figures();
});

function figures(): ServerAnswer {
  const { exchange } = soak.venue.node.core;
  const waiting = [...sockets].map(({ writableLength }) => writableLength).filter((bytes) => bytes > 0);
  const { user, system } = process.cpuUsage();
  const answer = {
    port: soak.port,
    listenKeys: users.map(({ listenKey }) => listenKey),
    lastEvents: users.map(({ userId }) => exchange.userSequence(userId)),
    sockets: sockets.size,
    waitingBytes: waiting.reduce((sum, bytes) => sum + bytes, 0),
    peakBytes,
    waitingSockets: waiting.length,
    residentBytes: process.memoryUsage.rss(),
    cpuMs: (user + system) / 1_000,
  };
  peakBytes = 0;
  return answer;
}
