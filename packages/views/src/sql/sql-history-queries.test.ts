import type { ChangeType, ClosedPositionRecord, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import { quantitySteps } from '@openvenue/money';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openingOf } from '../memory/kline/interval.ts';
import { openMemoryDatabase } from '../testing/sql/memory-database.ts';
import {
  booked,
  closedPosition,
  conditionUpdated,
  fillRecord,
  ledgerEntry,
  orderRecord,
  orderUpdated,
  pastCondition,
  positionClosed,
} from '../testing/sql/records.ts';
import type {
  ClosedPositionFilter,
  ConditionFilter,
  FillFilter,
  HistorySpan,
  OrderFilter,
  PastCondition,
  ScanFilter,
} from './history-queries.ts';
import { Projector } from './projector.ts';
import type { HistoryDatabase } from './schema.ts';
import { SqlHistoryQueries } from './sql-history-queries.ts';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT'] as const;
const SIDES = ['BUY', 'SELL'] as const;
const TYPES = ['LIMIT', 'MARKET'] as const;
const STATUSES = ['PENDING', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'PARTIALLY_FILLED_CANCELED'] as const;
const CONDITION_STATUSES = ['PENDING', 'TRIGGERED', 'CANCELLED', 'REJECTED', 'FIRED'] as const;
const CHANGES: readonly ChangeType[] = ['TRANSFER_IN', 'HANDLING_FEE', 'REALIZED_PNL'];
const DIRECTIONS = ['long', 'short'] as const;
const POSITION_SIDES = ['BOTH', 'LONG', 'SHORT'] as const;
const USERS = [7, 8, 9] as const;
/** Of each of the five histories. */
const ROWS = 4_000;
/** 7 and 9 are of one agent, 8 of another, and 10 of nobody. */
const agentOf = (userId: number): number => (userId === 10 ? 0 : 1 + (userId % 2));

const pick = <Item>(items: readonly Item[], n: number): Item => items[n % items.length] as Item;
/** Scrambles a row number, so that fields are independent of one another and of the order of ids. */
const scrambled = (row: number, field: number): number => ((row * 2_654_435_761) ^ (field * 40_503)) >>> 7;

/** 50 times in nine days, so that pages and times begin and end within days. */
const TICK_MS = 4 * 3_600_000 + 1;
const timeOf = (row: number): number => (1_000 + (scrambled(row, 1) % 50)) * TICK_MS;
const ownerOf = (row: number) => ({
  userId: pick(USERS, scrambled(row, 2)),
  symbol: pick(SYMBOLS, scrambled(row, 3)),
  side: pick(SIDES, scrambled(row, 4)),
  createdAtMs: timeOf(row),
});
const ORDERS: readonly OrderRecord[] = Array.from({ length: ROWS }, (_, row) =>
  orderRecord({
    ...ownerOf(row),
    orderId: row,
    type: pick(TYPES, scrambled(row, 5)),
    status: pick(STATUSES, scrambled(row, 6)),
    clientOrderId: row % 3 === 0 ? '' : `client-${row % 20}`,
  }),
);
const CONDITIONS: readonly PastCondition[] = Array.from({ length: ROWS }, (_, row) =>
  pastCondition({
    ...ownerOf(row),
    conditionId: row,
    status: pick(CONDITION_STATUSES, scrambled(row, 11)),
    clientOrderId: row % 3 === 0 ? '' : `client-${row % 20}`,
  }),
);
const FILLS: readonly FillRecord[] = Array.from({ length: ROWS }, (_, row) =>
  fillRecord({ ...ownerOf(row), fillId: row, orderId: scrambled(row, 7) % 30, quantity: quantitySteps(row + 1) }),
);
const LEDGER: readonly LedgerEntry[] = Array.from({ length: ROWS }, (_, row) => {
  const { userId, symbol, createdAtMs } = ownerOf(row);
  return ledgerEntry({ userId, symbol, createdAtMs, entryId: row, changeType: pick(CHANGES, scrambled(row, 8)) });
});

const CLOSED: readonly ClosedPositionRecord[] = Array.from({ length: ROWS }, (_, row) => {
  const { userId, symbol, createdAtMs: closedAtMs } = ownerOf(row);
  return closedPosition({
    userId,
    symbol,
    closedAtMs,
    positionId: row,
    direction: pick(DIRECTIONS, scrambled(row, 9)),
    positionSide: pick(POSITION_SIDES, scrambled(row, 10)),
  });
});
/** With their time by the name that the oracles know. */
const CLOSED_IN_TIME = CLOSED.map((closed) => ({ ...closed, createdAtMs: closed.closedAtMs }));
const closedId = ({ positionId }: { readonly positionId: number }) => positionId;
const closedOf = ({ positionId }: { readonly positionId: number }) => CLOSED[positionId] as ClosedPositionRecord;

