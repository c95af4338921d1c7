import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Core } from '@openvenue/core';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyCluster } from '../../testing/sql/empty-cluster.ts';
import type { HistoryThreadData } from '../../testing/sql/history-thread.ts';
import { replicaOf, tradedJournal } from '../../testing/sql/journal.ts';
import { openMemoryDatabase } from '../../testing/sql/memory-database.ts';
import { Projector } from '../projector.ts';
import type { HistoryDatabase } from '../schema.ts';
import { openPglite } from '../store/pglite-store.ts';
import { HISTORY_TABLES, tableDigest } from '../table-digest.ts';
import { HistoryClient, type HistoryOpened } from './history-client.ts';

const JOURNAL = tradedJournal(60);
const HEAD = JOURNAL.length;
const PAGE = { offset: 0, limit: 100 };

let folder: string;
let template: Blob;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-thread-'));
  template = await emptyCluster();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function startThread(data: Partial<HistoryThreadData> = {}): Worker {
  const workerData: HistoryThreadData = { folder, template, journal: JOURNAL, ...data };
  return new Worker(new URL('../../testing/sql/history-thread.ts', import.meta.url), { workerData });
}

test('a thread of its own: killed it rebuilds, closed it goes on', async () => {
  const threads: Worker[] = [];
  const opened: HistoryOpened[] = [];
  const reopened = Promise.withResolvers<void>();
  const first = new HistoryClient({
    startThread: () => {
      const thread = startThread();
      threads.push(thread);
      return thread;
    },
    timeoutMs: 60_000,
    closeTimeoutMs: 60_000,
    restart: { initialDelayMs: 1, maxDelayMs: 1 },
    onOpened: (event) => {
      opened.push(event);
      if (opened.length === 2) reopened.resolve();
    },
  });
  first.start(40);
  const before = await first.orders(1, {}, PAGE);
  expect(before.total).toBeGreaterThan(0);

  await threads[0]?.terminate();
  await reopened.promise;
  expect(await first.orders(1, {}, PAGE)).toEqual(before);
  first.durable(50);
  const fills = await first.fills(1, {}, PAGE);
  await first.close();
  expect(opened.map(({ rebuilt, position }) => [rebuilt, position])).toEqual([
    ['new', 0],
    ['unclean', 0],
  ]);

  const again = Promise.withResolvers<HistoryOpened>();
  const second = new HistoryClient({
    startThread: () => startThread(),
    timeoutMs: 60_000,
    closeTimeoutMs: 60_000,
    onOpened: again.resolve,
  });
  second.start(50);
  expect(await again.promise).toMatchObject({ rebuilt: undefined, position: 50 });
  expect(await second.fills(1, {}, PAGE)).toEqual(fills);
  second.durable(HEAD);
  expect((await second.orders(1, {}, PAGE)).total).toBeGreaterThan(before.total);
  const { before: earlier, spans } = await second.accountFlows(1, { span: '1d', fromMs: 0 });
  expect(earlier).toBeUndefined();
  expect(spans.reduce((sum, { tradedValue }) => sum + tradedValue, 0n)).toBeGreaterThan(0n);
  const { leaders, ranking } = await second.leaderboard({ fromMs: 0, ranked: 10, shown: 10 });
  expect(leaders.map(({ userId }) => userId)).toEqual(ranking);
  await second.close();
});

async function digestsOf(database: Kysely<HistoryDatabase>): Promise<readonly string[]> {
  const digests: string[] = [];
  for (const table of HISTORY_TABLES) digests.push(await tableDigest(database, table));
  return digests;
}

test('killed in the midst of projecting, again and again, it ends with the content of one that never was', async () => {
  const own = await mkdtemp(join(tmpdir(), 'history-killed-'));
  const batching = { delayMs: 1, maxWaitingCommands: 1_000, maxEvents: 5, rebuildMaxEvents: 5, rebuildLag: 10 };
  /** After so many transactions each thread is killed, while the next one goes on. */
  const kills = [1, 4, 9];
  const killedAt: number[] = [];
  const history = new HistoryClient({
    startThread: () => {
      const thread = startThread({ folder: own, batching });
      const kill = kills[killedAt.length];
      let transactions = 0;
      thread.on('message', ({ type, sequence }) => {
        if (type !== 'position' || ++transactions !== kill) return;
        killedAt.push(sequence);
        void thread.terminate();
      });
      return thread;
    },
    timeoutMs: 100_000,
    closeTimeoutMs: 60_000,
    restart: { initialDelayMs: 1, maxDelayMs: 1 },
  });
  history.start(HEAD);
  const finished = async (): Promise<void> => {
    while (history.position < HEAD) {
      await history.orders(1, { atLeastSequence: HEAD }, PAGE).catch(() => new Promise(setImmediate));
    }
  };
  await finished();
  await history.close();
  expect(killedAt).toHaveLength(kills.length);
  expect(Math.max(...killedAt)).toBeLessThan(HEAD);

  const replica = replicaOf(new Core());
  const database = await openMemoryDatabase();
  const batch = JOURNAL.map(({ sequence, timeMs, command }) => ({
    sequence,
    timeMs,
    events: replica.apply(sequence, timeMs, command).events,
  }));
  await new Projector({ database, keep: () => true, agentOf: () => 0 }).project(batch);
  const store = await openPglite(own, { headSequence: HEAD });
  expect(await digestsOf(store.database)).toEqual(await digestsOf(database));
  await store.close();
  await database.destroy();
  await rm(own, { recursive: true, force: true });
}, 300_000);
