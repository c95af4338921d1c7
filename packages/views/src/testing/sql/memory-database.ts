import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { EXACT_PARSERS } from '../../sql/exact-values.ts';
import { migrateHistory } from '../../sql/migrations.ts';
import type { HistoryDatabase } from '../../sql/schema.ts';
import type { HistoryStore } from '../../sql/store/history-store.ts';
import { emptyCluster } from './empty-cluster.ts';

/** A real database with the history's tables that lives in memory. */
export async function openMemoryDatabase(): Promise<Kysely<HistoryDatabase>> {
  const pglite = await PGlite.create({
    dataDir: 'memory://',
    parsers: EXACT_PARSERS,
    loadDataDir: await emptyCluster(),
  });
  const database = new Kysely<HistoryDatabase>({ dialect: new PGliteDialect({ pglite }) });
  await migrateHistory(database);
  return database;
}

/** As after the migrations: no rows, position 0. */
export async function emptyHistory(database: Kysely<HistoryDatabase>): Promise<void> {
  const tables =
    'order_history, condition_history, fill, ledger_entry, closed_position, funding_settlement, candle, account_flow, history_count, leader_sum';
  await sql`truncate ${sql.raw(tables)}`.execute(database);
  await database.updateTable('projection_position').set({ sequence: 0n, time_ms: 0n, leader_hour_ms: 0n }).execute();
}

/** A store over a database that outlives it, so that a test can look at what a worker left behind. */
export const storeOver = (database: Kysely<HistoryDatabase>): HistoryStore => ({
  database,
  rebuilt: undefined,
  close: async () => {},
  abandon: () => {},
});
