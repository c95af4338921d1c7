import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_USERS } from '../../apps/venue/src/demo-accounts.ts';
import { VenueProcess } from '../../e2e/testing/venue-process.ts';
import { median, print, printRefused, rounded } from './figures.ts';
import { load } from './http-load.ts';
import { createKey, type Key, signedOrders } from './orders.ts';
import type { LoadFigures, LoadShape } from './tally.ts';

const ROUNDS = 5;
const WARM_UP_ROUNDS = 1;
const SHAPE: LoadShape = { connections: 64, warmUpMs: 500, measuredMs: 3_000 };

export interface HttpFigures {
  readonly openvenue: Measured;
  readonly bareFastify: Measured;
  /** Our orders per second by theirs. */
  readonly ratio: number;
}

/** Medians over interleaved rounds. */
export interface Measured {
  readonly acceptedPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Measures accepted orders over HTTP: the real venue in a process of its own, with its simulated market, where an order is on disk before
 * its reply, beside a bare Fastify that checks the same signature and echoes. The orders are IOC far below the market, so that they
 * leave nothing in the book. The data folder is made under `folder`: in memory (`tmpfs`) the figures say nothing about a disk.
 */
export async function benchHttp(folder: string = tmpdir()): Promise<HttpFigures> {
  const dataFolder = await mkdtemp(join(folder, 'openvenue-bench-'));
  const environment = { LOG_LEVEL: 'silent', OPENVENUE_ORDERS_PER_SECOND: '1000000' };
  const venue = await VenueProcess.start(dataFolder, environment);
  try {
    const keys = await Promise.all(DEMO_USERS.map((user) => createKey(venue.url, user)));
    const nextRequest = signedOrders(keys);
    return await beside(Number(new URL(venue.url).port), { keys, nextRequest });
  } finally {
    await venue.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function beside(
  venuePort: number,
  { keys, nextRequest }: { readonly keys: readonly Key[]; readonly nextRequest: () => string },
): Promise<HttpFigures> {
  const peer = fork(fileURLToPath(new URL('./http-peer.ts', import.meta.url)));
  try {
    peer.send(Object.fromEntries(keys.map(({ apiKey, apiSecret }) => [apiKey, apiSecret])));
    const [peerPort] = (await once(peer, 'message')) as [number];
    const ours: LoadFigures[] = [];
    const theirs: LoadFigures[] = [];
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      const our = await load({ port: venuePort, nextRequest }, SHAPE);
      const their = await load({ port: peerPort, nextRequest }, SHAPE);
      if (round < 0) continue;
      ours.push(our);
      theirs.push(their);
    }
    return report(ours, theirs);
  } finally {
    peer.disconnect();
    await once(peer, 'exit');
  }
}

function report(ours: readonly LoadFigures[], theirs: readonly LoadFigures[]): HttpFigures {
  const [openvenue, bareFastify] = [mediansOf(ours), mediansOf(theirs)];
  const ratio = openvenue.acceptedPerSecond / bareFastify.acceptedPerSecond;
  print(`orders over HTTP, ${SHAPE.connections} connections, median of ${ROUNDS} interleaved rounds`);
  printMeasured('openvenue, durable', openvenue, ours);
  printMeasured('fastify, HMAC only', bareFastify, theirs);
  print(`  ratio               ${ratio.toFixed(3)}`);
  return { openvenue, bareFastify, ratio };
}

function printMeasured(name: string, measured: Measured, rounds: readonly LoadFigures[]): void {
  const speed = `${rounded(measured.acceptedPerSecond)} accepted/s`;
  const latency = `p50 ${measured.p50Ms.toFixed(2)} ms, p99 ${measured.p99Ms.toFixed(2)} ms`;
  const ownLoad = median(rounds.map((figures) => figures.ownLoad));
  print(`  ${name}  ${speed}, ${latency} (load generator ${Math.round(ownLoad * 100)} % busy)`);
  for (const { refused } of rounds) printRefused(refused);
}

function mediansOf(rounds: readonly LoadFigures[]): Measured {
  return {
    acceptedPerSecond: median(rounds.map((figures) => figures.acceptedPerSecond)),
    p50Ms: median(rounds.map((figures) => figures.p50Ms)),
    p99Ms: median(rounds.map((figures) => figures.p99Ms)),
  };
}

if (import.meta.main) await benchHttp(process.argv[2]);