let database: Kysely<HistoryDatabase>;
let queries: SqlHistoryQueries;

beforeAll(async () => {
  database = await openMemoryDatabase();
  queries = new SqlHistoryQueries(database);
  const events = [
    ...ORDERS.map((order, row) => orderUpdated(order, FILLS[row])),
    ...CONDITIONS.map((condition) => conditionUpdated(condition)),
    ...LEDGER.map((entry) => booked(entry)),
    ...CLOSED.map((closed) => positionClosed(closed)),
  ];
  await new Projector({ database, keep: () => true, agentOf }).project([{ sequence: 1, timeMs: 1, events }]);
});
afterAll(() => database.destroy());

/** The same question asked of an array. */
function oracle<Item extends { readonly userId: number; readonly createdAtMs: number }>(
  items: readonly Item[],
  question: {
    readonly userId: number;
    /** Beyond the times, fields of the item that must be equal. */
    readonly filter: HistorySpan & {
      readonly [Name in Exclude<keyof Item, keyof HistorySpan>]?: Item[Name] | undefined;
    };
    readonly page: { readonly offset: number; readonly limit: number };
    readonly idOf: (item: Item) => number;
  },
) {
  const { startTimeMs, endTimeMs, ...fields } = question.filter;
  const matching = items
    .filter((item) => item.userId === question.userId)
    .filter((item) => startTimeMs === undefined || item.createdAtMs >= startTimeMs)
    .filter((item) => endTimeMs === undefined || item.createdAtMs < endTimeMs)
    .filter((item) =>
      Object.entries(fields).every(
        ([name, wanted]) => wanted === undefined || Object.entries(item).some(([n, v]) => n === name && v === wanted),
      ),
    )
    .sort((a, b) => b.createdAtMs - a.createdAtMs || question.idOf(b) - question.idOf(a));
  const { offset, limit } = question.page;
  return { list: matching.slice(offset, offset + limit), total: matching.length };
}

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const instant = fc.integer({ min: 995, max: 1_055 }).map((tick) => tick * TICK_MS);
const time = maybe(
  fc.oneof(
    instant,
    instant.map((timeMs) => openingOf('1d', timeMs)),
  ),
);
const span = { startTimeMs: time, endTimeMs: time };
const user = fc.constantFrom(...USERS, 10);
const page = fc.record({ offset: fc.nat(60), limit: fc.integer({ min: 1, max: 100 }) });
const symbol = maybe(fc.constantFrom(...SYMBOLS, 'XRPUSDT'));

