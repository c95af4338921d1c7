import type { NewCondition } from '@openvenue/core';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { HistoryLaggingError } from '@openvenue/views';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentScene, type TestAgent } from '../../testing/agent-scene.ts';
import { PERPETUAL_CONCURRENCY } from './gate.ts';

type Fields = Readonly<Record<string, unknown>>;

let scene: AgentScene;
let agent: TestAgent;
let carol: string;
let dave: string;
let users: { readonly carol: number; readonly dave: number; readonly maker: number };

beforeEach(async () => {
  scene = await AgentScene.start({ perpetualQuota: { perSecond: 1_000, burst: 1_000 }, agentOutcomeTimeoutMs: 25 });
  agent = await scene.agent();
  carol = await scene.bind(agent, 'carol');
  dave = await scene.bind(agent, 'dave');
  const { core } = scene.gateway.node;
  const idOf = (platformUserId: string) => core.identity.userByExternalId(platformUserId)?.userId ?? 0;
  users = { carol: idOf(carol), dave: idOf(dave), maker: (await scene.gateway.user('1000000')).userId };
  for (const name of ['carol', 'dave']) {
    await ask('transfer', { agentOrderNo: `in-${name}`, agentUserId: name, direction: 'IN', amount: '5000' });
  }
});
afterEach(() => scene.gateway.close());

const ask = async (path: string, fields: Fields = {}, caller = agent) => (await scene.call(caller, path, fields)).body;
const query = (view: string, fields: Fields = {}, caller = agent) => ask(`perpetual/${view}`, fields, caller);
const items = async (view: string, fields: Fields = {}) => {
  const { code, message, data } = await query(view, fields);
  expect([code, message]).toEqual([0, 'success']);
  return data.items;
};

/** Places a limit order by grid counts: prices in 0.1, quantities in 0.001. */
async function place(
  userId: number,
  side: 'BUY' | 'SELL',
  price: number,
  quantity: number,
  more: { readonly clientOrderId?: string; readonly positionSide?: 'BOTH' | 'LONG' | 'SHORT' } = {},
) {
  scene.gateway.clock.ms += 1_000;
  const { parameters } = scene.gateway.node.core.exchange.symbol('BTCUSDT') ?? {};
  if (parameters === undefined) throw new Error('no BTCUSDT');
  const { order } = await scene.gateway.node.accepted(
    {
      type: 'place-order',
      actor: { userId },
      order: {
        symbol: 'BTCUSDT',
        type: 'LIMIT',
        side,
        positionSide: more.positionSide ?? 'BOTH',
        price: Number((BigInt(price) * 100_000_000n) / parameters.tickSize) as PriceTicks,
        quantity: Number((BigInt(quantity) * 100_000n) / parameters.stepSize) as QuantitySteps,
        timeInForce: 'GTC',
        ...(more.clientOrderId === undefined ? {} : { clientOrderId: more.clientOrderId }),
      },
    },
    'order',
  );
  return order;
}

/** Of carol's position of the side. */
async function trade(
  buyer: number,
  seller: number,
  price: number,
  quantity: number,
  positionSide: 'BOTH' | 'LONG' | 'SHORT' = 'BOTH',
) {
  const sideOf = (userId: number) => (userId === users.carol ? { positionSide } : {});
  await place(seller, 'SELL', price, quantity, sideOf(seller));
  return place(buyer, 'BUY', price, quantity, sideOf(buyer));
}

