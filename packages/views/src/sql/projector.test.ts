import type { OrderStatus } from '@openvenue/core';
import { money, priceTicks, quantitySteps, type Rate } from '@openvenue/money';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emptyHistory, openMemoryDatabase } from '../testing/sql/memory-database.ts';
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
import { migrateHistory } from './migrations.ts';
import { type ProjectedCommand, ProjectionGapError, Projector, readPosition } from './projector.ts';
import type { HistoryDatabase } from './schema.ts';
import { SqlHistoryQueries } from './sql-history-queries.ts';
import { HISTORY_TABLES, tableDigest } from './table-digest.ts';

const USER = 7;
const FIRST_PAGE = { offset: 0, limit: 100 };

let database: Kysely<HistoryDatabase>;
let projector: Projector;
let queries: SqlHistoryQueries;

beforeAll(async () => {
  database = await openMemoryDatabase();
  projector = new Projector({ database, keep: () => true, agentOf: () => 0 });
  queries = new SqlHistoryQueries(database);
});
beforeEach(() => emptyHistory(database));
afterAll(() => database.destroy());

const command = (sequence: number, ...events: ProjectedCommand['events'][number][]): ProjectedCommand => ({
  sequence,
  timeMs: 1_772_000_000_000 + sequence,
  events,
});

async function digests(): Promise<readonly string[]> {
  const result: string[] = [];
  for (const table of HISTORY_TABLES) result.push(await tableDigest(database, table));
  return result;
}

describe('what is written', () => {
  test('comes back as it was, amounts far beyond 2^63 included', async () => {
    const large = money(12_345_678_901_234_567_890_123n);
    const order = orderRecord({
      orderId: Number.MAX_SAFE_INTEGER,
      clientOrderId: 'a.b:c-d_1',
      placeType: '"quoted", {braces} and \\ back\nslashes ☂',
      filledTickSteps: Number.MAX_SAFE_INTEGER,
      reduceOnly: true,
      makerOnly: true,
      closePosition: true,
      status: 'PARTIALLY_FILLED_CANCELED',
      rejectReason: 'MARGIN',
      handlingFee: money(-large),
      realizedPnl: large,
      leverage: 125,
      marginMode: 'ISOLATED',
      strategyId: 4,
      conditionId: 5,
      updatedAtMs: 1_772_000_000_999,
    });
    const condition = pastCondition({
      conditionId: Number.MAX_SAFE_INTEGER,
      clientOrderId: 'stop',
      type: 'TRAILING_STOP',
      positionSide: 'LONG',
      price: priceTicks(1),
      stopPrice: priceTicks(2),
      activatePrice: priceTicks(3),
      watermark: priceTicks(4),
      triggerPrice: priceTicks(5),
      workingType: 'MARK_PRICE',
      priceProtect: true,
      callbackRate: 25,
      timeInForce: 'GTE_GTC',
      reduceOnly: true,
      closePosition: true,
      status: 'REJECTED',
      rejectReason: 'INSUFFICIENT_MARGIN',
      generatedOrderId: 9,
      strategyId: 8,
      leverage: 125,
      marginMode: 'ISOLATED',
      updatedAtMs: 1_772_000_000_999,
    });
    const fill = fillRecord({ orderId: order.orderId, tradeValue: large, handlingFee: money(-1n), role: 'maker' });
    const entry = ledgerEntry({ amount: money(-large), walletBefore: large, frozenAfter: large, symbol: '' });
    await projector.project([command(1, orderUpdated(order, fill), booked(entry), conditionUpdated(condition))]);

    expect(await queries.orders(USER, {}, FIRST_PAGE)).toEqual({ list: [order], total: 1 });
    expect(await queries.conditions(USER, {}, FIRST_PAGE)).toEqual({ list: [condition], total: 1 });
    expect(await queries.fills(USER, {}, FIRST_PAGE)).toEqual({ list: [fill], total: 1 });
    expect(await queries.ledger(USER, {}, FIRST_PAGE)).toEqual({ list: [entry], total: 1 });
  });

  test('is of kept users only', async () => {
    const traders = new Projector({ database, keep: (userId) => userId === USER, agentOf: () => 0 });
    const house = 8;
    await traders.project([
      command(
        1,
        orderUpdated(orderRecord({ orderId: 1 }), fillRecord({ fillId: 1 })),
        orderUpdated(orderRecord({ orderId: 2, userId: house }), fillRecord({ fillId: 2, userId: house })),
        booked(ledgerEntry({ entryId: 1 })),
        booked(ledgerEntry({ entryId: 2, userId: house })),
        conditionUpdated(pastCondition({ userId: house })),
      ),
    ]);
    expect(await queries.orders(house, {}, FIRST_PAGE)).toEqual({ list: [], total: 0 });
    expect(await queries.conditions(house, {}, FIRST_PAGE)).toEqual({ list: [], total: 0 });
    expect(await queries.fills(house, {}, FIRST_PAGE)).toEqual({ list: [], total: 0 });
    expect(await queries.ledger(house, {}, FIRST_PAGE)).toEqual({ list: [], total: 0 });
    expect((await queries.orders(USER, {}, FIRST_PAGE)).total).toBe(1);
  });

  test('is an order at its newest, within a batch and over batches', async () => {
    const open = orderRecord();
    const partly = orderRecord({ status: 'PARTIALLY_FILLED', filledQuantity: quantitySteps(40) });
    const done = orderRecord({ status: 'FILLED', filledQuantity: quantitySteps(100) });
    await projector.project([command(1, orderUpdated(open)), command(2, orderUpdated(partly, fillRecord()))]);
    expect((await queries.orders(USER, {}, FIRST_PAGE)).list).toEqual([partly]);
    await projector.project([command(3, orderUpdated(done, fillRecord({ fillId: 2 })))]);
    expect((await queries.orders(USER, {}, FIRST_PAGE)).list).toEqual([done]);
    expect((await queries.fills(USER, {}, FIRST_PAGE)).total).toBe(2);
  });

  test('is a condition order at its newest, within a batch and over batches, never an older state', async () => {
    const pending = pastCondition();
    const triggered = pastCondition({ status: 'TRIGGERED', generatedOrderId: 7 });
    const fired = pastCondition({ status: 'FIRED', generatedOrderId: 7 });
    const newest = async () => (await queries.conditions(USER, {}, FIRST_PAGE)).list;
    await projector.project([command(1, conditionUpdated(pending)), command(2, conditionUpdated(triggered))]);
    expect(await newest()).toEqual([triggered]);
    await projector.project([command(3, conditionUpdated(fired))]);
    expect(await newest()).toEqual([fired]);
    await database.updateTable('condition_history').set({ sequence: 100n }).execute();
    await projector.project([command(4, conditionUpdated(pending))]);
    expect(await newest()).toEqual([fired]);
  });

  test('never replaces an order by an older state', async () => {
    await projector.project([command(1, orderUpdated(orderRecord({ status: 'FILLED' })))]);
    await database.updateTable('order_history').set({ sequence: 100n }).execute();
    await projector.project([command(2, orderUpdated(orderRecord({ status: 'PENDING' })))]);
    expect((await queries.orders(USER, {}, FIRST_PAGE)).list[0]?.status).toBe('FILLED');
  });

  test('has U+FFFD for characters that the database cannot hold', async () => {
    await projector.project([command(1, orderUpdated(orderRecord({ placeType: 'a\0b\ud800c' })))]);
    expect((await queries.orders(USER, {}, FIRST_PAGE)).list[0]?.placeType).toBe('a\uFFFDb\uFFFDc');
  });
});