test('orders are those of the oracle, for any filter and page', async () => {
  const filters: fc.Arbitrary<OrderFilter> = fc.record({
    ...span,
    symbol,
    orderId: fc.option(fc.nat(ROWS), { nil: undefined, freq: 6 }),
    clientOrderId: maybe(fc.nat(25).map((n) => `client-${n}`)),
    type: maybe(fc.constantFrom(...TYPES)),
    side: maybe(fc.constantFrom(...SIDES)),
    status: maybe(fc.constantFrom(...STATUSES)),
  });
  await fc.assert(
    fc.asyncProperty(user, filters, page, async (userId, filter, at) => {
      const expected = oracle(ORDERS, { userId, filter, page: at, idOf: (order) => order.orderId });
      expect(await queries.orders(userId, filter, at)).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

test('condition orders are those of the oracle, for any filter and page', async () => {
  const filters: fc.Arbitrary<ConditionFilter> = fc.record({
    ...span,
    symbol,
    side: maybe(fc.constantFrom(...SIDES)),
    status: maybe(fc.constantFrom(...CONDITION_STATUSES)),
  });
  await fc.assert(
    fc.asyncProperty(user, filters, page, async (userId, filter, at) => {
      const expected = oracle(CONDITIONS, { userId, filter, page: at, idOf: ({ conditionId }) => conditionId });
      expect(await queries.conditions(userId, filter, at)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

test('fills are those of the oracle, for any filter and page', async () => {
  const filters: fc.Arbitrary<FillFilter> = fc.record({ ...span, symbol, orderId: maybe(fc.nat(35)) });
  await fc.assert(
    fc.asyncProperty(user, filters, page, async (userId, filter, at) => {
      const expected = oracle(FILLS, { userId, filter, page: at, idOf: (fill) => fill.fillId });
      expect(await queries.fills(userId, filter, at)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

test('ledger entries are those of the oracle, for any filter and page', async () => {
  const filters: fc.Arbitrary<HistorySpan & { readonly changeType?: ChangeType | undefined }> = fc.record({
    ...span,
    changeType: maybe(fc.constantFrom(...CHANGES)),
  });
  await fc.assert(
    fc.asyncProperty(user, filters, page, async (userId, filter, at) => {
      const expected = oracle(LEDGER, { userId, filter, page: at, idOf: (entry) => entry.entryId });
      expect(await queries.ledger(userId, filter, at)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

test('closed positions are those of the oracle, by the time of their end, for any filter and page', async () => {
  const filters: fc.Arbitrary<ClosedPositionFilter> = fc.record({
    ...span,
    symbol,
    direction: maybe(fc.constantFrom(...DIRECTIONS)),
  });
  await fc.assert(
    fc.asyncProperty(user, filters, page, async (userId, filter, at) => {
      const question = { userId, filter, page: at, idOf: closedId };
      const { list, total } = oracle(CLOSED_IN_TIME, question);
      expect(await queries.closedPositions(userId, filter, at)).toEqual({ list: list.map(closedOf), total });
    }),
    { numRuns: 100 },
  );
});

/** Newest first, of many users, from a place on. */
function scanOracle<Item extends { readonly userId: number; readonly createdAtMs: number }>(
  items: readonly Item[],
  { of, startTimeMs = 0, endTimeMs = Number.POSITIVE_INFINITY, after, limit, statuses, ...fields }: ScanFilter,
  idOf: (item: Item) => number,
): Item[] {
  return items
    .filter(({ userId }) => ('agentId' in of ? agentOf(userId) === of.agentId : of.userIds.includes(userId)))
    .filter((item) => item.createdAtMs >= startTimeMs && item.createdAtMs < endTimeMs)
    .filter((item) => statuses === undefined || ('status' in item && statuses.some((each) => each === item.status)))
    .filter((item) =>
      Object.entries(fields).every(
        ([name, wanted]) => wanted === undefined || Object.entries(item).some(([n, v]) => n === name && v === wanted),
      ),
    )
    .filter(
      (item) =>
        after === undefined ||
        item.createdAtMs < after.timeMs ||
        (item.createdAtMs === after.timeMs && idOf(item) < after.id),
    )
    .sort((a, b) => b.createdAtMs - a.createdAtMs || idOf(b) - idOf(a))
    .slice(0, limit);
}

const named = fc.record({ userIds: fc.array(user) });
const owners = fc.oneof(named, fc.record({ agentId: fc.constantFrom(1, 2, 3) }));
const scanned = {
  ...span,
  of: owners,
  after: maybe(fc.record({ timeMs: instant, id: fc.nat(ROWS) })),
  limit: fc.constantFrom(1, 7, 60, 1_001),
};

test('scans are those of the oracle, for any users, filter and place', async () => {
  const orders = fc.record({
    ...scanned,
    symbol,
    orderId: fc.option(fc.nat(ROWS), { nil: undefined, freq: 6 }),
    clientOrderId: fc.option(
      fc.nat(25).map((n) => `client-${n}`),
      { nil: undefined, freq: 6 },
    ),
    side: maybe(fc.constantFrom(...SIDES)),
    statuses: maybe(fc.uniqueArray(fc.constantFrom(...STATUSES))),
  });
  const conditions = fc.record({
    ...scanned,
    of: named,
    symbol,
    conditionId: fc.option(fc.nat(ROWS), { nil: undefined, freq: 6 }),
    side: maybe(fc.constantFrom(...SIDES)),
    statuses: maybe(fc.uniqueArray(fc.constantFrom(...CONDITION_STATUSES))),
  });
  const fills = fc.record({ ...scanned, of: named, symbol, orderId: maybe(fc.nat(35)) });
  const ledger = fc.record({ ...scanned, changeType: maybe(fc.constantFrom(...CHANGES, 'OTHER')) });
  const closed = fc.record({ ...scanned, symbol, positionSide: maybe(fc.constantFrom(...POSITION_SIDES)) });
  await fc.assert(
    fc.asyncProperty(
      orders,
      conditions,
      fills,
      ledger,
      closed,
      async (ofOrders, ofConditions, ofFills, ofLedger, ofClosed) => {
        const pastConditions = scanOracle(CONDITIONS, ofConditions, ({ conditionId }) => conditionId);
        expect(await queries.scan('conditions', ofConditions)).toEqual(pastConditions);
        expect(await queries.scan('orders', ofOrders)).toEqual(scanOracle(ORDERS, ofOrders, (order) => order.orderId));
        expect(await queries.scan('fills', ofFills)).toEqual(scanOracle(FILLS, ofFills, (fill) => fill.fillId));
        expect(await queries.scan('ledger', ofLedger)).toEqual(scanOracle(LEDGER, ofLedger, (entry) => entry.entryId));
        const pastPositions = scanOracle(CLOSED_IN_TIME, ofClosed, closedId).map(closedOf);
        expect(await queries.scan('closed-positions', ofClosed)).toEqual(pastPositions);
      },
    ),
    { numRuns: 100 },
  );
});

test('pages one after the other have every row once, by offset and from place to place', async () => {
  const pages: OrderRecord[] = [];
  const filter = { symbol: 'BTCUSDT', side: 'BUY', startTimeMs: 1_003 * TICK_MS } as const;
  for (let offset = 0; ; offset += 37) {
    const { list } = await queries.orders(7, filter, { offset, limit: 37 });
    if (list.length === 0) break;
    pages.push(...list);
  }
  const whole = { userId: 7, filter, page: { offset: 0, limit: ROWS }, idOf: (order: OrderRecord) => order.orderId };
  expect(pages).toEqual(oracle(ORDERS, whole).list);
  expect(pages.length).toBeGreaterThan(200);

  const scannedOrders: OrderRecord[] = [];
  const question = { of: { agentId: 2 }, symbol: 'BTCUSDT', limit: 61 };
  for (let after: ScanFilter['after']; ; ) {
    const list = await queries.scan('orders', { ...question, after });
    scannedOrders.push(...list);
    const last = list.at(-1);
    if (last === undefined) break;
    after = { timeMs: last.createdAtMs, id: last.orderId };
  }
  expect(scannedOrders).toEqual(scanOracle(ORDERS, { ...question, limit: ROWS }, (order) => order.orderId));
  expect(scannedOrders.length).toBeGreaterThan(500);
});

test('a scan beyond its limit is the caller’s error', async () => {
  for (const limit of [0, 1_002, 1.5]) {
    await expect(queries.scan('orders', { of: { userIds: [7] }, limit })).rejects.toThrow('out of range');
  }
});

test('one order is found by all of its names together', async () => {
  const wanted = ORDERS.find((order) => order.clientOrderId !== '') as OrderRecord;
  const { userId, orderId, clientOrderId } = wanted;
  expect(await queries.order(userId, { symbol: wanted.symbol, orderId, clientOrderId })).toEqual(wanted);
  expect(await queries.order(userId, { symbol: wanted.symbol, orderId, clientOrderId: 'another' })).toBeUndefined();
  expect(await queries.order(userId, { symbol: 'XRPUSDT', orderId })).toBeUndefined();
  expect(await queries.order(userId + 1, { symbol: wanted.symbol, orderId })).toBeUndefined();
});

test('a page outside the limits is the caller’s error', async () => {
  for (const wrong of [
    { offset: 0, limit: 101 },
    { offset: 0, limit: 0 },
    { offset: -1, limit: 20 },
    { offset: 0.5, limit: 20 },
  ]) {
    await expect(queries.orders(7, {}, wrong)).rejects.toThrow('out of range');
  }
  expect((await queries.orders(7, {}, { offset: Number.MAX_SAFE_INTEGER, limit: 100 })).list).toEqual([]);
});

test.each([
  ['order_history', 'order_id'],
  ['condition_history', 'condition_id'],
])('the newest of %s of a user come from an index without sorting', async (table, id) => {
  await sql`set enable_seqscan = off`.execute(database);
  const plan = await sql<{ 'QUERY PLAN': string }>`explain select * from ${sql.table(table)}
    where user_id = 7 and symbol = 'BTCUSDT' order by created_at_ms desc, ${sql.ref(id)} desc limit 20`.execute(
    database,
  );
  await sql`set enable_seqscan = on`.execute(database);
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toContain(`${table}_by_symbol`);
  expect(text).not.toContain('Sort');
});