describe('orders', () => {
  test('that are open, without what has no value', async () => {
    const order = await place(users.carol, 'BUY', 59_900, 10, { clientOrderId: 'mine' });
    await place(users.dave, 'SELL', 60_100, 20);
    const [second, first] = await items('orders/current', { orderCategory: 'NORMAL' });
    const orderId = `1${String(order.orderId).padStart(18, '0')}`;
    expect(first).toEqual({
      platformUserId: carol,
      entityType: 'ORDER',
      entityId: orderId,
      data: {
        symbol: 'BTCUSDT',
        orderId,
        orderCategory: 'NORMAL',
        clientOrderId: 'mine',
        orderType: 'LIMIT',
        side: 'BUY',
        status: 'PENDING',
        timeInForce: 'GTC',
        price: '59900',
        quantity: '0.01',
        filledQuantity: '0',
        remainingQuantity: '0.01',
        reduceOnly: false,
        closeOnly: false,
        makerOnly: false,
        createdAt: order.createdAtMs,
        updatedAt: order.updatedAtMs,
      },
    });
    expect(second.platformUserId).toBe(dave);
    expect(second.data).not.toHaveProperty('clientOrderId');
    expect(await items('orders/current', { orderCategory: 'NORMAL', symbol: 'ETHUSDT' })).toEqual([]);
    expect(await items('orders/current', { orderCategory: 'NORMAL', platformUserIds: [dave, dave] })).toHaveLength(1);
    expect(await items('orders/history', { orderCategory: 'NORMAL' })).toEqual([]);
  });

  test('that have ended, with leverage and margin mode, by every filter', async () => {
    await scene.gateway.node.accepted(
      { type: 'set-leverage', actor: { userId: users.carol }, symbol: 'BTCUSDT', leverage: 7 },
      'leverage',
    );
    const order = await place(users.carol, 'BUY', 59_900, 10, { clientOrderId: 'mine' });
    await scene.gateway.node.accepted(
      { type: 'cancel-order', actor: { userId: users.carol }, order: { symbol: 'BTCUSDT', orderId: order.orderId } },
      'order',
    );
    const bought = await trade(users.dave, users.maker, 60_000, 5);
    const history = (fields: Fields = {}) => items('orders/history', { orderCategory: 'NORMAL', ...fields });
    const [filled, canceled] = await history();
    expect(canceled.data).toMatchObject({ status: 'CANCELED', leverage: 7, marginMode: '1', price: '59900' });
    expect(filled.data).toMatchObject({ status: 'FILLED', avgFilledPrice: '60000', leverage: expect.any(Number) });
    const orderId = filled.entityId;
    const only = [
      [{ orderId }, 1],
      [{ orderId: '1' }, 0],
      [{ orderId, side: 'SELL' }, 0],
      [{ clientOrderId: 'mine' }, 1],
      [{ side: 'BUY' }, 2],
      [{ status: 'CANCELED' }, 1],
      [{ status: 'PENDING' }, 0],
      [{ symbol: 'ETHUSDT' }, 0],
      [{ startTime: bought.createdAtMs }, 1],
      [{ endTime: bought.createdAtMs }, 1],
      [{ startTime: order.createdAtMs, endTime: bought.createdAtMs + 1 }, 2],
      [{ platformUserIds: [carol] }, 1],
    ] as const;
    for (const [fields, count] of only) expect(await history(fields), JSON.stringify(fields)).toHaveLength(count);
  });

  test('with a condition need their users to be named', async () => {
    for (const view of ['orders/current', 'orders/history']) {
      const conditional = { orderCategory: 'CONDITIONAL' };
      expect(await items(view, { ...conditional, platformUserIds: [carol] })).toEqual([]);
      expect((await query(view, conditional)).code).toBe(102001);
      expect((await query(view)).code).toBe(102001);
      expect((await query(view, { orderCategory: 'OTHER' })).code).toBe(102002);
    }
  });
});

