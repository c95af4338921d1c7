import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyCluster } from '../../testing/sql/empty-cluster.ts';
import { orderRecord, orderUpdated } from '../../testing/sql/records.ts';
import { Projector, readPosition } from '../projector.ts';
import { HISTORY_TABLES, tableDigest } from '../table-digest.ts';
import { HistoryFolderBusyError, openPglite } from './pglite-store.ts';

let folder: string;
let template: Blob;
/** A folder that was closed cleanly with one order, at sequence 1. */
let closed: string;
let digest: string;

beforeAll(async () => {
  template = await emptyCluster();
  folder = await mkdtemp(join(tmpdir(), 'history-'));
  closed = join(folder, 'closed');
  const store = await openPglite(closed, { headSequence: 0, template });
  expect(store.rebuilt).toBe('new');
  const projector = new Projector({ database: store.database, keep: () => true, agentOf: () => 0 });
  await projector.project([{ sequence: 1, timeMs: 5, events: [orderUpdated(orderRecord())] }]);
  digest = await tableDigest(store.database, 'order_history');
  await store.close();
  await store.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function copyOfClosed(name: string): Promise<string> {
  const copy = join(folder, name);
  await cp(closed, copy, { recursive: true });
  return copy;
}

test('goes on from a clean close; begins anew when it was not closed after that', async () => {
  const path = await copyOfClosed('killed');
  const store = await openPglite(path, { headSequence: 1, template });
  expect(store.rebuilt).toBeUndefined();
  expect(await readPosition(store.database)).toBe(1);
  expect(await tableDigest(store.database, 'order_history')).toBe(digest);
  await expect(readFile(join(path, 'clean.json'))).rejects.toThrow('ENOENT');
  await store.database.destroy();
  store.abandon();

  const rebuilt = await openPglite(path, { headSequence: 1, template });
  expect(rebuilt.rebuilt).toBe('unclean');
  expect(await readPosition(rebuilt.database)).toBe(0);
  expect(await rebuilt.database.selectFrom('order_history').selectAll().execute()).toEqual([]);
  await rebuilt.database.destroy();
  rebuilt.abandon();
});

test('forgets its position with its rows when it was not closed, so that even a false marker makes it begin anew', async () => {
  const path = await copyOfClosed('vouched');
  const marker = await readFile(join(path, 'clean.json'), 'utf8');
  const store = await openPglite(path, { headSequence: 1 });
  const { rows } = await sql<{ relname: string }>`
    select relname from pg_class where relname = any(${[...HISTORY_TABLES]}) and relpersistence <> 'u'`.execute(
    store.database,
  );
  expect(rows).toEqual([]);
  const killed = join(folder, 'vouched-killed');
  await cp(path, killed, { recursive: true });
  await store.close();
  await writeFile(join(killed, 'clean.json'), marker);

  const rebuilt = await openPglite(killed, { headSequence: 1, template });
  expect(rebuilt.rebuilt).toBe('damaged');
  expect(await readPosition(rebuilt.database)).toBe(0);
  await rebuilt.database.destroy();
  rebuilt.abandon();
});

test('begins anew when the database does not open, and says what it failed with', async () => {
  const path = await copyOfClosed('torn');
  await truncate(join(path, 'data', 'global', 'pg_control'), 100);
  const store = await openPglite(path, { headSequence: 1, template });
  expect(store.rebuilt).toBe('damaged');
  expect(store.cause).toBeInstanceOf(Error);
  expect(await readPosition(store.database)).toBe(0);
  await store.database.destroy();
  store.abandon();
});

test('begins anew when the database stands elsewhere than its marker says', async () => {
  const path = await copyOfClosed('elsewhere');
  const marker = JSON.parse(await readFile(join(path, 'clean.json'), 'utf8')) as object;
  await writeFile(join(path, 'clean.json'), JSON.stringify({ ...marker, position: 0 }));
  const store = await openPglite(path, { headSequence: 1, template });
  expect(store.rebuilt).toBe('damaged');
  expect(await readPosition(store.database)).toBe(0);
  await store.database.destroy();
  store.abandon();
});

test('is open once at a time', async () => {
  const path = await copyOfClosed('twice');
  const store = await openPglite(path, { headSequence: 1 });
  await expect(openPglite(path, { headSequence: 1 })).rejects.toThrow(HistoryFolderBusyError);
  await store.close();
  const again = await openPglite(path, { headSequence: 1 });
  expect(again.rebuilt).toBeUndefined();
  await again.database.destroy();
  again.abandon();
});
