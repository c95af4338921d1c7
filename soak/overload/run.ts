import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_USERS } from '../../apps/venue/src/demo-accounts.ts';
import { type LoadFigures, type LoadShape, quantile } from '../../bench/src/tally.ts';
import { call, logIn } from '../../e2e/testing/api.ts';
import { VenueProcess } from '../../e2e/testing/venue-process.ts';
import { ORDERS_UNDER_WAY_MAX, ORDERS_WAITING_MIN } from '../../packages/gateway/src/limits/order-gate.ts';
import { Child } from '../child.ts';
import type { OrdersJob } from './load-process.ts';

export interface OverloadShape {
  /** Connections of the overload, enough that orders go out when they are due. */
  readonly connections: number;
  /** Offered orders by the capacity. */
  readonly factor: number;
  readonly measuredMs: number;
  /** Cancels that are sent evenly while the overload lasts. */
  readonly cancels: number;
  readonly rounds: number;
  /** Connections at capacity; left out, as many as get through without a refusal. */
  readonly atCapacity?: number;
}

/** Overload as the venue says it, and as its limits do. */
export const EXCESS: ReadonlySet<string> = new Set(['HTTP 503, code 5002', 'HTTP 429, code 5003']);

export interface OverloadRound {
  /** Connections at capacity. */
  readonly connections: number;
  readonly capacity: LoadFigures;
  readonly offeredPerSecond: number;
  readonly overload: LoadFigures;
  /** Cancels that were served, and how long the slowest of a hundred took. */
  readonly canceled: number;
  readonly cancelP99Ms: number;
  /** Memory of the venue before and at the end of the overload. */
  readonly residentBefore: number;
  readonly residentAfter: number;
  /** Processor time of the venue by reply, in microseconds: of orders at capacity, and of all that was answered under overload. */
  readonly capacityMicros: number;
  readonly overloadMicros: number;
}

const WARM_UP_MS = 1_000;
const RESTING = {
  symbol: 'BTCUSDT',
  type: 'LIMIT',
  side: 'BUY',
  price: '10000',
  quantity: '0.001',
};

type Load = Child<OrdersJob, LoadFigures>;

interface Scene {
  readonly url: string;
  readonly tokens: readonly string[];
  readonly generator: Load;
  readonly shape: OverloadShape;
}