describe('condition orders', () => {
  const grid = (text: number) => (text * 10) as PriceTicks;
  async function stop(userId: number, changes: Partial<NewCondition> = {}) {
    scene.gateway.clock.ms += 1_000;
    const { condition } = await scene.gateway.node.accepted(
      {
        type: 'place-condition',
        actor: { userId },
        condition: {
          symbol: 'BTCUSDT',
          type: 'STOP_LIMIT',
          side: 'SELL',
          positionSide: 'BOTH',
          price: grid(59_300),
          quantity: 10 as QuantitySteps,
          stopPrice: grid(59_000),
          workingType: 'MARK_PRICE',
          timeInForce: 'GTC',
          ...changes,
        },
      },
      'condition',
    );
    return condition;
  }
  const cancel = (userId: number, conditionId: number) =>
    scene.gateway.node.accepted(
      { type: 'cancel-condition', actor: { userId }, condition: { symbol: 'BTCUSDT', conditionId } },
      'condition',
    );
  const current = (fields: Fields = {}) =>
    items('orders/current', { orderCategory: 'CONDITIONAL', platformUserIds: [carol, dave], ...fields });
  const history = (fields: Fields = {}) =>
    items('orders/history', { orderCategory: 'CONDITIONAL', platformUserIds: [carol, dave], ...fields });
  const idsOf = (found: readonly { readonly entityId: string }[]) => found.map(({ entityId }) => entityId);
  const idOf = ({ conditionId }: { readonly conditionId: number }) => `8${String(conditionId).padStart(18, '0')}`;

  test('that wait, without what has no value', async () => {
    const placed = await stop(users.carol, { clientOrderId: 'my-stop-1' });
    const trailing = await stop(users.dave, {
      type: 'TRAILING_STOP',
      price: grid(0),
      stopPrice: grid(0),
      activatePrice: grid(61_000),
      callbackRate: 10,
    });
    const [second, first] = await current();
    expect(first).toEqual({
      platformUserId: carol,
      entityType: 'CONDITION_ORDER',
      entityId: idOf(placed),
      data: {
        symbol: 'BTCUSDT',
        conditionId: idOf(placed),
        orderCategory: 'CONDITIONAL',
        clientOrderId: 'my-stop-1',
        side: 'SELL',
        orderType: 'LIMIT',
        triggerType: 'STOP_LIMIT',
        workingType: 'MARK_PRICE',
        timeInForce: 'GTC',
        price: '59300',
        quantity: '0.01',
        triggerPrice: '59000',
        reduceOnly: false,
        closePosition: false,
        leverage: 10,
        marginMode: 'CROSS',
        status: 'PENDING',
        triggerStatus: 'PENDING',
        createdAt: placed.createdAtMs,
        updatedAt: placed.updatedAtMs,
      },
    });
    expect(second).toMatchObject({ platformUserId: dave, entityId: idOf(trailing) });
    expect(second.data).toMatchObject({ orderType: 'MARKET', status: 'PENDING_ACTIVATION' });
    for (const name of ['price', 'triggerPrice', 'clientOrderId', 'generatedOrderId', 'deletedAt']) {
      expect(second.data, name).not.toHaveProperty(name);
    }
    expect(idsOf(await current({ platformUserIds: [carol] }))).toEqual([idOf(placed)]);
    expect(await current({ symbol: 'ETHUSDT' })).toEqual([]);
    expect(await history()).toEqual([]);
    expect(await items('orders/current', { orderCategory: 'NORMAL' })).toEqual([]);
  });

  test('go page by page', async () => {
    const placed = [await stop(users.carol), await stop(users.dave), await stop(users.carol)].map(idOf).reverse();
    for (const conditions of [placed, placed]) {
      const conditional = { orderCategory: 'CONDITIONAL', platformUserIds: [carol, dave] };
      const view = (await current()).length > 0 ? 'orders/current' : 'orders/history';
      const { data: first } = await query(view, { ...conditional, limit: 2 });
      const { data: last } = await query(view, { ...conditional, cursor: first.nextCursor, limit: 2 });
      expect([...idsOf(first.items), ...idsOf(last.items)]).toEqual(conditions);
      expect([first.hasMore, last.hasMore]).toEqual([true, false]);
      for (const userId of [users.carol, users.dave]) {
        const all = { type: 'cancel-all-orders', actor: { userId }, cancelType: 2 } as const;
        await scene.gateway.node.accepted(all, 'canceled-all');
      }
    }
  });

  test('that have fired or ended, by every filter', async () => {
    const canceled = await stop(users.carol, { clientOrderId: 'mine' });
    await cancel(users.carol, canceled.conditionId);
    const fired = await stop(users.dave, { side: 'BUY', stopPrice: grid(60_500), price: grid(60_400) });
    await scene.gateway.node.accepted(
      { type: 'set-leverage', actor: { userId: users.carol }, symbol: 'BTCUSDT', leverage: 7 },
      'leverage',
    );
    scene.gateway.clock.ms += 1_000;
    await scene.gateway.price('60500');
    const [triggered, ended] = await history();
    expect(ended.data).toMatchObject({
      status: 'CANCELLED',
      triggerStatus: 'CANCELLED',
      leverage: 10,
      deletedAt: canceled.createdAtMs,
    });
    expect(triggered.data).toMatchObject({ status: 'TRIGGERED', generatedOrderId: expect.stringMatching(/^1\d{18}$/) });
    expect(triggered.data).not.toHaveProperty('deletedAt');
    const only = [
      [{ conditionId: idOf(fired) }, 1],
      [{ conditionId: '1' }, 0],
      [{ conditionId: idOf(fired), side: 'SELL' }, 0],
      [{ clientOrderId: 'mine' }, 1],
      [{ side: 'BUY' }, 1],
      [{ status: 'CANCELLED' }, 1],
      [{ status: 'PENDING' }, 0],
      [{ status: 'FILLED' }, 0],
      [{ symbol: 'ETHUSDT' }, 0],
      [{ startTime: fired.createdAtMs }, 1],
      [{ endTime: fired.createdAtMs }, 1],
      [{ platformUserIds: [carol] }, 1],
    ] as const;
    for (const [fields, count] of only) expect(await history(fields), JSON.stringify(fields)).toHaveLength(count);
    expect(await current()).toEqual([]);
  });
});

