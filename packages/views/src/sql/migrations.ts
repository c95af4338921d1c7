import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { PAGING_TABLES, PUBLIC_HISTORY_INDEXES } from './paging-tables.ts';
import type { HistoryDatabase } from './schema.ts';

/**
 * No index names a column of `order_history` that changes, and its pages keep room: so PostgreSQL updates an order inside its page and
 * reclaims the old row on the next visit, which matters because PGlite runs no vacuum.
 */
const INITIAL_TABLES = [
  sql`create table order_history (
    order_id int8 primary key,
    user_id int8 not null,
    symbol text not null,
    client_order_id text not null,
    type text not null,
    side text not null,
    position_side text not null,
    price_ticks int8 not null,
    quantity_steps int8 not null,
    filled_quantity_steps int8 not null,
    filled_tick_steps int8 not null,
    time_in_force text not null,
    reduce_only bool not null,
    maker_only bool not null,
    close_position bool not null,
    place_type text not null,
    status text not null,
    reject_reason text not null,
    handling_fee numeric not null,
    realized_pnl numeric not null,
    created_at_ms int8 not null,
    updated_at_ms int8 not null,
    sequence int8 not null
  ) with (fillfactor = 80)`,
  sql`create index order_history_by_user on order_history (user_id, created_at_ms desc, order_id desc)`,
  sql`create index order_history_by_symbol on order_history (user_id, symbol, created_at_ms desc, order_id desc)`,
  sql`create index order_history_by_client_id on order_history (user_id, client_order_id) where client_order_id <> ''`,
  sql`create table fill (
    fill_id int8 primary key,
    trade_id int8 not null,
    order_id int8 not null,
    user_id int8 not null,
    symbol text not null,
    side text not null,
    position_side text not null,
    role text not null,
    price_ticks int8 not null,
    quantity_steps int8 not null,
    trade_value numeric not null,
    handling_fee numeric not null,
    realized_pnl numeric not null,
    created_at_ms int8 not null
  )`,
  sql`create index fill_by_user on fill (user_id, created_at_ms desc, fill_id desc)`,
  sql`create index fill_by_symbol on fill (user_id, symbol, created_at_ms desc, fill_id desc)`,
  sql`create index fill_by_order on fill (order_id, created_at_ms desc, fill_id desc)`,
  sql`create table ledger_entry (
    entry_id int8 primary key,
    user_id int8 not null,
    change_type text not null,
    amount numeric not null,
    wallet_before numeric not null,
    wallet_after numeric not null,
    frozen_before numeric not null,
    frozen_after numeric not null,
    symbol text not null,
    reference_id int8 not null,
    created_at_ms int8 not null
  )`,
  sql`create index ledger_entry_by_user on ledger_entry (user_id, created_at_ms desc, entry_id desc)`,
  sql`create index ledger_entry_by_type on ledger_entry (user_id, change_type, created_at_ms desc, entry_id desc)`,
  sql`create table projection_position (
    id int2 primary key check (id = 1),
    sequence int8 not null,
    time_ms int8 not null
  )`,
  sql`insert into projection_position (id, sequence, time_ms) values (1, 0, 0)`,
];

/** A row changes as long as its time runs, so its pages keep room, too. */
const CANDLE_TABLES = [
  sql`create table candle (
    symbol text not null,
    span text not null,
    open_ms int8 not null,
    open_ticks int8 not null,
    high_ticks int8 not null,
    low_ticks int8 not null,
    close_ticks int8 not null,
    volume_steps numeric not null,
    turnover_tick_steps numeric not null,
    primary key (symbol, span, open_ms)
  ) with (fillfactor = 80)`,
];

/** The indexes by time serve questions about many users. */
const POSITION_TABLES = [
  sql`alter table order_history add column leverage int8 not null default 0`,
  sql`alter table order_history add column margin_mode text not null default 'CROSS'`,
  sql`alter table fill add column position_id int8 not null default 0`,
  sql`create table closed_position (
    position_id int8 primary key,
    user_id int8 not null,
    symbol text not null,
    position_side text not null,
    direction text not null,
    leverage int8 not null,
    margin_mode text not null,
    max_quantity_steps int8 not null,
    closed_quantity_steps numeric not null,
    opened_value numeric not null,
    closed_value numeric not null,
    entry_price numeric not null,
    close_price numeric not null,
    realized_pnl numeric not null,
    roe numeric not null,
    funding_fee_accum numeric not null,
    close_trigger text not null,
    opened_at_ms int8 not null,
    closed_at_ms int8 not null
  )`,
  sql`create index closed_position_by_user on closed_position (user_id, closed_at_ms desc, position_id desc)`,
  sql`create index closed_position_by_time on closed_position (closed_at_ms desc, position_id desc)`,
  sql`create index order_history_by_time on order_history (created_at_ms desc, order_id desc)`,
  sql`create index ledger_entry_by_time on ledger_entry (created_at_ms desc, entry_id desc)`,
];

