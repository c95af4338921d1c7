import { strict as assert } from 'node:assert';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { EXACT_PARSERS } from '../exact-values.ts';
import { migrateHistory } from '../migrations.ts';
import { readPosition } from '../projector.ts';
import type { HistoryDatabase } from '../schema.ts';
import { HISTORY_TABLES } from '../table-digest.ts';
import {
  type CleanMarker,
  distrust,
  readCleanMarker,
  removeCleanMarker,
  STORED_SCHEMA,
  writeCleanMarker,
} from './clean-marker.ts';
import type { HistoryStore } from './history-store.ts';
import { syncTree } from './sync-tree.ts';

export interface PgliteOptions {
  /** Sequence of the log's last durable command; a history that knows more is not of this log. */
  readonly headSequence: number;
  /** A dump of an empty database cluster (`PGlite.dumpDataDir`), which spares a new history the seconds of `initdb`. */
  readonly template?: Blob;
}

/** This thread has the folder open already. */
export class HistoryFolderBusyError extends Error {
  override readonly name = 'HistoryFolderBusyError';

  constructor(folder: string) {
    super(`the history in ${folder} is open already`);
  }
}

/** PGlite has no lock of its own. Between processes the log's lock decides who may use the data folder. */
const openFolders = new Set<string>();

/**
 * Opens the history in `folder`, which PGlite keeps in `folder/data`. PGlite never syncs, so its content is trusted only when it was closed
 * cleanly by this schema version, for a log that still has it all; in every other case it is deleted and begins anew at sequence 0.
 *
 * @throws HistoryFolderBusyError when it is open in this thread.
 */
export async function openPglite(folder: string, options: PgliteOptions): Promise<HistoryStore> {
  await mkdir(folder, { recursive: true });
  const path = await realpath(folder);
  if (openFolders.has(path)) throw new HistoryFolderBusyError(path);
  openFolders.add(path);
  try {
    return await openOrRebuild(path, options);
  } catch (error) {
    openFolders.delete(path);
    throw error;
  }
}

async function openOrRebuild(folder: string, { headSequence, template }: PgliteOptions): Promise<HistoryStore> {
  const data = join(folder, 'data');
  const isNew = (await mkdir(data, { recursive: true })) !== undefined;
  const marker = await readCleanMarker(folder);
  await removeCleanMarker(folder);
  let reason = isNew ? 'new' : distrust(marker, headSequence);
  let cause: unknown;
  if (reason === undefined && marker !== undefined) {
    const opened = await openAsLeft(data, marker);
    if (opened.database !== undefined) return storeOf(folder, opened.database);
    reason = 'damaged';
    cause = opened.cause;
  }
  await rm(data, { recursive: true, force: true });
  const database = await openDatabase(data, template);
  await migrateHistory(database);
  await leaveOutOfWriteAheadLog(database);
  return { ...storeOf(folder, database), rebuilt: reason, cause };
}

/**
 * What a crash leaves behind is never used, so nothing is logged to repair it. PostgreSQL keeps such tables over a clean end and empties
 * them after any other, the position with them: a history that had lost rows would not know where it stands and begin anew.
 */
async function leaveOutOfWriteAheadLog(database: Kysely<HistoryDatabase>): Promise<void> {
  for (const table of HISTORY_TABLES) await sql`alter table ${sql.table(table)} set unlogged`.execute(database);
}

/** Whatever keeps the database from opening is a reason to rebuild it, never to stay down. */
async function openAsLeft(
  data: string,
  marker: CleanMarker,
): Promise<{ readonly database?: Kysely<HistoryDatabase>; readonly cause?: unknown }> {
  let database: Kysely<HistoryDatabase> | undefined;
  try {
    database = await openDatabase(data);
    const position = await readPosition(database);
    assert(position === marker.position, `left at sequence ${marker.position}, found at ${position}`);
    return { database };
  } catch (cause) {
    await database?.destroy();
    return { cause };
  }
}

async function openDatabase(data: string, template?: Blob): Promise<Kysely<HistoryDatabase>> {
  const pglite = await PGlite.create({
    dataDir: data,
    parsers: EXACT_PARSERS,
    ...(template === undefined ? {} : { loadDataDir: template }),
  });
  return new Kysely({ dialect: new PGliteDialect({ pglite }) });
}

function storeOf(folder: string, database: Kysely<HistoryDatabase>): HistoryStore {
  let closing: Promise<void> | undefined;
  let abandoned = false;
  return {
    database,
    rebuilt: undefined,
    close: () => {
      assert(!abandoned, 'an abandoned history cannot vouch for its content');
      closing ??= closeCleanly(folder, database).finally(() => openFolders.delete(folder));
      return closing;
    },
    abandon: () => {
      if (closing !== undefined) return;
      abandoned = true;
      openFolders.delete(folder);
    },
  };
}

async function closeCleanly(folder: string, database: Kysely<HistoryDatabase>): Promise<void> {
  const position = await readPosition(database);
  await sql`checkpoint`.execute(database);
  await database.destroy();
  await syncTree(join(folder, 'data'));
  await writeCleanMarker(folder, { schemaVersion: STORED_SCHEMA, position });
}
