import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyCluster } from '../testing/sql/empty-cluster.ts';
import { EXACT_PARSERS } from './exact-values.ts';
import type { HistoryQueries } from './history-queries.ts';
import { firstLeaderDay } from './leader-sums.ts';
import { migrateHistory } from './migrations.ts';
import type { HistoryDatabase } from './schema.ts';
import { SqlHistoryQueries } from './sql-history-queries.ts';

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

const DAY_MS = 86_400_000;
const PAGE = { offset: 0, limit: 100 };
const SPAN = { startTimeMs: 10 * DAY_MS + 5, endTimeMs: 20 * DAY_MS + 5 };
const USERS = { of: { userIds: [7, 8, 9] }, limit: 501 };
const AGENT = { of: { agentId: 1 }, limit: 501 };
const CANDLES = { symbol: 'BTCUSDT', priceType: 'trade' } as const;

let pglite: PGlite;
let database: Kysely<HistoryDatabase>;
let statements: Statement[] = [];

beforeAll(async () => {
  pglite = await PGlite.create({ dataDir: 'memory://', parsers: EXACT_PARSERS, loadDataDir: await emptyCluster() });
  database = new Kysely<HistoryDatabase>({
    dialect: new PGliteDialect({ pglite }),
    log: ({ query }) => {
      statements.push(query);
    },
  });
  await migrateHistory(database);
  // Days before which statements read whole days from the counts must have some.
  await sql`insert into history_count select 7, 'order', day * ${sql.lit(DAY_MS)}, 'BTCUSDT', 'BUY', 'LIMIT', 'FILLED', 60
    from generate_series(1::int8, 40) as day`.execute(database);
  await sql`set enable_seqscan = off`.execute(database);
});
afterAll(() => database.destroy());

/** What is asked, and the index that its rows come by; between indexes that are as good as each other on tables without rows chance decides. */
const QUESTIONS: Readonly<Record<string, readonly [index: string, (queries: HistoryQueries) => Promise<unknown>]>> = {
  orders: ['order_history_by_', (queries) => queries.orders(7, {}, PAGE)],
  'orders of a time': ['order_history_by_', (queries) => queries.orders(7, SPAN, PAGE)],
  'orders of a symbol': ['order_history_by_symbol', (queries) => queries.orders(7, { symbol: 'BTCUSDT' }, PAGE)],
  'orders of a type': ['order_history_by_type', (queries) => queries.orders(7, { type: 'LIMIT' }, PAGE)],
  'orders of a status': ['order_history_by_status', (queries) => queries.orders(7, { status: 'FILLED' }, PAGE)],
  'order by id': ['order_history_', (queries) => queries.order(7, { symbol: 'BTCUSDT', orderId: 1 })],
  'order by client id': ['order_history_', (queries) => queries.order(7, { symbol: 'BTCUSDT', clientOrderId: 'a' })],
  'conditions of a time': ['condition_history_by_', (queries) => queries.conditions(7, SPAN, PAGE)],
  'fills of a time': ['fill_by_', (queries) => queries.fills(7, SPAN, PAGE)],
  'fills of an order': ['fill_by_order', (queries) => queries.fills(7, { orderId: 1 }, PAGE)],
  'ledger of a kind': ['ledger_entry_by_type', (queries) => queries.ledger(7, { ...SPAN, changeType: 'ADL' }, PAGE)],
  'closed positions': [
    'closed_position_by_',
    (queries) => queries.closedPositions(7, { ...SPAN, symbol: 'BTCUSDT' }, PAGE),
  ],
  fundings: ['funding_settlement_pkey', (queries) => queries.fundings({ symbol: 'BTCUSDT' }, PAGE)],
  'scan of users': ['order_history_by_', (queries) => queries.scan('orders', USERS)],
  'scan of users’ fills': ['fill_by_', (queries) => queries.scan('fills', USERS)],
  'scan of users’ status': [
    'order_history_by_status',
    (queries) => queries.scan('orders', { ...USERS, statuses: ['REJECTED'], symbol: 'BTCUSDT', side: 'BUY' }),
  ],
  'scan of users’ side': [
    'closed_position_by_side',
    (queries) => queries.scan('closed-positions', { ...USERS, positionSide: 'LONG', symbol: 'BTCUSDT' }),
  ],
  'scan of an agent': ['order_history_by_agent', (queries) => queries.scan('orders', AGENT)],
  'scan of an agent’s symbol': [
    'order_history_by_agent_symbol',
    (queries) => queries.scan('orders', { ...AGENT, symbol: 'BTCUSDT' }),
  ],
  'scan of an agent’s status': [
    'order_history_by_agent_status',
    (queries) => queries.scan('orders', { ...AGENT, statuses: ['REJECTED'] }),
  ],
  'scan of an agent’s ledger': [
    'ledger_entry_by_agent_type',
    (queries) => queries.scan('ledger', { ...AGENT, changeType: 'ADL' }),
  ],
  'scan of an agent’s positions': ['closed_position_by_agent', (queries) => queries.scan('closed-positions', AGENT)],
  statistics: ['account_flow_pkey', (queries) => queries.accountFlows(7, { span: '1d', fromMs: 3 * DAY_MS })],
  leaderboard: [
    'account_flow_by_day',
    (queries) => queries.leaderboard({ fromMs: firstLeaderDay(40 * DAY_MS, 30), ranked: 10, shown: 10 }),
  ],
  'leaderboard of today': [
    'account_flow_by_hour',
    (queries) => queries.leaderboard({ fromMs: firstLeaderDay(0, 30), ranked: 10, shown: 10 }),
  ],
  candles: [
    'candle_pkey',
    (queries) => queries.candles({ ...CANDLES, interval: '15m', fromMs: 0, toMs: DAY_MS, limit: 96 }),
  ],
};

test.each(Object.entries(QUESTIONS))('%s: every statement reads by an index', async (_, [index, ask]) => {
  statements = [];
  await ask(new SqlHistoryQueries(database));
  const asked = statements.filter((statement) => /^\s*select/.test(statement.sql));
  expect(asked.length).toBeGreaterThan(0);
  const plans: string[] = [];
  for (const statement of asked) {
    const { rows } = await pglite.query<{ 'QUERY PLAN': string }>(`explain ${statement.sql}`, [
      ...statement.parameters,
    ]);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
  }
  expect(plans.join('\n')).toMatch(new RegExp(`\\b${index}`));
  for (const plan of plans) expect(plan).not.toContain('Seq Scan');
});
