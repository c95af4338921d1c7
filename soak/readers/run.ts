import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_WS_LIMITS } from '../../packages/gateway/src/ws/limits.ts';
import { Child } from '../child.ts';
import type { ClientAnswer, ClientJob } from './client-process.ts';
import type { ServerAnswer, ServerJob } from './server-process.ts';
import type { ReadSoFar } from './socket-reader.ts';

export interface ReadersShape {
  readonly sockets: number;
  /** Of them, those that stop reading. */
  readonly stalled: number;
  /** Each has a private connection that reads, and one that stops. */
  readonly privateUsers: number;
  /** Snapshots that those who stall ask for before anything is measured: enough to fill what the system takes for them. */
  readonly snapshots: number;
  /** Orders of each private user, placed and cancelled at once while half of their readers stand; then more until those are cut off. */
  readonly orderLives: number;
  readonly measuredMs: number;
  /** Rounds without and with stalled readers, in turns. */
  readonly rounds: number;
}

/** One round of public readers. */
export interface PublicRound {
  readonly stalled: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly delivered: number;
  /** Updates that were missing for a reader, and readers that did not get to the last version of the book. */
  readonly gaps: number;
  readonly behind: number;
  /** The same of the stalled ones, after they have read again. */
  readonly stalledGaps: number;
  readonly stalledBehind: number;
  /** Stalled sockets for which the venue itself has kept something, all of it, and the most for one. */
  readonly waitingSockets: number;
  readonly waitingBytes: number;
  readonly peakBytes: number;
  readonly residentBytes: number;
  readonly cpuShare: number;
}

export interface PrivateRound {
  readonly events: number;
  /** Readers that got every event as it came, and those that were cut off with 4008. */
  readonly complete: number;
  readonly cutOff: number;
  /** Those of the latter that have all events after they came back with `since`. */
  readonly resumed: number;
  readonly gaps: number;
  readonly peakBytes: number;
}

export interface ReadersReport {
  readonly publicRounds: readonly PublicRound[];
  readonly privateRound: PrivateRound;
}

/** A frame that was written when the reader was not slow yet, and what is gathered with it. */
const LAST_FRAME_BYTES = 64 * 1_024;
/** More than this never waits for a reader that does not read. */
export const BOUND_BYTES = DEFAULT_WS_LIMITS.slowBytes + LAST_FRAME_BYTES;

const HEALTHY = ['market.depth.BTCUSDT@20.500'];
const HEAVY = ['market.depth.BTCUSDT@200.500', 'market.depth.BTCUSDT'];
const SETTLE_MS = 1_000;
const CATCH_UP_MS = 60_000;
const CUT_OFF_MS = 120_000;
/** While readers are to be cut off: what comes meanwhile must be kept until they are back. */
const LIVES_A_SECOND = 25;
const LOOK_MS = 100;

type Server = Child<ServerJob, ServerAnswer>;
type Client = Child<ClientJob, ClientAnswer>;

interface Scene {
  readonly server: Server;
  readonly healthy: Client;
  readonly others: Client;
  readonly port: number;
  readonly shape: ReadersShape;
}

/** Runs the venue and its readers in processes of their own. */
export async function soakReaders(
  shape: ReadersShape,
  onRound: (round: PublicRound) => void = () => undefined,
): Promise<ReadersReport> {
  const [server, healthy, others]: [Server, Client, Client] = [
    new Child(new URL('./server-process.ts', import.meta.url)),
    new Child(new URL('./client-process.ts', import.meta.url)),
    new Child(new URL('./client-process.ts', import.meta.url)),
  ];
  try {
    const { port, listenKeys } = await server.ask({ ask: 'start', privateUsers: shape.privateUsers });
    const scene = { server, healthy, others, port, shape };
    const publicRounds: PublicRound[] = [];
    for (let round = 0; round < 2 * shape.rounds; round++) {
      const done = await publicRound(scene, round % 2 === 1);
      publicRounds.push(done);
      onRound(done);
    }
    return { publicRounds, privateRound: await privateRound(scene, listenKeys) };
  } finally {
    await Promise.all([server.end(), healthy.end(), others.end()]);
  }
}

