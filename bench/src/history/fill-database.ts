import { Pool } from 'pg';
import { END_MS, minutesIn, type Sample, START_MS, SYMBOLS, usersIn } from './sample.ts';

/** Rows of one statement, so that the database's memory stays bounded. */
const CHUNK_ROWS = 1_000_000;
/** Sessions that fill at the same time. */
const SESSIONS = 4;
const SETTINGS = '-c synchronous_commit=off -c maintenance_work_mem=512MB -c work_mem=256MB';

/**
 * Fills empty tables of the history on the server itself. The sample is the same each time: every field is a hash of the row's number.
 *
 * A few users have most rows and most have few; symbols are as unequal; the busiest user is a program that hardly ever sends a market
 * order or is refused, so that questions for those look for needles in his hay.
 */
export async function fillDatabase(
  connectionString: string,
  sample: Sample,
  onStep: (name: string) => void,
): Promise<void> {
  const { rows } = sample;
  const pool = new Pool({ connectionString, max: SESSIONS, options: SETTINGS });
  const run = async (name: string, statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await pool.query(statement);
    onStep(name);
  };
  const chunks = (count: number, statement: (chunk: Chunk) => string): readonly string[] =>
    chunksOf(count, usersIn(sample)).map(statement);
  try {
    await pool.query(FUNCTIONS);
    const indexes = await dropIndexes(pool);
    await Promise.all([
      run('orders', chunks(rows, orders)),
      run('fills', chunks(rows, fills)),
      run('ledger entries', chunks(rows, ledger)),
      run('conditions, positions, candles, fundings', [
        ...chunks(Math.ceil(rows / 5), conditions),
        ...chunks(Math.ceil(rows / 5), positions),
        ...SYMBOLS.map((symbol) => candles(symbol, minutesIn(sample))),
        ROLLED_CANDLES,
        FUNDINGS,
      ]),
    ]);
    await Promise.all([run('account flows', [FLOWS, DAILY_FLOWS]), ...COUNTS.map((count) => run('counts', [count]))]);
    await Promise.all(indexes.map(([name, definition]) => run(name, [definition])));
    await run('vacuum analyze', ['vacuum analyze']);
  } finally {
    await pool.end();
  }
}

function chunksOf(count: number, users: number): readonly Chunk[] {
  const firsts = Array.from({ length: Math.ceil(count / CHUNK_ROWS) }, (_, i) => 1 + i * CHUNK_ROWS);
  return firsts.map((from) => ({ from, to: Math.min(count, from + CHUNK_ROWS - 1), all: count, users }));
}

/** Indexes are made after the rows, which takes a fraction of the time. */
async function dropIndexes(pool: Pool): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await pool.query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef from pg_indexes where schemaname = 'public' and indexname not like '%pkey' order by 1`,
  );
  for (const { indexname } of rows) await pool.query(`drop index ${indexname}`);
  return rows.map(({ indexname, indexdef }) => [indexname, indexdef]);
}

interface Chunk {
  readonly from: number;
  readonly to: number;
  /** Rows that the table will have. */
  readonly all: number;
  readonly users: number;
}

/** `h` gives a number from 0 to 1 for each row and field. */
const FUNCTIONS = `
create schema sample;
create or replace function sample.h(row_number int8, field int8) returns float8 language sql immutable as
  'select (hashint8extended($1, $2) & 2147483647) / 2147483648.0';
create or replace function sample.agent(user_id int8) returns int8 language sql immutable as
  'select case when $1 % 400 = 399 then 2 when $1 % 3 = 1 then 1 else 0 end::int8';