describe('trades and positions', () => {
  test('AGY-42: name each other, open and closed', async () => {
    await trade(users.carol, users.maker, 60_000, 10);
    await trade(users.carol, users.maker, 60_100, 30);
    const [open] = await items('positions/current');
    expect(open).toEqual({
      platformUserId: carol,
      entityType: 'POSITION',
      entityId: open.data.positionId,
      data: {
        positionId: expect.stringMatching(/^5\d{18}$/),
        symbol: 'BTCUSDT',
        positionSide: 'BOTH',
        status: '1',
        leverage: expect.any(Number),
        marginMode: '1',
        entryPrice: '60075',
        fundingFeeAccum: '0',
        openedAt: scene.gateway.clock.ms - 2_000,
        quantity: '0.04',
        margin: expect.any(String),
        updatedAt: scene.gateway.clock.ms,
      },
    });
    expect(await items('positions/history')).toEqual([]);
    await trade(users.maker, users.carol, 60_200, 40);
    expect(await items('positions/current')).toEqual([]);
    const [closed] = await items('positions/history');
    const { leverage } = closed.data;
    expect(closed).toEqual({
      platformUserId: carol,
      entityType: 'POSITION',
      entityId: open.entityId,
      data: {
        positionId: open.entityId,
        symbol: 'BTCUSDT',
        positionSide: 'BOTH',
        status: '2',
        leverage: open.data.leverage,
        marginMode: '1',
        entryPrice: '60075',
        fundingFeeAccum: '0',
        openedAt: open.data.openedAt,
        maxQuantity: '0.04',
        closeQuantity: '0.04',
        closePrice: '60200',
        pnl: '5',
        roe: expect.any(String),
        closedAt: scene.gateway.clock.ms,
      },
    });
    expect(Number(closed.data.roe)).toBeCloseTo(5 / ((60_075 * 0.04) / leverage), 7);
    const fills = await items('trades', { platformUserIds: [carol] });
    expect(fills.map(({ data }: { data: { positionId: string } }) => data.positionId)).toEqual([
      open.entityId,
      open.entityId,
      open.entityId,
    ]);
    expect(fills[0]).toMatchObject({
      platformUserId: carol,
      entityType: 'TRADE_FILL',
      data: {
        side: 'SELL',
        roleType: 'MAKER',
        positionSide: 'BOTH',
        price: '60200',
        quantity: '0.04',
        realizedPnl: '5',
      },
    });
    expect(fills[0].entityId).toBe(fills[0].data.fillId);
    const [{ data: first }] = fills.slice(-1);
    expect(await items('trades', { platformUserIds: [carol], orderId: first.orderId })).toHaveLength(1);
    expect(await items('trades', { platformUserIds: [carol], orderId: '12' })).toEqual([]);
    const closedAt = scene.gateway.clock.ms;
    expect(await items('positions/history', { startTime: closedAt, positionSide: 'BOTH' })).toHaveLength(1);
    expect(await items('positions/history', { endTime: closedAt })).toEqual([]);
    expect(await items('positions/history', { positionSide: 'LONG' })).toEqual([]);
    expect((await query('trades')).code).toBe(102001);
  });
});