/** A symbol's funding is settled at most once at a time. */
const FUNDING_TABLES = [
  sql`create table funding_settlement (
    symbol text not null,
    at_ms int8 not null,
    rate int8 not null,
    mark_ticks int8 not null,
    interval_hours int8 not null,
    primary key (symbol, at_ms)
  )`,
];

/** Like those of orders, indexes name no column that changes. */
const CONDITION_TABLES = [
  sql`alter table order_history add column strategy_id int8 not null default 0`,
  sql`alter table order_history add column condition_id int8 not null default 0`,
  sql`create table condition_history (
    condition_id int8 primary key,
    user_id int8 not null,
    symbol text not null,
    client_order_id text not null,
    type text not null,
    side text not null,
    position_side text not null,
    price_ticks int8 not null,
    quantity_steps int8 not null,
    stop_price_ticks int8 not null,
    working_type text not null,
    price_protect bool not null,
    activate_price_ticks int8 not null,
    callback_rate int8 not null,
    watermark_ticks int8 not null,
    trigger_price_ticks int8 not null,
    time_in_force text not null,
    reduce_only bool not null,
    close_position bool not null,
    status text not null,
    reject_reason text not null,
    generated_order_id int8 not null,
    strategy_id int8 not null,
    leverage int8 not null,
    margin_mode text not null,
    created_at_ms int8 not null,
    updated_at_ms int8 not null,
    sequence int8 not null
  ) with (fillfactor = 80)`,
  sql`create index condition_history_by_user on condition_history (user_id, created_at_ms desc, condition_id desc)`,
  sql`create index condition_history_by_symbol on condition_history (user_id, symbol, created_at_ms desc, condition_id desc)`,
  sql`create index condition_history_by_time on condition_history (created_at_ms desc, condition_id desc)`,
];

/** Index and mark prices have candles beside those of trades. */
const PRICE_CANDLES = [
  sql`alter table candle add column price_type text not null default 'trade'`,
  sql`alter table candle alter column price_type drop default`,
  sql`alter table candle drop constraint candle_pkey`,
  sql`alter table candle add primary key (symbol, price_type, span, open_ms)`,
];

/** Rows change as long as their time runs, so pages keep room. The index by time serves questions about all users. */
const FLOW_TABLES = [
  sql`create table account_flow (
    user_id int8 not null,
    span text not null,
    open_ms int8 not null,
    traded_value numeric not null,
    realized_pnl numeric not null,
    trading_fee numeric not null,
    net_pnl numeric not null,
    transfer_in numeric not null,
    transfer_out numeric not null,
    primary key (user_id, span, open_ms)
  ) with (fillfactor = 80)`,
  sql`create index account_flow_by_day on account_flow (open_ms, user_id) where span = '1d'`,
];

/** By name, in the order of their names. A published migration is never changed: the next one changes its result. */
const STATEMENTS: Readonly<Record<string, readonly RawBuilder<unknown>[]>> = {
  '0001-history': INITIAL_TABLES,
  '0002-candles': CANDLE_TABLES,
  '0003-closed-positions': POSITION_TABLES,
  '0004-funding': FUNDING_TABLES,
  '0005-conditions': CONDITION_TABLES,
  '0006-account-flows': [...PRICE_CANDLES, ...FLOW_TABLES],
  '0007-paged-histories': PAGING_TABLES,
  '0008-public-histories': PUBLIC_HISTORY_INDEXES,
};

const MIGRATIONS: Readonly<Record<string, Migration>> = Object.fromEntries(
  Object.entries(STATEMENTS).map(([name, statements]) => [
    name,
    {
      up: async (database: Kysely<unknown>): Promise<void> => {
        for (const statement of statements) await statement.execute(database);
      },
    },
  ]),
);

/** The name of the newest migration, by which a database's schema is recognised. */
export const SCHEMA_VERSION: string = Object.keys(STATEMENTS).sort().at(-1) ?? '';

/** The database could not be brought to {@link SCHEMA_VERSION}, for one because a newer program has changed it. */
export class HistorySchemaError extends Error {
  override readonly name = 'HistorySchemaError';

  constructor(cause: unknown) {
    super(`the history's schema cannot be brought to ${SCHEMA_VERSION}`, { cause });
  }
}

/** Creates or upgrades the history's tables. @throws HistorySchemaError */
export async function migrateHistory(database: Kysely<HistoryDatabase>): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new HistorySchemaError(error);
}
