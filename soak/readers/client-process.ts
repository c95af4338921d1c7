import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../../bench/src/tally.ts';
import { serveJobs } from '../child.ts';
import { type ReadSoFar, SocketReader } from './socket-reader.ts';

/** What a process of readers is asked, one thing at a time. */
export type ClientJob =
  | {
      readonly ask: 'open';
      readonly port: number;
      /** One for each socket. */
      readonly paths: readonly string[];
      readonly topics: readonly string[];
      /** Its sockets come from addresses of 127.`network`.0.0/16, a hundred from each. */
      readonly network: number;
      /** Last private event that was read before, one for each socket; 0 for none. */
      readonly after?: readonly number[];
    }
  /** Asks for snapshots of the topics again and again, whether they are read or not. */
  | { readonly ask: 'snapshots'; readonly topics: readonly string[]; readonly times: number }
  /** The version that a new reader of the topic begins with. */
  | { readonly ask: 'version'; readonly port: number; readonly topic: string }
  | { readonly ask: 'stall' | 'go on' | 'measure' | 'read' | 'close' };

export interface ClientAnswer {
  /** Of what was delivered since `measure`, to the time of the message; empty figures before. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly delivered: number;
  readonly version: number;
  readonly sockets: readonly ReadSoFar[];
}

/** Connections that are opened at a time. */
const OPENING = 50;
const PER_ADDRESS = 90;
/** Requests a second of a connection, below what the venue takes. */
const REQUESTS_PER_SECOND = 8;
const LOOK_MS = 50;

const readers: SocketReader[] = [];
let delaysMs: number[] = [];
let isMeasuring = false;
let version = 0;

serveJobs(async (job: ClientJob): Promise<ClientAnswer> => {
  switch (job.ask) {
    case 'open':
      await open(job);
      break;
    case 'stall':
      for (const reader of readers) reader.stall();
      break;
    case 'go on':
      for (const reader of readers) reader.goOn();
      break;
    case 'measure':
      delaysMs = [];
      isMeasuring = true;
      break;
    case 'snapshots':
      for (let time = 0; time < job.times; time++) {
        for (const reader of readers) reader.subscribe(job.topics);
        await sleep(1_000 / REQUESTS_PER_SECOND);
      }
      break;
    case 'version':
      version = await versionOf(job);
      break;
    case 'read':
      break;
    case 'close':
      for (const reader of readers.splice(0)) reader.close();
      isMeasuring = false;
      break;
  }
  return {
    p50Ms: quantile(delaysMs, 0.5),
    p99Ms: quantile(delaysMs, 0.99),
    delivered: delaysMs.length,
    version,
    sockets: readers.map(({ read }) => ({ ...read })),
  };
});

async function open(job: Extract<ClientJob, { ask: 'open' }>): Promise<void> {
  for (let from = 0; from < job.paths.length; from += OPENING)
    await Promise.all(job.paths.slice(from, from + OPENING).map((path, index) => openOne(job, path, from + index)));
}

async function openOne(
  { port, topics, network, after }: Extract<ClientJob, { ask: 'open' }>,
  path: string,
  index: number,
): Promise<void> {
  const localAddress = `127.${network}.0.${1 + Math.floor(index / PER_ADDRESS)}`;
  const reader = await SocketReader.open({ port, path, localAddress }, (delayMs) => {
    if (isMeasuring) delaysMs.push(delayMs);
  });
  reader.goOnAfter(after?.[index] ?? 0);
  if (topics.length > 0) reader.subscribe(topics);
  readers.push(reader);
}

async function versionOf({ port, topic }: { readonly port: number; readonly topic: string }): Promise<number> {
  const reader = await SocketReader.open({ port, path: '/ws', localAddress: '127.9.0.1' }, () => undefined);
  reader.subscribe([topic]);
  while (reader.read.bookVersion === 0) await sleep(LOOK_MS);
  reader.close();
  return reader.read.bookVersion;
}
