import { sql } from 'kysely';

/**
 * What makes a page of a history cost the same for every user and at any depth.
 *
 * Rows are counted by user, day and what questions filter by, so a total is a sum of a few hundred rows, and a page far down is found by
 * skipping whole days. Filters that match few rows of many have indexes of their own. Rows of an agent's users carry the agent, for his
 * questions about all of them; the indexes by time alone, which made such a question read the rows of all others, too, go.
 *
 * Two columns in indexes change: `status`, twice in the life of most orders, and `row_count`, so that the counts of a user with a long
 * history, which lie all over their table, are read from the index alone.
 */
export const PAGING_TABLES = [
  sql`create table history_count (
    user_id int8 not null,
    source text not null,
    day_ms int8 not null,
    symbol text not null,
    side text not null,
    type text not null,
    status text not null,
    row_count int8 not null,
    primary key (user_id, source, day_ms, symbol, side, type, status) include (row_count)
  ) with (fillfactor = 80)`,
  sql`alter table order_history add column agent_id int8 not null default 0`,
  sql`alter table ledger_entry add column agent_id int8 not null default 0`,
  sql`alter table closed_position add column agent_id int8 not null default 0`,
  sql`drop index order_history_by_time`,
  sql`drop index ledger_entry_by_time`,
  sql`drop index closed_position_by_time`,
  sql`drop index condition_history_by_time`,
  sql`create index order_history_by_type on order_history (user_id, type, created_at_ms desc, order_id desc)`,
  sql`create index order_history_by_status on order_history (user_id, status, created_at_ms desc, order_id desc)`,
  sql`create index order_history_by_agent on order_history (agent_id, created_at_ms desc, order_id desc) where agent_id <> 0`,
  sql`create index order_history_by_agent_symbol on order_history (agent_id, symbol, created_at_ms desc, order_id desc)
    where agent_id <> 0`,
  sql`create index order_history_by_agent_status on order_history (agent_id, status, created_at_ms desc, order_id desc)
    where agent_id <> 0`,
  sql`create index order_history_by_agent_client_id on order_history (agent_id, client_order_id)
    where agent_id <> 0 and client_order_id <> ''`,
  sql`create index condition_history_by_client_id on condition_history (user_id, client_order_id)
    where client_order_id <> ''`,
  sql`create index condition_history_by_status on condition_history (user_id, status, created_at_ms desc, condition_id desc)`,
  sql`create index ledger_entry_by_agent on ledger_entry (agent_id, created_at_ms desc, entry_id desc) where agent_id <> 0`,
  sql`create index ledger_entry_by_agent_type on ledger_entry (agent_id, change_type, created_at_ms desc, entry_id desc)
    where agent_id <> 0`,
  sql`create index closed_position_by_symbol on closed_position (user_id, symbol, closed_at_ms desc, position_id desc)`,
  sql`create index closed_position_by_agent on closed_position (agent_id, closed_at_ms desc, position_id desc)
    where agent_id <> 0`,
  sql`create index closed_position_by_agent_symbol on closed_position (agent_id, symbol, closed_at_ms desc, position_id desc)
    where agent_id <> 0`,
  sql`create index closed_position_by_agent_side on closed_position (agent_id, position_side, closed_at_ms desc, position_id desc)
    where agent_id <> 0`,
  sql`create table leader_sum (
    days int8 not null,
    user_id int8 not null,
    realized_pnl numeric not null,
    traded_value numeric not null,
    transfer_in numeric not null,
    primary key (days, user_id)
  ) with (fillfactor = 80)`,
  sql`alter table projection_position add column leader_day_ms int8 not null default 0`,
];

/**
 * Kept sums in the order of their places; they change once an hour. And for pages of many users by name, each user's rows of one status or side in
 * their order, with what else such a page is asked by behind it, so that rows of a rare kind are found in the index alone.
 *
 * The candles of new spans are there once the history is made anew, as it is under each new schema.
 */
export const PUBLIC_HISTORY_INDEXES = [
  sql`create index leader_sum_by_profit on leader_sum (days, realized_pnl desc, traded_value desc, user_id)
    include (transfer_in) where realized_pnl > 0`,
  sql`alter table projection_position rename column leader_day_ms to leader_hour_ms`,
  sql`create index account_flow_by_hour on account_flow (open_ms, user_id) where span = '1h'`,
  sql`drop index order_history_by_status`,
  sql`create index order_history_by_status on order_history (user_id, status, created_at_ms desc, order_id desc, symbol, side)`,
  sql`drop index condition_history_by_status`,
  sql`create index condition_history_by_status
    on condition_history (user_id, status, created_at_ms desc, condition_id desc, symbol)`,
  sql`create index closed_position_by_side
    on closed_position (user_id, position_side, closed_at_ms desc, position_id desc, symbol)`,
];