describe('positions', () => {
  const data = async (view: string, fields: Fields = {}) =>
    (await items(view, { platformUserIds: [carol], ...fields })).map((item: { data: Fields }) => item.data);

  test('that flip end, and another begins: the fill is of the one that has ended', async () => {
    await trade(users.carol, users.maker, 60_000, 10);
    const [long] = await data('positions/current');
    await trade(users.maker, users.carol, 60_000, 25);
    const [short] = await data('positions/current');
    expect(short).toMatchObject({ quantity: '-0.015', openedAt: scene.gateway.clock.ms });
    expect(short.positionId).not.toBe(long.positionId);
    expect(await data('positions/history')).toMatchObject([{ positionId: long.positionId, maxQuantity: '0.01' }]);
    await trade(users.carol, users.maker, 60_000, 5);
    const fills = (await data('trades')).map(({ positionId }: Fields) => positionId);
    expect(fills).toEqual([short.positionId, long.positionId, long.positionId]);
  });

  test('have the margin mode, leverage and funding that the venue booked', async () => {
    const { node, clock } = scene.gateway;
    const actor = { userId: users.carol };
    const symbol = 'BTCUSDT';
    await node.accepted({ type: 'set-margin-mode', actor, symbol, marginMode: 'ISOLATED' }, 'margin-mode');
    await node.accepted({ type: 'set-leverage', actor, symbol, leverage: 5 }, 'leverage');
    await trade(users.carol, users.maker, 60_000, 10);
    const [open] = await data('positions/current');
    expect(open).toMatchObject({ marginMode: '2', leverage: 5, margin: '120', fundingFeeAccum: '0' });
    clock.ms = node.core.exchange.symbol(symbol)?.nextFundingAtMs ?? 0;
    await scene.gateway.price('60000');
    const fundedAt = clock.ms;
    const [paid] = await data('positions/current');
    // 0.01 BTC at 60,000 USDT by 0.01 %.
    expect(paid).toMatchObject({ positionId: open.positionId, fundingFeeAccum: '-0.06', updatedAt: fundedAt });
    const [funding] = await data('account/ledger', { changeType: 'FUNDING_FEE' });
    expect(funding).toMatchObject({ amount: '-0.06', referenceId: open.positionId });
    await trade(users.maker, users.carol, 60_000, 10);
    await node.accepted({ type: 'set-leverage', actor, symbol, leverage: 9 }, 'leverage');
    expect(await data('positions/history')).toMatchObject([
      { positionId: open.positionId, marginMode: '2', leverage: 5, fundingFeeAccum: '-0.06', status: '2' },
    ]);
    const orders = await data('orders/history', { orderCategory: 'NORMAL' });
    expect(orders).toMatchObject([
      { marginMode: '2', leverage: 5 },
      { marginMode: '2', leverage: 5 },
    ]);
  });

  test('of hedge mode are two, whose sizes have no sign', async () => {
    await trade(users.maker, users.carol, 60_000, 10, 'SHORT');
    await trade(users.carol, users.maker, 60_000, 5, 'LONG');
    expect(await data('positions/current')).toMatchObject([
      { positionSide: 'LONG', quantity: '0.005' },
      { positionSide: 'SHORT', quantity: '0.01' },
    ]);
    await trade(users.carol, users.maker, 60_000, 10, 'SHORT');
    expect(await data('positions/current')).toMatchObject([{ positionSide: 'LONG' }]);
    expect(await data('positions/history', { positionSide: 'LONG' })).toEqual([]);
    expect(await data('positions/history', { positionSide: 'SHORT' })).toMatchObject([
      { positionSide: 'SHORT', maxQuantity: '0.01', closeQuantity: '0.01' },
    ]);
  });

  test('that are open come page by page, newest first', async () => {
    await trade(users.dave, users.maker, 60_000, 5);
    await trade(users.carol, users.maker, 60_000, 5);
    const first = (await query('positions/current', { limit: 1 })).data;
    expect([first.items[0].platformUserId, first.hasMore]).toEqual([carol, true]);
    const second = (await query('positions/current', { cursor: first.nextCursor, limit: 1 })).data;
    expect([second.items[0].platformUserId, second.hasMore]).toEqual([dave, false]);
  });
});