create or replace function sample.symbol(row_number int8) returns text language sql immutable as
  $$ select ('{${SYMBOLS.join(',')}}'::text[])[1 + floor(power(sample.h($1, 2), 2) * ${SYMBOLS.length})] $$;`;

/** What all tables have: number, user, symbol, time and side of each row. */
const numbered = ({ from, to, all, users }: Chunk): string => `(
  select i, 1 + floor(power(sample.h(i, 1), 4) * ${users})::int8 as user_id, sample.symbol(i) as symbol,
    ${START_MS} + i * ${END_MS - START_MS} / ${all + 1} as at_ms,
    case when sample.h(i, 3) < 0.5 then 'BUY' else 'SELL' end as side, sample.h(i, 4) as kind, sample.h(i, 5) as fate
  from generate_series(${from}::int8, ${to}::int8) as i) as numbered`;

const orders = (chunk: Chunk): string => `
insert into order_history (order_id, user_id, symbol, client_order_id, type, side, position_side, price_ticks, quantity_steps,
  filled_quantity_steps, filled_tick_steps, time_in_force, reduce_only, maker_only, close_position, place_type, status, reject_reason,
  handling_fee, realized_pnl, created_at_ms, updated_at_ms, leverage, margin_mode, sequence, agent_id)
select i, user_id, symbol, case when i % 10 < 7 then 'client-' || i else '' end,
  case when kind < case when user_id = 1 then 0.0002 else 0.15 end then 'MARKET' else 'LIMIT' end,
  side, 'BOTH', 600000 + i % 1000, 100, 50, 30000000, 'GTC', false, false, false, '',
  case when fate < case when user_id = 1 then 0.0002 else 0.01 end then 'REJECTED' when fate < 0.04 then 'PARTIALLY_FILLED_CANCELED'
    when fate < 0.45 then 'CANCELED' when fate < 0.999 then 'FILLED' else 'PENDING' end,
  '', 1234567, -7654321, at_ms, at_ms + 1000, 20, 'CROSS', i, sample.agent(user_id)
from ${numbered(chunk)}`;

const fills = (chunk: Chunk): string => `
insert into fill (fill_id, trade_id, order_id, user_id, symbol, side, position_side, role, price_ticks, quantity_steps, trade_value,
  handling_fee, realized_pnl, created_at_ms, position_id)
select i, i, i, user_id, symbol, side, 'BOTH', case when kind < 0.5 then 'maker' else 'taker' end, 600000 + i % 1000, 100,
  6000000000000 + i, 1234567, -7654321, at_ms, 0
from ${numbered(chunk)}`;

const ledger = (chunk: Chunk): string => `
insert into ledger_entry (entry_id, user_id, change_type, amount, wallet_before, wallet_after, frozen_before, frozen_after, symbol,
  reference_id, created_at_ms, agent_id)
select i, user_id, case when kind < 0.002 then 'TRANSFER_IN' when kind < 0.003 then 'TRANSFER_OUT' when kind < 0.2 then 'FUNDING_FEE'
    when kind < 0.5 then 'REALIZED_PNL' else 'HANDLING_FEE' end,
  (fate * 1e9)::int8 - 450000000, 1000000000, 1000000000 + i, 0, 0, symbol, i, at_ms, sample.agent(user_id)
from ${numbered(chunk)}`;

const conditions = (chunk: Chunk): string => `
insert into condition_history (condition_id, user_id, symbol, client_order_id, type, side, position_side, price_ticks, quantity_steps,
  stop_price_ticks, working_type, price_protect, activate_price_ticks, callback_rate, watermark_ticks, trigger_price_ticks,
  time_in_force, reduce_only, close_position, status, reject_reason, generated_order_id, strategy_id, leverage, margin_mode,
  created_at_ms, updated_at_ms, sequence)
select i, user_id, symbol, case when i % 10 < 7 then 'client-' || i else '' end, 'STOP_MARKET', side, 'BOTH', 0, 100, 590000,
  'MARK_PRICE', false, 0, 0, 0, 590000, 'GTC', true, false,
  case when fate < case when user_id = 1 then 0.001 else 0.01 end then 'REJECTED' when fate < 0.6 then 'CANCELLED'
    when fate < 0.999 then 'TRIGGERED' else 'PENDING' end,
  '', 0, 0, 20, 'CROSS', at_ms, at_ms + 1000, i
from ${numbered(chunk)}`;

const positions = (chunk: Chunk): string => `
insert into closed_position (position_id, user_id, symbol, position_side, direction, leverage, margin_mode, max_quantity_steps,
  closed_quantity_steps, opened_value, closed_value, entry_price, close_price, realized_pnl, roe, funding_fee_accum, close_trigger,
  opened_at_ms, closed_at_ms, agent_id)