/** Offers the running venue more orders than it can take, with the load in a process of its own, and cancels from this one. */
export async function soakOverload(
  shape: OverloadShape,
  onRound: (round: OverloadRound) => void = () => undefined,
): Promise<readonly OverloadRound[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'openvenue-overload-'));
  const venue = await VenueProcess.start(dataFolder, {
    LOG_LEVEL: 'silent',
    OPENVENUE_PAGES: 'none',
    OPENVENUE_ORDERS_PER_SECOND: '1000000',
  });
  const generator: Load = new Child(new URL('./load-process.ts', import.meta.url));
  try {
    const { url } = venue;
    const tokens = await Promise.all(DEMO_USERS.map(({ username, password }) => logIn(url, username, password)));
    const scene = { url, tokens, generator, shape };
    const connections = shape.atCapacity ?? (await connectionsAtCapacity(scene));
    const rounds: OverloadRound[] = [];
    for (let round = 0; round < shape.rounds; round++) {
      const done = await overloadRound(scene, { round, connections });
      rounds.push(done);
      onRound(done);
    }
    return rounds;
  } finally {
    await generator.end();
    await venue.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

function load(
  { url, tokens, generator, shape }: Scene,
  run: string,
  part: Pick<LoadShape, 'connections' | 'perSecond'>,
): Promise<LoadFigures> {
  const { measuredMs } = shape;
  const port = Number(new URL(url).port);
  return generator.ask({ run, port, tokens, shape: { ...part, warmUpMs: WARM_UP_MS, measuredMs } });
}

/**
 * As many as are let in without a refusal, each sending its next order with the reply: then the venue does what it can, and who is let in waits
 * as long as he may. This warms the venue up, too.
 */
async function connectionsAtCapacity(scene: Scene): Promise<number> {
  for (let connections = ORDERS_UNDER_WAY_MAX; ; connections /= 2) {
    const { refused } = await load(scene, `fit${connections}-`, { connections });
    if (refused.length === 0 || connections <= ORDERS_WAITING_MIN) return connections;
  }
}

async function overloadRound(scene: Scene, at: { readonly round: number; readonly connections: number }) {
  const { url, shape } = scene;
  const { measuredMs, factor } = shape;
  const { round, connections } = at;
  const atBegin = await processOf(url);
  const capacity = await load(scene, `capacity${round}-`, { connections });
  const atCapacity = await processOf(url);
  const orderIds = await restingOrders(scene);
  const before = await processOf(url);
  const offeredPerSecond = factor * capacity.acceptedPerSecond;
  const [overload, cancelsMs] = await Promise.all([
    load(scene, `overload${round}-`, { connections: shape.connections, perSecond: offeredPerSecond }),
    cancelEvenly(scene, orderIds),
  ]);
  const after = await processOf(url);
  return {
    connections,
    capacity,
    offeredPerSecond,
    overload,
    canceled: cancelsMs.length,
    cancelP99Ms: quantile(cancelsMs, 0.99),
    residentBefore: before.residentBytes,
    residentAfter: after.residentBytes,
    capacityMicros: (atCapacity.cpuMicros - atBegin.cpuMicros) / repliesOf(capacity, measuredMs),
    overloadMicros: (after.cpuMicros - before.cpuMicros) / repliesOf(overload, measuredMs),
  };
}

async function restingOrders({ url, tokens, shape }: Scene): Promise<readonly string[]> {
  const orderIds: string[] = [];
  for (let order = 0; order < shape.cancels; order++) {
    const placed = await call(url, { path: '/v1/private/order/place', body: RESTING, auth: authOf(tokens) });
    if (placed.code !== 0) throw new Error(`no order rests: ${placed.code} ${placed.message}`);
    orderIds.push(placed.data.orderId as string);
  }
  return orderIds;
}

/** How long each cancel took that was served; one that was not is left out. */
async function cancelEvenly({ url, tokens, shape }: Scene, orderIds: readonly string[]): Promise<readonly number[]> {
  const tookMs: number[] = [];
  const everyMs = shape.measuredMs / orderIds.length;
  await sleep(WARM_UP_MS);
  const cancel = async (orderId: string): Promise<void> => {
    const beganMs = performance.now();
    const body = { symbol: RESTING.symbol, orderId };
    const canceled = await call(url, { path: '/v1/private/order/cancel', body, auth: authOf(tokens) });
    if (canceled.code === 0) tookMs.push(performance.now() - beganMs);
  };
  const sent: Promise<void>[] = [];
  for (const orderId of orderIds) {
    sent.push(cancel(orderId));
    await sleep(everyMs);
  }
  await Promise.all(sent);
  return tookMs;
}

const authOf = ([token = '']: readonly string[]) => ({ token });

/** Replies of a whole load, of which the warm-up was not counted. */
function repliesOf({ acceptedPerSecond, refused }: LoadFigures, measuredMs: number): number {
  const measured = (acceptedPerSecond * measuredMs) / 1_000 + refused.reduce((sum, [, count]) => sum + count, 0);
  return (measured * (WARM_UP_MS + measuredMs)) / measuredMs;
}

async function processOf(url: string): Promise<{ readonly residentBytes: number; readonly cpuMicros: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const metric = (name: string): number => {
    const value = new RegExp(`^\\w*${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1];
    if (value === undefined) throw new Error(`the metrics do not tell ${name}`);
    return Number(value);
  };
  return {
    residentBytes: metric('process_resident_memory_bytes'),
    cpuMicros: metric('process_cpu_seconds_total') * 1_000_000,
  };
}