test('the ledger tells every change of the contract wallet, signed', async () => {
  await trade(users.carol, users.maker, 60_000, 10);
  await ask('wallet-transfer', {
    agentOrderNo: 'w',
    agentUserId: 'carol',
    direction: 'CONTRACT_TO_FUNDING',
    amount: '5',
  });
  const [moved, fee, transfer] = await items('account/ledger', { platformUserIds: [carol], assetType: 'USDT' });
  expect(moved).toEqual({
    platformUserId: carol,
    entityType: 'ACCOUNT_LEDGER',
    entityId: expect.stringMatching(/^7\d{18}$/),
    data: {
      ledgerId: expect.stringMatching(/^6\d{18}$/),
      assetType: 'USDT',
      changeType: 'CONTRACT_TO_FUNDING',
      amount: '-5',
      walletBalanceBefore: expect.any(String),
      walletBalanceAfter: expect.any(String),
      frozenBalanceBefore: '0',
      frozenBalanceAfter: '0',
      referenceId: '1',
      createdAt: scene.gateway.clock.ms,
    },
  });
  expect(fee.data).toMatchObject({
    changeType: 'HANDLING_FEE',
    symbol: 'BTCUSDT',
    amount: expect.stringMatching(/^-/),
    referenceId: expect.stringMatching(/^3\d{18}$/),
  });
  expect(transfer.data).toMatchObject({ changeType: 'TRANSFER_IN', amount: '5000', walletBalanceBefore: '0' });
  expect(await items('account/ledger', { changeType: 'TRANSFER_IN' })).toHaveLength(2);
  expect(await items('account/ledger', { changeType: 'FUNDING_FEE' })).toEqual([]);
  expect(await items('account/ledger', { assetType: 'BTC' })).toEqual([]);
});

