import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Core } from '@openvenue/core';
import { BTC, SeededRandom, TestVenue } from '@openvenue/core/testing';
import { openFileLog } from '@openvenue/log';
import { Leader } from '@openvenue/sequencer';
import { openPglite } from '@openvenue/views';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { historyFolder, logFolder } from '../folders.ts';
import { type Digests, rebuildHistory } from './rebuild-history.ts';

const DAY_MS = 86_400_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebuild-history-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Trades of a few users over some days, as a log on the disk. */
async function writeLog(): Promise<number> {
  const venue = new TestVenue([BTC]);
  const random = new SeededRandom(5);
  venue.price('60000');
  const users = [venue.user('1000000'), venue.user('1000000'), venue.user('1000000')];
  for (let round = 0; round < 120; round++) {
    if (round % 30 === 0) {
      venue.timeMs += DAY_MS;
      venue.price('60000');
    }
    venue.timeMs += 10;
    const side = random.pick(['BUY', 'SELL'] as const);
    const price = String(random.integer(59_995, 60_005));
    venue.place(random.pick(users), { side, price, quantity: `0.00${random.integer(1, 9)}` });
  }
  const store = await openFileLog(logFolder(folder));
  let nowMs = 0;
  const failed = Promise.withResolvers<never>();
  const leader = new Leader({
    core: new Core(),
    log: store.log,
    snapshots: store.snapshots,
    fromSnapshot: undefined,
    clock: { nowMs: () => nowMs },
    onFailed: failed.reject,
    onReadOnly: failed.reject,
    onSnapshotFailed: failed.reject,
  });
  for (const { timeMs, command } of venue.journal) {
    nowMs = timeMs;
    await Promise.race([leader.submit(command), failed.promise]);
  }
  await leader.close();
  await store.close();
  return venue.journal.length;
}

const differing = (a: Digests | undefined, b: Digests): readonly string[] =>
  [...b].filter(([table, digest]) => a?.get(table) !== digest).map(([table]) => table);

test('a history that is rebuilt has the content of the one before, and what was changed in it is found and mended', async () => {
  const head = await writeLog();
  const first = await rebuildHistory(folder);
  expect(first).toMatchObject({ sequence: head, before: undefined, distrusted: 'new' });

  const empty = first.after.get('condition_history');
  expect([...first.after].filter(([, digest]) => digest === empty).map(([table]) => table)).toEqual([
    'condition_history',
  ]);

  const store = await openPglite(historyFolder(folder), { headSequence: head });
  await sql`update order_history set handling_fee = handling_fee + 1 where order_id = (select min(order_id) from order_history)`.execute(
    store.database,
  );
  await sql`delete from history_count where source = 'fill'`.execute(store.database);
  await store.close();
  const mended = await rebuildHistory(folder);
  expect(differing(mended.before, mended.after).toSorted()).toEqual(['history_count', 'order_history']);
  expect(mended.distrusted).toBeUndefined();
  expect(differing(first.after, mended.after)).toEqual([]);
}, 300_000);

test('a running venue keeps its history', async () => {
  await writeLog();
  const running = await openFileLog(logFolder(folder));
  await expect(rebuildHistory(folder)).rejects.toMatchObject({ name: 'LogLockedError' });
  await running.close();
});