describe('closed positions', () => {
  test('come back as the core has told them, amounts far beyond 2^63 included', async () => {
    const large = 12_345_678_901_234_567_890_123n;
    const closed = closedPosition({
      positionId: Number.MAX_SAFE_INTEGER,
      positionSide: 'SHORT',
      direction: 'short',
      marginMode: 'ISOLATED',
      closedQuantity: large,
      openedValue: money(large),
      realizedPnl: money(-large),
      roe: -large,
      closeTrigger: 'LIQUIDATION',
    });
    await projector.project([command(1, positionClosed(closed))]);
    expect(await queries.closedPositions(USER, {}, FIRST_PAGE)).toEqual({ list: [closed], total: 1 });
    expect(await queries.scan('closed-positions', { of: { userIds: [USER] }, limit: 10 })).toEqual([closed]);
  });

  test('of users who are not kept are not written', async () => {
    const none = new Projector({ database, keep: () => false, agentOf: () => 0 });
    await none.project([command(1, positionClosed(closedPosition()))]);
    expect((await queries.closedPositions(USER, {}, FIRST_PAGE)).total).toBe(0);
  });
});

test('settled fundings come back by symbol and time, newest first', async () => {
  const settled = (symbol: string, atMs: number, rate: number) =>
    ({
      type: 'funding-settled',
      symbol,
      rate: rate as Rate,
      mark: priceTicks(600_000),
      intervalHours: 8,
      atMs,
    }) as const;
  await projector.project([
    command(1, settled('BTCUSDT', 1_000, 10_000), settled('ETHUSDT', 1_000, -7)),
    command(2, settled('BTCUSDT', 2_000, -300_000)),
  ]);
  const { list, total } = await queries.fundings({ symbol: 'BTCUSDT' }, FIRST_PAGE);
  expect(total).toBe(2);
  expect(list).toEqual([
    { symbol: 'BTCUSDT', rate: -300_000, mark: 600_000, intervalHours: 8, atMs: 2_000 },
    { symbol: 'BTCUSDT', rate: 10_000, mark: 600_000, intervalHours: 8, atMs: 1_000 },
  ]);
  const inTime = { symbol: 'BTCUSDT', startTimeMs: 1_000, endTimeMs: 2_000 };
  expect((await queries.fundings(inTime, FIRST_PAGE)).list.map(({ atMs }) => atMs)).toEqual([1_000]);
  expect((await queries.fundings({ symbol: 'BTCUSDT' }, { offset: 1, limit: 1 })).list).toEqual([list[1]]);
});