async function publicRound(scene: Scene, isStalling: boolean): Promise<PublicRound> {
  const { server, healthy, others, port, shape } = scene;
  const paths = (count: number): string[] => Array.from({ length: count }, () => '/ws');
  await healthy.ask({ ask: 'open', port, network: 1, topics: HEALTHY, paths: paths(shape.sockets - shape.stalled) });
  await others.ask({ ask: 'open', port, network: 2, topics: HEAVY, paths: paths(shape.stalled) });
  await sleep(SETTLE_MS);
  if (isStalling) await others.ask({ ask: 'stall' });
  await server.ask({ ask: 'move' });
  await others.ask({ ask: 'snapshots', topics: HEAVY, times: shape.snapshots });
  await sleep(SETTLE_MS);
  const before = await server.ask({ ask: 'figures' });
  const beganMs = performance.now();
  await healthy.ask({ ask: 'measure' });
  await sleep(shape.measuredMs);
  const { p50Ms, p99Ms, delivered } = await healthy.ask({ ask: 'read' });
  const tookMs = performance.now() - beganMs;
  const after = await server.ask({ ask: 'figures' });
  await server.ask({ ask: 'stand' });
  await sleep(SETTLE_MS);
  if (isStalling) await others.ask({ ask: 'go on' });
  const read = await lastRead(healthy, { port, topic: HEALTHY[0] as string });
  const stalledRead = await lastRead(others, { port, topic: HEAVY[0] as string });
  await Promise.all([healthy.ask({ ask: 'close' }), others.ask({ ask: 'close' })]);
  return {
    stalled: isStalling ? shape.stalled : 0,
    p50Ms,
    p99Ms,
    delivered,
    ...read,
    stalledGaps: stalledRead.gaps,
    stalledBehind: stalledRead.behind,
    waitingSockets: after.waitingSockets,
    waitingBytes: after.waitingBytes,
    peakBytes: Math.max(before.peakBytes, after.peakBytes),
    residentBytes: after.residentBytes,
    cpuShare: (after.cpuMs - before.cpuMs) / tookMs,
  };
}

/** What was missing for the readers once the book stands, and how many have not got to its last version. */
async function lastRead(
  client: Client,
  at: { readonly port: number; readonly topic: string },
): Promise<{ readonly gaps: number; readonly behind: number }> {
  const { version } = await client.ask({ ask: 'version', ...at });
  const read = await readUntil(client, ({ bookVersion }) => bookVersion === version);
  return {
    gaps: read.reduce((sum, { gaps }) => sum + gaps, 0),
    behind: read.filter(({ bookVersion }) => bookVersion !== version).length,
  };
}

/** Private readers of whom half stand while events come: cut off with 4008, and back with `since`. */
async function privateRound(scene: Scene, listenKeys: readonly string[]): Promise<PrivateRound> {
  const { server, healthy, others, port, shape } = scene;
  const paths = listenKeys.map((key) => `/ws?listenKey=${key}`);
  const { lastEvents: first } = await server.ask({ ask: 'figures' });
  const open = { ask: 'open', port, topics: [], after: first } as const;
  await healthy.ask({ ...open, network: 3, paths });
  await others.ask({ ...open, network: 4, paths });
  await others.ask({ ask: 'stall' });
  const { lastEvents, peakBytes } = await liveUntilCutOff(server, shape);
  const hasAll = (read: ReadSoFar, index: number): boolean => read.lastEvent === lastEvents[index];
  const complete = await readUntil(healthy, hasAll);
  await others.ask({ ask: 'go on' });
  const stood = await readUntil(others, (read, index) => read.closeCode !== 0 || hasAll(read, index));
  await others.ask({ ask: 'close' });
  await others.ask({
    ...open,
    network: 4,
    after: stood.map(({ lastEvent }) => lastEvent),
    paths: paths.map((path, index) => `${path}&since=${stood[index]?.lastEvent}`),
  });
  const resumed = await readUntil(others, hasAll);
  return {
    events: lastEvents.reduce((sum, last, index) => sum + last - (first[index] ?? 0), 0),
    complete: complete.filter(hasAll).length,
    // A connection that was terminated for not reading has no code of its own.
    cutOff: stood.filter(({ closeCode }) => closeCode !== 0).length,
    resumed: resumed.filter(hasAll).length,
    gaps: [...complete, ...stood, ...resumed].reduce((sum, { gaps }) => sum + gaps, 0),
    peakBytes,
  };
}

/** Lets orders live until the venue has closed the connections of all who do not read. */
async function liveUntilCutOff(server: Server, { orderLives, privateUsers }: ReadersShape): Promise<ServerAnswer> {
  const untilMs = performance.now() + CUT_OFF_MS;
  let answer = await server.ask({ ask: 'live', lives: orderLives });
  let { peakBytes } = answer;
  while (answer.sockets > privateUsers && performance.now() < untilMs) {
    await sleep(1_000);
    answer = await server.ask({ ask: 'live', lives: LIVES_A_SECOND });
    peakBytes = Math.max(peakBytes, answer.peakBytes);
  }
  return { ...answer, peakBytes };
}

/** What the sockets have read once all are there, or when it takes too long. */
async function readUntil(
  client: Client,
  isThere: (read: ReadSoFar, index: number) => boolean,
): Promise<readonly ReadSoFar[]> {
  const untilMs = performance.now() + CATCH_UP_MS;
  for (;;) {
    const { sockets } = await client.ask({ ask: 'read' });
    if (sockets.every(isThere) || performance.now() > untilMs) return sockets;
    await sleep(LOOK_MS);
  }
}
