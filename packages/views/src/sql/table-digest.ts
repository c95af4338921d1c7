import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { HistoryDatabase } from './schema.ts';

const KEYS = {
  order_history: ['order_id'],
  condition_history: ['condition_id'],
  fill: ['fill_id'],
  ledger_entry: ['entry_id'],
  closed_position: ['position_id'],
  funding_settlement: ['symbol', 'at_ms'],
  candle: ['symbol', 'price_type', 'span', 'open_ms'],
  account_flow: ['user_id', 'span', 'open_ms'],
  history_count: ['user_id', 'source', 'day_ms', 'symbol', 'side', 'type', 'status'],
  leader_sum: ['days', 'user_id'],
  projection_position: ['id'],
} as const satisfies { [Table in keyof HistoryDatabase]: readonly (keyof HistoryDatabase[Table])[] };

/** All tables of the history's own. */
export const HISTORY_TABLES = Object.keys(KEYS) as readonly (keyof HistoryDatabase)[];

/** Rows that are read at a time, so that memory stays bounded for a table of any size. */
const ROWS_PER_READ = 10_000;

/**
 * Hex SHA-256 of a table's content: rows by ascending key, each as the text of its `jsonb`, whose order of
 * fields is fixed. Equal for two databases that hold the same rows, whatever way they came in.
 */
export async function tableDigest(database: Kysely<HistoryDatabase>, table: keyof HistoryDatabase): Promise<string> {
  const hash = createHash('sha256');
  const columns = KEYS[table].map((name) => sql.ref(name));
  let after: readonly unknown[] | undefined;
  for (;;) {
    const { rows } = await sql<{ content: string } & Readonly<Record<string, unknown>>>`
      select ${sql.join(columns)}, to_jsonb(${sql.table(table)})::text as content from ${sql.table(table)}
      ${after === undefined ? sql`` : sql`where (${sql.join(columns)}) > (${sql.join(after)})`}
      order by ${sql.join(columns)} limit ${sql.lit(ROWS_PER_READ)}`.execute(database);
    for (const { content } of rows) hash.update(content).update('\n');
    const last = rows.at(-1);
    if (last === undefined) return hash.digest('hex');
    after = KEYS[table].map((name) => last[name]);
  }
}