describe('exactly once', () => {
  /** Three events a command over few orders, so that batches overlap in every way. */
  const STATUSES: readonly OrderStatus[] = ['PENDING', 'PARTIALLY_FILLED', 'FILLED'];
  const HISTORY = Array.from({ length: 40 }, (_, i) =>
    command(
      i + 1,
      orderUpdated(
        orderRecord({ orderId: i % 7, status: STATUSES[i % 3] ?? 'PENDING', updatedAtMs: i }),
        fillRecord({
          fillId: i,
          orderId: i % 7,
          side: i % 5 < 2 ? 'BUY' : 'SELL',
          quantity: quantitySteps(1 + (i % 4)),
        }),
      ),
      ...(i % 3 === 0 ? [positionClosed(closedPosition({ positionId: i }))] : []),
      {
        type: 'funding-settled',
        symbol: 'BTCUSDT',
        rate: i as Rate,
        mark: priceTicks(600_000),
        intervalHours: 8,
        atMs: i,
      },
      booked(ledgerEntry({ entryId: i })),
    ),
  );

  test('however the log is cut into batches and however often they come', async () => {
    await projector.project(HISTORY);
    const expected = await digests();
    const cut = fc.record({ back: fc.nat(10), length: fc.integer({ min: 1, max: 15 }) });
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(cut), async (cuts) => {
        await emptyHistory(database);
        let position = 0;
        for (const { back, length } of cuts) {
          const from = Math.max(0, position - back);
          position = await projector.project(HISTORY.slice(from, from + length));
          expect(await readPosition(database)).toBe(position);
          if (position === HISTORY.length) break;
        }
        expect(await digests()).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  test('a transaction that fails half way leaves nothing behind, and the batch can be repeated', async () => {
    await projector.project(HISTORY.slice(0, 10));
    const before = await digests();
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'full'; end $$`.execute(
      database,
    );
    await sql`create trigger refuse before insert on ledger_entry execute function refuse()`.execute(database);
    await expect(projector.project(HISTORY.slice(10))).rejects.toThrow('full');
    await sql`drop function refuse cascade`.execute(database);
    expect(await digests()).toEqual(before);

    await projector.project(HISTORY.slice(10));
    const after = await digests();
    await emptyHistory(database);
    await projector.project(HISTORY);
    expect(await digests()).toEqual(after);
  });

  test('a gap is refused and nothing is written', async () => {
    await projector.project(HISTORY.slice(0, 10));
    const before = await digests();
    await expect(projector.project(HISTORY.slice(11, 20))).rejects.toThrow(ProjectionGapError);
    await expect(projector.project([...HISTORY.slice(10, 12), ...HISTORY.slice(13)])).rejects.toThrow('consecutive');
    expect(await digests()).toEqual(before);
  });

  test('a batch at or below the position changes nothing', async () => {
    await projector.project(HISTORY);
    const before = await digests();
    expect(await projector.project(HISTORY.slice(3, 9))).toBe(40);
    expect(await projector.project([])).toBe(40);
    expect(await digests()).toEqual(before);
  });
});

describe('the schema', () => {
  test('is migrated once', async () => {
    await projector.project([command(1)]);
    await migrateHistory(database);
    expect(await readPosition(database)).toBe(1);
  });

  test('of a newer program is refused', async () => {
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '')`.execute(database);
    await expect(migrateHistory(database)).rejects.toThrow(/schema cannot be brought/);
    await sql`delete from kysely_migration where name = '9999-later'`.execute(database);
  });
});

test('digests differ for any difference', async () => {
  await projector.project([command(1, booked(ledgerEntry({ amount: money(10n ** 21n) })))]);
  const before = await tableDigest(database, 'ledger_entry');
  await database
    .updateTable('ledger_entry')
    .set({ amount: String(10n ** 21n + 1n) })
    .execute();
  expect(await tableDigest(database, 'ledger_entry')).not.toBe(before);
});
