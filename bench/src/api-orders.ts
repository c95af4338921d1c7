import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_USERS } from '../../apps/venue/src/demo-accounts.ts';
import { call } from '../../e2e/testing/api.ts';
import { VenueProcess } from '../../e2e/testing/venue-process.ts';
import { median, print, printRefused, rounded } from './figures.ts';
import type { LoadJob } from './load-process.ts';
import { createKey, type Key } from './orders.ts';
import { probeReads, type ReadFigures } from './reads.ts';
import { type ReadsBesideDepth, readsBesideDepth } from './reads-beside-depth.ts';
import type { LoadFigures, LoadShape } from './tally.ts';

const ROUNDS = 5;
const WARM_UP_ROUNDS = 1;
const TIMES = { warmUpMs: 500, measuredMs: 3_000 };
const HTTP: LoadShape = { connections: 64, ...TIMES };
/** As many orders under way as over HTTP. */
const WS: LoadShape = { connections: 4, inFlight: 16, ...TIMES };

/** One kind of load in all rounds. */
export interface Rounds {
  readonly acceptedPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface ApiOrderFigures {
  readonly http: Rounds;
  readonly peer: Rounds;
  readonly ws: Rounds;
  /** HTTP at half of its greatest rate. */
  readonly half: Rounds;
  readonly readsAtHalf: ReadFigures;
  readonly readsAtMost: ReadFigures;
  readonly readsBesideDepth: ReadsBesideDepth;
}

/**
 * Measures placing orders in the running venue, over HTTP and over the WebSocket, beside a bare Fastify that checks the signature and
 * echoes. Every order is on disk before its reply. The venue, the peer and the load are processes of their own; reads are probed from
 * this one, which otherwise rests.
 */
export async function benchApiOrders(folder: string = tmpdir()): Promise<ApiOrderFigures> {
  const dataFolder = await mkdtemp(join(folder, 'openvenue-bench-'));
  const venue = await VenueProcess.start(dataFolder, {
    LOG_LEVEL: 'silent',
    OPENVENUE_ORDERS_PER_SECOND: '1000000',
    ...profiling(),
  });
  const peer = fork(fileURLToPath(new URL('./http-peer.ts', import.meta.url)));
  const generator = fork(fileURLToPath(new URL('./load-process.ts', import.meta.url)));
  const readers = fork(fileURLToPath(new URL('./depth-readers.ts', import.meta.url)));
  try {
    const keys = await Promise.all(DEMO_USERS.map((user) => createKey(venue.url, user)));
    peer.send(Object.fromEntries(keys.map(({ apiKey, apiSecret }) => [apiKey, apiSecret])));
    const [peerPort] = (await once(peer, 'message')) as [number];
    return await measure({ generator, readers }, { venueUrl: venue.url, peerPort, keys });
  } finally {
    for (const child of [peer, generator, readers]) {
      child.disconnect();
      await once(child, 'exit');
    }
    await venue.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** `BENCH_NODE_OPTIONS=--cpu-prof` shows where the venue's time goes. */
function profiling(): Readonly<Record<string, string>> {
  const options = process.env['BENCH_NODE_OPTIONS'];
  return options === undefined ? {} : { NODE_OPTIONS: options };
}

interface Targets {
  readonly venueUrl: string;
  readonly peerPort: number;
  readonly keys: readonly Key[];
}

interface Load {
  readonly generator: ChildProcess;
  readonly readers: ChildProcess;
}

async function measure({ generator, readers }: Load, { venueUrl, peerPort, keys }: Targets): Promise<ApiOrderFigures> {
  const port = Number(new URL(venueUrl).port);
  const paths = await Promise.all(keys.map((key) => privatePath(venueUrl, key)));
  const all: Record<'http' | 'peer' | 'ws' | 'half', LoadFigures[]> = { http: [], peer: [], ws: [], half: [] };
  const reads: Record<'most' | 'half', ReadFigures[]> = { most: [], half: [] };
  const besideDepth: ReadsBesideDepth[] = [];
  let jobs = 0;
  const run = (job: DistributiveOmit<LoadJob, 'run'>): Promise<LoadFigures> =>
    figuresOf(generator, { ...job, run: `bench${++jobs}` });
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const http = await run({ way: 'http', port, keys, shape: HTTP });
    const theirs = await run({ way: 'http', port: peerPort, keys, shape: HTTP });
    const ws = await run({ way: 'ws', port, paths, shape: WS });
    const [half, readsAtHalf] = await Promise.all([
      run({ way: 'http', port, keys, shape: { ...HTTP, perSecond: http.acceptedPerSecond / 2 } }),
      probeReads(venueUrl, keys[0]!, TIMES),
    ]);
    const [, readsAtMost] = await Promise.all([
      run({ way: 'http', port, keys, shape: HTTP }),
      probeReads(venueUrl, keys[0]!, TIMES),
    ]);
    const depth = await readsBesideDepth(readers, { venueUrl, key: keys[0]!, measuredMs: TIMES.measuredMs });
    if (round < 0) continue;
    all.http.push(http);
    all.peer.push(theirs);
    all.ws.push(ws);
    all.half.push(half);
    reads.most.push(readsAtMost);
    reads.half.push(readsAtHalf);
    besideDepth.push(depth);
  }
  print(`orders, median of ${ROUNDS} interleaved rounds of ${TIMES.measuredMs / 1_000} s`);
  return {
    http: roundsOf(`HTTP, ${HTTP.connections} connections`, all.http),
    peer: roundsOf('bare Fastify with HMAC', all.peer),
    ws: roundsOf(`WebSocket, ${WS.connections} connections of ${WS.inFlight} under way`, all.ws),
    half: roundsOf('HTTP at half of its rate', all.half),
    readsAtMost: readsOf('reads beside all of it', reads.most),
    readsAtHalf: readsOf('reads beside half of it', reads.half),
    readsBesideDepth: depthOf(besideDepth),
  };
}

type DistributiveOmit<T, Name extends string> = T extends unknown ? Omit<T, Name> : never;

async function figuresOf(generator: ChildProcess, job: LoadJob): Promise<LoadFigures> {
  generator.send(job);
  const [figures] = (await once(generator, 'message')) as [LoadFigures];
  return figures;
}

async function privatePath(url: string, key: Key): Promise<string> {
  const answer = await call(url, { path: '/v1/private/user/listen-key', body: {}, auth: key });
  return `/ws?listenKey=${String(answer.data.listenKey)}`;
}

function roundsOf(name: string, rounds: readonly LoadFigures[]): Rounds {
  const middle = (field: 'acceptedPerSecond' | 'p50Ms' | 'p99Ms' | 'ownLoad'): number =>
    median(rounds.map((figures) => figures[field]));
  const [acceptedPerSecond, p50Ms, p99Ms] = [middle('acceptedPerSecond'), middle('p50Ms'), middle('p99Ms')];
  const latency = `p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms`;
  const load = `load ${Math.round(middle('ownLoad') * 100)} % busy`;
  print(`  ${name}: ${rounded(acceptedPerSecond)} accepted/s, ${latency} (${load})`);
  for (const { refused } of rounds) printRefused(refused);
  return { acceptedPerSecond, p50Ms, p99Ms };
}

function readsOf(name: string, rounds: readonly ReadFigures[]): ReadFigures {
  const figures = {
    accountP99Ms: median(rounds.map(({ accountP99Ms }) => accountP99Ms)),
    bookP99Ms: median(rounds.map(({ bookP99Ms }) => bookP99Ms)),
  };
  print(
    `  ${name}: p99 of the account ${figures.accountP99Ms.toFixed(2)} ms, of the book ${figures.bookP99Ms.toFixed(2)} ms`,
  );
  return figures;
}

function depthOf(rounds: readonly ReadsBesideDepth[]): ReadsBesideDepth {
  const messagesPerSecond = median(rounds.map((figures) => figures.messagesPerSecond));
  return {
    ...readsOf(`reads beside ${rounded(messagesPerSecond)} messages of depth a second`, rounds),
    messagesPerSecond,
  };
}

if (import.meta.main) await benchApiOrders(process.argv[2]);