select i, user_id, symbol, case when kind < 0.01 then 'LONG' else 'BOTH' end, case when side = 'BUY' then 'long' else 'short' end, 20,
  'CROSS', 100, 100, 6000000, 6000000, 60000, 60000, 12345, 100, 0, 'TRADE', at_ms - 1000, at_ms, sample.agent(user_id)
from ${numbered(chunk)}`;

const candles = (symbol: string, minutes: number): string => `
insert into candle (symbol, price_type, span, open_ms, open_ticks, high_ticks, low_ticks, close_ticks, volume_steps, turnover_tick_steps)
select '${symbol}', price_type, '1m', ${END_MS} - minute::int8 * 60000, 600000, 600100, 599900, 600050, 1000, 600000000
from unnest('{trade,index,mark}'::text[]) as price_type, generate_series(${minutes}, 1, -1) as minute`;

const ROLLED_CANDLES = `
insert into candle (symbol, price_type, span, open_ms, open_ticks, high_ticks, low_ticks, close_ticks, volume_steps, turnover_tick_steps)
select symbol, price_type, span, open_ms - open_ms % length, 600000, 600100, 599900, 600050, sum(volume_steps), sum(turnover_tick_steps)
from candle, (values ('15m', 900000), ('1h', 3600000), ('6h', 21600000), ('1d', 86400000)) as longer (span, length) where candle.span = '1m' group by 1, 2, longer.span, 4`.replace(
  'select symbol, price_type, span',
  'select symbol, price_type, longer.span',
);

const FUNDINGS = `
insert into funding_settlement (symbol, at_ms, rate, mark_ticks, interval_hours)
select symbol, at_ms, 10000, 600000, 8 from unnest('{${SYMBOLS.join(',')}}'::text[]) as symbol,
  generate_series(${START_MS}::int8, ${END_MS - 1}::int8, 28800000) as at_ms`;

/** As the projector sums them up, of the fills and ledger entries above. */
const FLOWS = `
insert into account_flow (user_id, span, open_ms, traded_value, realized_pnl, trading_fee, net_pnl, transfer_in, transfer_out)
select user_id, '1h', at_ms - at_ms % 3600000, sum(traded), sum(case when type = 'REALIZED_PNL' then amount else 0 end),
  sum(case when type = 'HANDLING_FEE' then -amount else 0 end), sum(case when type like 'TRANSFER%' then 0 else amount end),
  sum(case when type like 'TRANSFER%' and amount > 0 then amount else 0 end),
  sum(case when type like 'TRANSFER%' and amount < 0 then -amount else 0 end)
from (select user_id, created_at_ms as at_ms, trade_value as traded, '' as type, 0 as amount from fill
  union all select user_id, created_at_ms, 0, change_type, amount from ledger_entry) as happened group by 1, 3`;

const DAILY_FLOWS = `
insert into account_flow (user_id, span, open_ms, traded_value, realized_pnl, trading_fee, net_pnl, transfer_in, transfer_out)
select user_id, '1d', open_ms - open_ms % 86400000, sum(traded_value), sum(realized_pnl), sum(trading_fee), sum(net_pnl),
  sum(transfer_in), sum(transfer_out) from account_flow group by 1, 3`;

/** What the projector would have counted. */
export const COUNTS = [
  ['order', 'order_history', 'created_at_ms', 'symbol', 'side', 'type', 'status'],
  ['condition', 'condition_history', 'created_at_ms', 'symbol', 'side', `''`, 'status'],
  ['fill', 'fill', 'created_at_ms', 'symbol', `''`, `''`, `''`],
  ['ledger', 'ledger_entry', 'created_at_ms', `''`, `''`, 'change_type', `''`],
  ['position', 'closed_position', 'closed_at_ms', 'symbol', 'direction', 'position_side', `''`],
].map(
  ([source, table, time, ...dimensions]) => `
insert into history_count (user_id, source, day_ms, symbol, side, type, status, row_count)
select user_id, '${source}', ${time} - ${time} % 86400000, ${dimensions.join(', ')}, count(*) from ${table} group by 1, 3, 4, 5, 6, 7`,
);