describe('pages', () => {
  const page = async (fields: Fields, view = 'orders/current') => (await query(view, fields)).data;
  const first = { orderCategory: 'NORMAL', limit: 2 };

  beforeEach(async () => {
    for (let n = 0; n < 5; n++) await place(n % 2 === 0 ? users.carol : users.dave, 'BUY', 59_000 + n, 10);
  });

  test('AGY-41: follow one another without gap or repeat, and keep their filters', async () => {
    const ids: string[] = [];
    let cursor = '';
    for (let n = 0; n < 3; n++) {
      const { items: found, nextCursor, hasMore } = await page(n === 0 ? first : { cursor, limit: 2 });
      ids.push(...found.map(({ entityId }: { entityId: string }) => entityId));
      expect([hasMore, nextCursor !== '']).toEqual([n < 2, n < 2]);
      cursor = nextCursor;
    }
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
    expect(ids).toHaveLength(5);
    const own = await page({ ...first, platformUserIds: [carol, carol], limit: 1 });
    const again = { cursor: own.nextCursor, orderCategory: 'NORMAL', platformUserIds: [carol], limit: 10 };
    expect((await page(again)).items.map((item: { platformUserId: string }) => item.platformUserId)).toEqual([
      carol,
      carol,
    ]);
    const whole = await page({ orderCategory: 'NORMAL' });
    expect([whole.items.length, whole.nextCursor, whole.hasMore]).toEqual([5, '', false]);
  });

  test('of the history too, also in one millisecond', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const found = await page({ limit: 1, ...(cursor === undefined ? {} : { cursor }) }, 'account/ledger');
      ids.push(...found.items.map(({ entityId }: { entityId: string }) => entityId));
      cursor = found.nextCursor === '' ? undefined : found.nextCursor;
    } while (cursor !== undefined);
    expect(new Set(ids).size).toBe(2);
    expect(ids).toHaveLength(2);
  });

  test('of another query, another agent, other filters or yesterday are refused', async () => {
    const { nextCursor: cursor } = await page(first);
    const other = await scene.agent();
    const mixed: readonly [string, Fields, TestAgent][] = [
      ['orders/history', { cursor }, agent],
      ['orders/current', { cursor }, other],
      ['orders/current', { cursor, symbol: 'BTCUSDT' }, agent],
      ['orders/current', { cursor, orderCategory: 'CONDITIONAL', platformUserIds: [carol] }, agent],
      ['orders/current', { cursor: `${cursor}A` }, agent],
      ['orders/current', { cursor: 'none' }, agent],
    ];
    for (const [view, fields, caller] of mixed) {
      expect((await query(view, fields, caller)).code, JSON.stringify(fields)).toBe(102002);
    }
    await scene.gateway.restart();
    expect((await query('orders/current', { cursor })).code).toBe(0);
    scene.gateway.clock.ms += 24 * 3_600_000;
    expect((await query('orders/current', { cursor })).code).toBe(102002);
  });
});

describe('users', () => {
  test('are the own ones: a foreign or unknown one refuses the whole query', async () => {
    const other = await scene.agent();
    const foreign = await scene.bind(other, 'carol');
    for (const platformUserId of [foreign, '1234567890', 'no id']) {
      const { code } = await query('positions/current', { platformUserIds: [carol, platformUserId] });
      expect(code).toBe(6009);
    }
    await place(users.carol, 'BUY', 59_900, 10);
    expect((await query('orders/current', { orderCategory: 'NORMAL' }, other)).data.items).toEqual([]);
    expect((await query('positions/current', { platformUserIds: [] })).code).toBe(102002);
  });
});

describe('the quota', () => {
  test('AGY-40: is one for all six, comes back by time, and is an agent’s own', async () => {
    const limited = await AgentScene.start();
    const [busy, quiet] = [await limited.agent(), await limited.agent()];
    const views = ['account/ledger', 'positions/current', 'positions/history', 'account/ledger', 'positions/current'];
    const code = async (view: string, caller = busy) => (await limited.call(caller, `perpetual/${view}`)).body.code;
    const codes = [];
    for (const view of views) codes.push(await code(view));
    expect(codes).toEqual([0, 0, 0, 0, 6905]);
    expect(await code('account/ledger', quiet)).toBe(0);
    expect((await limited.call(busy, 'query-account')).body.code).toBe(0);
    limited.gateway.clock.ms += 500;
    expect([await code('account/ledger'), await code('account/ledger')]).toEqual([0, 6905]);
    await limited.gateway.close();
  });

  test('lets two run at a time', async () => {
    const release = scene.gateway.node.stall();
    const running = Array.from({ length: PERPETUAL_CONCURRENCY }, () => query('account/ledger'));
    const refused = await query('account/ledger');
    expect(refused).toEqual({ code: 6904, message: 'Temporarily unavailable' });
    release();
    for (const { code } of await Promise.all(running)) expect([0, 6904]).toContain(code);
    expect((await query('account/ledger')).code).toBe(0);
  });

  test('is not the only thing in the way: a history that lags is 6904', async () => {
    scene.gateway.history.refuseNext(new HistoryLaggingError(1, 2));
    expect((await query('account/ledger')).code).toBe(6904);
    expect((await query('account/ledger')).code).toBe(0);
  });
});
