import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { NewStrategy, SubOrder } from '../../command.ts';
import { Core, type Outcome } from '../../core.ts';
import {
  BTC,
  conditionOf,
  newCondition,
  placedCondition,
  placedStrategy,
  strategyOf,
  type TestCondition,
  TestVenue,
  testSymbol,
} from '../../testing/index.ts';
import type { TestOrder } from '../../testing/test-venue.ts';
import type { SymbolStatus } from '../enums.ts';

const reasonOf = ({ reply }: Outcome): string => (reply.ok ? 'accepted' : reply.reason);

function market(symbol = BTC) {
  const venue = new TestVenue([symbol]);
  const [user, other, maker] = [venue.user('10000000'), venue.user('100000000'), venue.user('100000000')];
  venue.price('60000');
  const sub = (strategySubId: number, order: TestOrder, more: Partial<SubOrder> = {}): SubOrder => ({
    strategySubId,
    firstDrivenId: 0,
    secondDrivenId: 0,
    order: venue.order(order),
    ...more,
  });
  const condition = (strategySubId: number, request: TestCondition, more: Partial<SubOrder> = {}): SubOrder => ({
    strategySubId,
    firstDrivenId: 0,
    secondDrivenId: 0,
    condition: newCondition(venue, request),
    ...more,
  });
  const place = (strategy: NewStrategy) => venue.run({ type: 'place-strategy', actor: { userId: user }, strategy });
  /** The other user trades with the first one's resting order. */
  const sell = (price: string, quantity: string) =>
    venue.ok({
      type: 'place-order',
      actor: { userId: other },
      order: venue.order({ side: 'SELL', price, quantity, more: { timeInForce: 'IOC' } }),
    });
  const buy = (price: string, quantity: string) =>
    venue.ok({
      type: 'place-order',
      actor: { userId: other },
      order: venue.order({ side: 'BUY', price, quantity, more: { timeInForce: 'IOC' } }),
    });
  const legs = (strategyId: number) =>
    strategyOf(venue, user, strategyId).subOrders.map(({ order, condition: of }) => ({
      left: order === undefined ? of?.quantity : order.quantity - order.filledQuantity,
      status: of?.status ?? order?.status,
    }));
  return { venue, user, other, maker, sub, condition, place, sell, buy, legs };
}

const ON_PARTIAL = {
  firstDrivenId: 1,
  firstDrivenOn: 'PARTIALLY_FILLED_OR_FILLED',
  firstTrigger: 'PLACE_ORDER',
} as const satisfies Partial<SubOrder>;
const ON_FILLED = { ...ON_PARTIAL, firstDrivenOn: 'FILLED' } as const satisfies Partial<SubOrder>;
const cancels = (id: number): Partial<SubOrder> => ({
  secondDrivenId: id,
  secondDrivenOn: 'TRIGGERED',
  secondTrigger: 'CANCEL_ORDER',
});

/** BUY 0.01 at 60,000 with a take profit at 60,110 in the book and a stop at 59,500; reduce-only legs. */
function bracket(driven: Partial<SubOrder> = ON_PARTIAL, symbol = BTC) {
  const scene = market(symbol);
  const { venue, user, sub, condition } = scene;
  const strategyId = placedStrategy(venue, user, {
    strategyType: 'OTOCO',
    subOrders: [
      sub(1, { side: 'BUY', price: '60000', quantity: '0.01' }),
      sub(2, { side: 'SELL', price: '60110', more: { reduceOnly: true } }, { ...driven, ...cancels(3) }),
      condition(
        3,
        { side: 'SELL', stop: '59500', more: { timeInForce: 'GTE_GTC', workingType: 'CONTRACT_PRICE' } },
        { ...driven, ...cancels(2) },
      ),
    ],
  });
  const parentId = strategyOf(venue, user, strategyId).subOrders[0]?.order?.orderId as number;
  return { ...scene, strategyId, parentId };
}

describe('sizes of the legs (STR-2)', () => {
  it('S2: follow what the parent fills, less what both legs execute; a firing leg ends the others before it is matched', () => {
    const { venue, user, maker, sell, buy, legs, strategyId } = bracket();
    expect(legs(strategyId)).toEqual([
      { left: 10, status: 'PENDING' },
      { left: 0, status: 'NEW' },
      { left: 0, status: 'PENDING_ACTIVATION' },
    ]);
    sell('60000', '0.004');
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 4, status: 'PENDING' },
      { left: 4, status: 'PENDING' },
    ]);
    // Another order stands behind the take profit; growth brings the take profit behind it.
    const behind = venue.placed(maker, { side: 'SELL', price: '60110', quantity: '0.001' });
    buy('60110', '0.001');
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 3, status: 'PARTIALLY_FILLED' },
      { left: 3, status: 'PENDING' },
    ]);
    sell('60000', '0.003');
    expect(legs(strategyId)).toEqual([
      { left: 3, status: 'PARTIALLY_FILLED' },
      { left: 6, status: 'PARTIALLY_FILLED' },
      { left: 6, status: 'PENDING' },
    ]);
    expect(strategyOf(venue, user, strategyId).subOrders[1]?.order?.quantity).toBe(7);
    buy('60110', '0.001');
    expect(venue.core.exchange.order(maker, { orderId: behind })?.status).toBe('FILLED');

    // The parent steps out of the way of the trade at 59,500 that fires the stop; 5 of its 6 can be sold there.
    const { events } = venue.ok({
      type: 'amend-order',
      actor: { userId: user },
      amendment: {
        symbol: 'BTCUSDT',
        orderId: strategyOf(venue, user, strategyId).subOrders[0]?.order?.orderId as number,
        price: venue.ticks('BTCUSDT', '59400'),
      },
    });
    expect(events.some((event) => event.type === 'trade')).toBe(false);
    venue.placed(maker, { side: 'BUY', price: '59500', quantity: '0.006' });
    const fired = sell('59500', '0.001').events;
    const order = fired.flatMap((e) =>
      e.type === 'order-updated' && e.order.userId === user
        ? [`${e.order.type} ${e.order.side} ${e.executionType} ${e.order.rejectReason}`.trim()]
        : [],
    );
    expect(order).toEqual([
      'MARKET SELL NEW',
      'LIMIT SELL EXPIRED OCO',
      'LIMIT BUY EXPIRED OCO',
      'MARKET SELL TRADE',
      'MARKET SELL EXPIRED IOC',
    ]);
    expect(venue.position(user)?.quantity).toBe(1);
    expect(strategyOf(venue, user, strategyId).status).toBe('ALL_DONE');
    expect(venue.core.exchange.openOrders(user)).toEqual([]);
  });

  it('canceling the parent removes no protection; it ends without a fill: CANCELLED', () => {
    const { venue, user, sell, legs, strategyId, parentId } = bracket();
    const cancel = {
      type: 'cancel-order',
      actor: { userId: user },
      order: { symbol: 'BTCUSDT', orderId: parentId },
    } as const;
    sell('60000', '0.004');
    venue.ok(cancel);
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 4, status: 'PENDING' },
      { left: 4, status: 'PENDING' },
    ]);
    expect(strategyOf(venue, user, strategyId).status).toBe('WORKING');

    const untouched = bracket();
    untouched.venue.ok({ ...cancel, order: { symbol: 'BTCUSDT', orderId: untouched.parentId } });
    const { status, subOrders } = strategyOf(untouched.venue, untouched.user, untouched.strategyId);
    expect(status).toBe('CANCELLED');
    expect(subOrders[1]?.order).toMatchObject({ status: 'CANCELED', rejectReason: 'OCO' });
    expect(subOrders[2]?.condition).toMatchObject({ status: 'CANCELLED', rejectReason: 'OCO' });
  });

  it('FILLED: nothing before the parent has ended, then for what it filled', () => {
    const { venue, user, sell, legs, strategyId, parentId } = bracket(ON_FILLED);
    sell('60000', '0.004');
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 0, status: 'NEW' },
      { left: 0, status: 'PENDING_ACTIVATION' },
    ]);
    venue.ok({ type: 'cancel-order', actor: { userId: user }, order: { symbol: 'BTCUSDT', orderId: parentId } });
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 4, status: 'PENDING' },
      { left: 4, status: 'PENDING' },
    ]);
  });

  it('a leg that waits shows its own quantity, also when it waits again', () => {
    const { venue, user, sub, condition, sell, buy, legs } = market();
    const strategyId = placedStrategy(venue, user, {
      strategyType: 'OTOCO',
      subOrders: [
        sub(1, { side: 'BUY', price: '60000', quantity: '0.01' }),
        sub(2, { side: 'SELL', price: '60110', quantity: '0.008', more: { reduceOnly: true } }, ON_PARTIAL),
        condition(3, { side: 'SELL', stop: '59500', quantity: '0.008', more: { reduceOnly: true } }, ON_PARTIAL),
      ],
    });
    const waiting = { left: 8, status: 'PENDING_ACTIVATION' };
    expect(legs(strategyId).slice(1)).toEqual([{ left: 8, status: 'NEW' }, waiting]);
    sell('60000', '0.003');
    expect(legs(strategyId)[2]).toEqual({ left: 3, status: 'PENDING' });
    const filled = buy('60110', '0.003');
    expect(legs(strategyId)[2]).toEqual(waiting);
    expect(filled.events.flatMap((event) => (event.type === 'condition-updated' ? [event.condition] : []))).toEqual([
      expect.objectContaining({ quantity: 8, status: 'PENDING_ACTIVATION' }),
    ]);
    sell('60000', '0.007');
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 5, status: 'PENDING' },
      { left: 7, status: 'PENDING' },
    ]);
  });

  it('a leg executes at most its own quantity in all', () => {
    const { venue, user, sub, condition, sell, buy, legs } = market();
    const strategyId = placedStrategy(venue, user, {
      strategyType: 'OTOCO',
      subOrders: [
        sub(1, { side: 'BUY', price: '60000', quantity: '0.01' }),
        sub(2, { side: 'SELL', price: '60110', quantity: '0.005', more: { reduceOnly: true } }, ON_PARTIAL),
        condition(3, { side: 'SELL', stop: '59500', quantity: '0.005', more: { reduceOnly: true } }, ON_PARTIAL),
      ],
    });
    sell('60000', '0.008');
    expect(
      legs(strategyId)
        .slice(1)
        .map(({ left }) => left),
    ).toEqual([5, 5]);
    buy('60110', '0.003');
    expect(
      legs(strategyId)
        .slice(1)
        .map(({ left }) => left),
    ).toEqual([2, 5]);
    buy('60110', '0.002');
    // The take profit is through; of the 8 that filled 3 are left for the stop.
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 0, status: 'FILLED' },
      { left: 3, status: 'PENDING' },
    ]);
  });

  it('a leg that filled whole is followed by another when the parent fills on, and its stop waits in between', () => {
    const { venue, user, sell, buy, legs, strategyId } = bracket();
    sell('60000', '0.004');
    buy('60110', '0.004');
    expect(legs(strategyId)).toEqual([
      { left: 6, status: 'PARTIALLY_FILLED' },
      { left: 0, status: 'FILLED' },
      { left: 0, status: 'PENDING_ACTIVATION' },
    ]);
    sell('60000', '0.006');
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 6, status: 'PENDING' },
      { left: 6, status: 'PENDING' },
    ]);
    buy('60110', '0.006');
    expect(strategyOf(venue, user, strategyId).status).toBe('ALL_DONE');
    expect(strategyOf(venue, user, strategyId).subOrders[2]?.condition?.status).toBe('CANCELLED');
  });

  it('CND-5: a position closed otherwise is not covered again, what the parent opens later is', () => {
    const { venue, user, other, sell, legs, strategyId } = bracket();
    sell('60000', '0.004');
    venue.placed(other, { side: 'BUY', price: '60001', quantity: '0.004' });
    venue.placed(user, { side: 'SELL', type: 'MARKET', more: { closePosition: true, timeInForce: 'IOC' } });
    expect(legs(strategyId)[2]).toEqual({ left: 0, status: 'PENDING_ACTIVATION' });
    sell('60000', '0.002');
    expect(legs(strategyId)[2]).toEqual({ left: 2, status: 'PENDING' });
    expect(legs(strategyId)[1]).toEqual({ left: 2, status: 'PENDING' });
  });

  describe('a leg that opens (STR-3)', () => {
    const minima = testSymbol({ minQuantity: 10 as QuantitySteps });
    const pyramid = (quantity?: string) => {
      const scene = market(minima);
      const { sub, place } = scene;
      const second = { side: 'BUY', price: '59900', ...(quantity === undefined ? {} : { quantity }) } as const;
      const subOrders = [sub(1, { side: 'BUY', price: '60000', quantity: '1' }), sub(2, second, ON_PARTIAL)];
      return { ...scene, strategyId: 1, outcome: place({ strategyType: 'OTO', subOrders }) };
    };

    it('has passed its limits when its parent fills less than the least quantity (SYM-2)', () => {
      const { venue, other, maker, sell, legs, strategyId } = pyramid();
      // A better bid takes 0.012 of the 0.017, which leaves the parent 0.005 of a least quantity of 0.01.
      venue.placed(maker, { side: 'BUY', price: '60001', quantity: '0.012' });
      sell('60000', '0.017');
      expect(legs(strategyId)[1]).toEqual({ left: 5, status: 'PENDING' });
      // It grows by what fills next, to less than the least quantity still.
      venue.placed(maker, { side: 'BUY', price: '60001', quantity: '0.012' });
      sell('60000', '0.014');
      expect(legs(strategyId)[1]).toEqual({ left: 7, status: 'PENDING' });
      expect(venue.account(other).frozen).toBe(0n);
    });

    it('passes them with its strategy: one that adds to its parent has the least quantity of its own (2003)', () => {
      expect(reasonOf(pyramid('0.009').outcome)).toBe('OUT_OF_RANGE');
      expect(reasonOf(pyramid('0.01').outcome)).toBe('accepted');
    });
  });

  it('the quantity of a leg is not the user to change (3016); its price is', () => {
    const { venue, user, sell, strategyId } = bracket();
    sell('60000', '0.004');
    const orderId = strategyOf(venue, user, strategyId).subOrders[1]?.order?.orderId as number;
    const amend = (change: object) =>
      venue.run({ type: 'amend-order', actor: { userId: user }, amendment: { symbol: 'BTCUSDT', orderId, ...change } });
    const rule = 'its strategy sizes it by what the first order fills';
    expect(amend({ quantity: 2 as QuantitySteps }).reply).toEqual({
      ok: false,
      reason: 'ORDER_ENDED',
      details: { field: 'quantity', orderId, status: 'PENDING', rule },
    });
    expect(reasonOf(amend({ price: 601_000 as PriceTicks }))).toBe('accepted');
  });

  it('canceling a parent while nothing is matched removes no protection: the legs wait until it is again (SYM-4)', () => {
    const { venue, user, sell, legs, strategyId } = bracket(ON_FILLED);
    sell('60000', '0.004');
    const turn = (status: SymbolStatus): void => {
      venue.ok({ type: 'configure-symbol', parameters: testSymbol({ status }) });
      venue.price('60000');
    };
    turn('CANCEL_ONLY');
    const orderId = strategyOf(venue, user, strategyId).subOrders[0]?.order?.orderId as number;
    venue.ok({ type: 'cancel-order', actor: { userId: user }, order: { symbol: 'BTCUSDT', orderId } });
    expect(legs(strategyId).map(({ status }) => status)).toEqual([
      'PARTIALLY_FILLED_CANCELED',
      'NEW',
      'PENDING_ACTIVATION',
    ]);
    turn('HALTED');
    const restored = Core.restore(venue.core.snapshot());
    const { length } = venue.journal;
    turn('TRADING');
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 4, status: 'PENDING' },
      { left: 4, status: 'PENDING' },
    ]);
    for (const { sequence, timeMs, command } of venue.journal.slice(length)) restored.apply(sequence, timeMs, command);
    expect(Buffer.compare(restored.snapshot(), venue.core.snapshot())).toBe(0);
  });

  it('a leg that waits cannot be amended (3016); it can be canceled and stays so (MAT-7)', () => {
    const { venue, user, sell, legs, strategyId } = bracket();
    const orderId = strategyOf(venue, user, strategyId).subOrders[1]?.order?.orderId as number;
    const order = { symbol: 'BTCUSDT', orderId };
    const amended = { type: 'amend-order', amendment: { ...order, price: 601_200 as PriceTicks } } as const;
    const rule = 'it waits for the first order of its strategy';
    expect(venue.run({ ...amended, actor: { userId: user } }).reply).toEqual({
      ok: false,
      reason: 'ORDER_ENDED',
      details: { orderId, status: 'NEW', rule },
    });
    venue.ok({ type: 'cancel-order', actor: { userId: user }, order });
    sell('60000', '0.01');
    expect(legs(strategyId).map(({ status }) => status)).toEqual(['FILLED', 'CANCELED', 'PENDING']);
  });

  it('INV-6: a strategy outlives the memory of its ended parent, over a restart too', () => {
    const { venue, user, sell, strategyId } = bracket();
    sell('60000', '0.01');
    venue.timeMs += 86_400_000;
    venue.price('60000');
    const parentId = strategyOf(venue, user, strategyId).subOrders[0]?.order?.orderId as number;
    expect(venue.core.exchange.order(user, { orderId: parentId })).toBeUndefined();
    const bytes = venue.core.snapshot();
    const restored = Core.restore(bytes);
    expect(Buffer.compare(restored.snapshot(), bytes)).toBe(0);
    expect(restored.exchange.strategy(user, strategyId)).toEqual(strategyOf(venue, user, strategyId));
  });
});

describe('what is told of a new strategy (MAT-13)', () => {
  const toldOf = ({ events }: Outcome) =>
    events.flatMap((event) =>
      event.type === 'strategy-updated'
        ? [event.strategy.subOrders.map(({ order, condition: of }) => of?.status ?? order?.status)]
        : [],
    );
  const STOP = { side: 'SELL', stop: '59500', quantity: '0.01' } as const;

  it('its pair stands as it does after the command', () => {
    const { sub, condition, place } = market();
    const subOrders = [sub(1, { side: 'SELL', price: '60100', quantity: '0.01' }), condition(2, STOP, cancels(1))];
    expect(toldOf(place({ strategyType: 'OCO', subOrders }))).toEqual([['PENDING', 'PENDING']]);
    const target = { ...STOP, type: 'TAKE_PROFIT_MARKET', stop: '60100' } as const;
    const both = [condition(1, target), condition(2, STOP, cancels(1))];
    expect(toldOf(place({ strategyType: 'OCO', subOrders: both }))).toEqual([['PENDING', 'PENDING']]);
  });

  it('so does a parent that waits for its price', () => {
    const { sub, condition, place } = market();
    const subOrders = [condition(1, STOP), sub(2, { side: 'BUY', price: '59000' }, ON_FILLED)];
    expect(toldOf(place({ strategyType: 'OTO', subOrders }))).toEqual([['PENDING', 'NEW']]);
  });
});

describe('firing legs and pairs (STR-1)', () => {
  it('OCO: a fill of one takes as much off the other; all filled ends it', () => {
    const { venue, user, sub, condition, buy, legs } = market();
    const strategyId = placedStrategy(venue, user, {
      strategyType: 'OCO',
      subOrders: [
        sub(1, { side: 'SELL', price: '60100', quantity: '0.01' }),
        condition(2, { side: 'SELL', stop: '59500', quantity: '0.01' }, cancels(1)),
      ],
    });
    buy('60100', '0.004');
    expect(legs(strategyId)).toEqual([
      { left: 6, status: 'PARTIALLY_FILLED' },
      { left: 6, status: 'PENDING' },
    ]);
    buy('60100', '0.006');
    expect(strategyOf(venue, user, strategyId)).toMatchObject({ status: 'ALL_DONE' });
    expect(legs(strategyId)[1]?.status).toBe('CANCELLED');
  });

  it('a refused leg is rejected with its reason and leaves the other', () => {
    const { venue, user, condition, legs } = market();
    const strategyId = placedStrategy(venue, user, {
      strategyType: 'OCO',
      subOrders: [
        condition(1, { type: 'TAKE_PROFIT_MARKET', side: 'SELL', stop: '60100', quantity: '0.01' }),
        condition(2, { side: 'SELL', stop: '59500', quantity: '0.01' }),
      ],
    });
    // Nobody buys, so that the take profit finds nothing.
    venue.price('60100');
    expect(legs(strategyId).map(({ status }) => status)).toEqual(['REJECTED', 'PENDING']);
    expect(strategyOf(venue, user, strategyId)).toMatchObject({
      status: 'WORKING',
      subOrders: [{ condition: { rejectReason: 'NO_LIQUIDITY' } }, {}],
    });
  });

  it('OTO: a conditional parent places its leg when its order fills', () => {
    const { venue, user, maker, sub, condition, legs } = market();
    venue.placed(maker, { side: 'SELL', price: '60100', quantity: '0.004' });
    const strategyId = placedStrategy(venue, user, {
      strategyType: 'OTO',
      subOrders: [
        condition(1, { side: 'BUY', stop: '60050', quantity: '0.01' }),
        sub(2, { side: 'SELL', price: '60500', more: { reduceOnly: true, clientOrderId: 'exit' } }, ON_FILLED),
      ],
    });
    expect(venue.core.exchange.order(user, { clientOrderId: 'exit' })?.status).toBe('NEW');
    venue.timeMs += 400_000;
    venue.price('60100');
    expect(legs(strategyId)).toEqual([
      { left: 6, status: 'FIRED' },
      { left: 4, status: 'PENDING' },
    ]);
    expect(venue.core.exchange.order(user, { clientOrderId: 'exit' })?.status).toBe('PENDING');
  });

  it('STR-3: a leg that is past its trigger when it is placed fires at once', () => {
    const { venue, user, maker, sell, strategyId } = bracket();
    venue.placed(maker, { side: 'BUY', price: '59450', quantity: '1' });
    venue.ok({
      type: 'amend-order',
      actor: { userId: user },
      amendment: { symbol: 'BTCUSDT', orderId: 1, price: venue.ticks('BTCUSDT', '59460') },
    });
    sell('59460', '0.01');
    expect(venue.position(user)).toBeUndefined();
    expect(strategyOf(venue, user, strategyId)).toMatchObject({
      status: 'ALL_DONE',
      subOrders: [{}, {}, { condition: { status: 'FIRED' } }],
    });
  });

  it('PRC-1: on a frozen mark a leg past its trigger waits, one on the last price fires', () => {
    const placedWhileFrozen = (workingType: 'MARK_PRICE' | 'CONTRACT_PRICE') => {
      const { venue, user, other, maker, sub, condition, sell, legs } = market();
      venue.trade(other, maker, { price: '60000', quantity: '0.01' });
      const strategyId = placedStrategy(venue, user, {
        strategyType: 'OTO',
        subOrders: [
          sub(1, { side: 'BUY', price: '59900', quantity: '0.01' }),
          condition(2, { side: 'SELL', stop: '60000', more: { workingType, reduceOnly: true } }, ON_FILLED),
        ],
      });
      venue.placed(maker, { side: 'BUY', price: '59800', quantity: '1' });
      venue.timeMs += 10_001;
      venue.ok({ type: 'update-prices', symbols: [] });
      // What only closes is taken while prices are frozen.
      sell('59900', '0.01');
      const frozen = legs(strategyId)[1]?.status;
      venue.price('59900');
      return [frozen, legs(strategyId)[1]?.status];
    };
    expect(placedWhileFrozen('MARK_PRICE')).toEqual(['PENDING', 'FIRED']);
    expect(placedWhileFrozen('CONTRACT_PRICE')).toEqual(['FIRED', 'FIRED']);
  });

  it('STR-2: a position that a leg has closed itself leaves nothing to write off', () => {
    const { buy, sell, legs, strategyId } = bracket();
    sell('60000', '0.004');
    buy('60110', '0.004');
    sell('60000', '0.001');
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 1, status: 'PENDING' },
      { left: 1, status: 'PENDING' },
    ]);
  });

  it('STR-1: the condition of a parent whose rest a firing leg ends has fired and is not canceled', () => {
    const { venue, user, maker, condition, sell } = market();
    const strategyId = placedStrategy(venue, user, {
      strategyType: 'OTO',
      subOrders: [
        condition(1, { type: 'STOP_LIMIT', side: 'BUY', stop: '60100', price: '60100', quantity: '0.01' }),
        condition(2, { side: 'SELL', stop: '59500', more: { timeInForce: 'GTE_GTC' } }, ON_PARTIAL),
      ],
    });
    venue.timeMs += 400_000;
    venue.price('60100');
    sell('60100', '0.004');
    venue.placed(maker, { side: 'BUY', price: '59400', quantity: '1' });
    venue.timeMs += 400_000;
    const told = venue.price('59400').flatMap((event) => {
      if (event.type !== 'condition-updated') return [];
      return [`${event.condition.conditionId} ${event.condition.status} ${event.condition.rejectReason}`.trim()];
    });
    expect(told).toEqual(['2 TRIGGERED', '1 FIRED', '2 FIRED']);
    expect(strategyOf(venue, user, strategyId)).toMatchObject({
      subOrders: [{ order: { rejectReason: 'OCO', filledQuantity: 4 } }, { order: { status: 'FILLED' } }],
    });
  });

  it('STR-3: a normal leg that is refused when it is placed is REJECTED', () => {
    const { venue, user, sub, sell } = market();
    const strategyId = placedStrategy(venue, user, {
      strategyType: 'OTO',
      subOrders: [
        sub(1, { side: 'BUY', price: '60000', quantity: '0.01' }),
        sub(2, { side: 'BUY', price: '70000', more: { clientOrderId: 'far' } }, ON_PARTIAL),
      ],
    });
    sell('60000', '0.01');
    expect(venue.core.exchange.order(user, { clientOrderId: 'far' })).toMatchObject({
      status: 'REJECTED',
      rejectReason: 'PRICE_OUTSIDE_BAND',
    });
    expect(strategyOf(venue, user, strategyId).status).toBe('ALL_DONE');
  });

  it('waiting legs are listed of one symbol or all, newest first, and are no open orders', () => {
    const scene = bracket(ON_FILLED);
    const { venue, user, sub } = scene;
    const second = placedStrategy(venue, user, {
      strategyType: 'OTO',
      subOrders: [
        sub(1, { side: 'BUY', price: '59000', quantity: '0.01' }),
        sub(2, { side: 'SELL', price: '61000', more: { reduceOnly: true } }, ON_FILLED),
      ],
    });
    const legs = [second, scene.strategyId].map(
      (strategyId) => strategyOf(venue, user, strategyId).subOrders[1]?.order?.orderId,
    );
    const waiting = (symbol?: string) => venue.core.exchange.waitingOrders(user, symbol).map(({ orderId }) => orderId);
    expect([waiting(), waiting('BTCUSDT'), waiting('ETHUSDT')]).toEqual([legs, legs, []]);
    expect(venue.core.exchange.openOrders(user).some(({ orderId }) => legs.includes(orderId))).toBe(false);
    scene.sell('60000', '0.01');
    expect(waiting()).toEqual(legs.slice(0, 1));
  });

  it('a waiting leg can be canceled by its id', () => {
    const { venue, user, sell, legs, strategyId } = bracket(ON_FILLED);
    const orderId = strategyOf(venue, user, strategyId).subOrders[1]?.order?.orderId as number;
    const { reply } = venue.ok({
      type: 'cancel-order',
      actor: { userId: user },
      order: { symbol: 'BTCUSDT', orderId },
    });
    expect(reply).toMatchObject({ order: { status: 'CANCELED' } });
    sell('60000', '0.01');
    expect(
      legs(strategyId)
        .slice(1)
        .map(({ status }) => status),
    ).toEqual(['CANCELED', 'PENDING']);
  });
});

describe('exits that come with an order (CND-9)', () => {
  const exits = (venue: TestVenue, takeProfit: string, stopLoss: string) => ({
    takeProfit: { stopPrice: venue.ticks('BTCUSDT', takeProfit), workingType: 'CONTRACT_PRICE' as const },
    stopLoss: {
      stopPrice: venue.ticks('BTCUSDT', stopLoss),
      workingType: 'MARK_PRICE' as const,
      price: venue.ticks('BTCUSDT', stopLoss),
    },
  });

  it('make it an OTOCO whose legs close what its fills open, and only that', () => {
    const { venue, user, other, sell, legs } = market();
    // A short of 3 first, so that 3 of the 10 only close.
    venue.trade(other, user, { price: '60000', quantity: '0.003' });
    venue.ok({ type: 'cancel-all-orders', actor: { userId: other } });
    const orderId = venue.placed(user, {
      side: 'BUY',
      price: '59990',
      quantity: '0.01',
      more: exits(venue, '61000', '59000'),
    });
    const strategyId = venue.core.exchange.order(user, { orderId })?.strategyId as number;
    sell('59990', '0.002');
    expect(
      legs(strategyId)
        .slice(1)
        .map(({ status }) => status),
    ).toEqual(['PENDING_ACTIVATION', 'PENDING_ACTIVATION']);
    sell('59990', '0.004');
    expect(legs(strategyId).slice(1)).toEqual([
      { left: 3, status: 'PENDING' },
      { left: 3, status: 'PENDING' },
    ]);
    const { type, subOrders } = strategyOf(venue, user, strategyId);
    expect(type).toBe('OTOCO');
    expect(subOrders[1]?.condition).toMatchObject({
      type: 'TAKE_PROFIT_MARKET',
      side: 'SELL',
      reduceOnly: true,
      timeInForce: 'GTE_GTC',
    });
    expect(subOrders[2]?.condition).toMatchObject({ type: 'STOP_LIMIT', price: 590_000, stopPrice: 590_000 });
  });

  it.each([
    ['LIMIT', '60000', '60000', '59000'],
    ['LIMIT', '60000', '61000', '60000'],
    ['MARKET', undefined, '59999', '59000'],
    ['MARKET', undefined, '61000', '60001'],
  ] as const)('%s at %s: a trigger on the wrong side is 3101 and nothing has happened', (type, price, profit, loss) => {
    const { venue, user, maker } = market();
    venue.placed(maker, { side: 'SELL', price: '60000', quantity: '1' });
    const outcome = venue.place(user, {
      type,
      side: 'BUY',
      ...(price === undefined ? {} : { price }),
      quantity: '0.01',
      more: { ...exits(venue, profit, loss), ...(type === 'MARKET' ? { timeInForce: 'IOC' } : {}) },
    });
    expect(reasonOf(outcome)).toBe('STOP_PRICE_INVALID');
    expect(outcome.events).toEqual([]);
  });

  it('SYM-2: fire for all that has filled, also for more than a user may send at the market', () => {
    const { venue, user, maker, sell, legs } = market();
    // 80 BTC at a limit; a MARKET order of a user takes at most 50.
    const stopLoss = { stopPrice: venue.ticks('BTCUSDT', '59500'), workingType: 'MARK_PRICE' } as const;
    const orderId = venue.placed(user, { side: 'BUY', price: '60000', quantity: '80', more: { stopLoss } });
    const strategyId = venue.core.exchange.order(user, { orderId })?.strategyId as number;
    sell('60000', '80');
    venue.placed(maker, { side: 'BUY', price: '59400', quantity: '80' });
    expect(legs(strategyId)[1]).toEqual({ left: 80_000, status: 'PENDING' });
    venue.timeMs += 400_000;
    venue.price('59400');
    expect(legs(strategyId)[1]?.status).toBe('FIRED');
    expect(venue.position(user)).toBeUndefined();
  });

  it('need an order that can open, and room for the conditions (3110)', () => {
    const { venue, user } = market(testSymbol({ maxOpenConditions: 2 }));
    const order = { side: 'BUY', price: '59000', quantity: '0.01' } as const;
    const more = exits(venue, '61000', '58500');
    expect(reasonOf(venue.place(user, { ...order, more: { ...more, reduceOnly: true } }))).toBe('INVALID_PARAMETER');
    const id = placedCondition(venue, user, { side: 'BUY', stop: '61000', quantity: '0.01' });
    expect(reasonOf(venue.place(user, { ...order, more }))).toBe('TOO_MANY_OPEN_CONDITIONS');
    venue.ok({ type: 'cancel-condition', actor: { userId: user }, condition: { symbol: 'BTCUSDT', conditionId: id } });
    expect(conditionOf(venue, user, id).status).toBe('CANCELLED');
    expect(reasonOf(venue.place(user, { ...order, more }))).toBe('accepted');
  });
});

describe('what a strategy is refused for', () => {
  type Scene = ReturnType<typeof market>;
  const parent = ({ sub }: Scene) => sub(1, { side: 'BUY', price: '59000', quantity: '0.01' });
  const stop = (
    { condition }: Scene,
    id: number,
    more: Partial<SubOrder> = ON_PARTIAL,
    changes: Partial<TestCondition> = {},
  ) => condition(id, { side: 'SELL', stop: '58000', ...changes }, more);
  it.each<[string, string, (scene: Scene) => NewStrategy]>([
    ['STRATEGY_LEGS_INVALID', 'too few', (s) => ({ strategyType: 'OTOCO', subOrders: [parent(s), stop(s, 2)] })],
    [
      'STRATEGY_LEGS_INVALID',
      'neither kind',
      (s) => ({ strategyType: 'OTO', subOrders: [parent(s), { ...ON_PARTIAL, strategySubId: 2, secondDrivenId: 0 }] }),
    ],
    [
      'STRATEGY_LEGS_INVALID',
      'a market leg',
      (s) => ({ strategyType: 'OTO', subOrders: [parent(s), s.sub(2, { type: 'MARKET', side: 'SELL' }, ON_PARTIAL)] }),
    ],
    [
      'STRATEGY_LEGS_INVALID',
      'two sides in a pair',
      (s) => ({
        strategyType: 'OTOCO',
        subOrders: [parent(s), stop(s, 2), stop(s, 3, ON_PARTIAL, { side: 'BUY', stop: '61000' })],
      }),
    ],
    [
      'STRATEGY_LEGS_INVALID',
      'two quantities in a pair',
      (s) => ({
        strategyType: 'OTOCO',
        subOrders: [parent(s), stop(s, 2), stop(s, 3, ON_PARTIAL, { quantity: '0.01' })],
      }),
    ],
    [
      'STRATEGY_LEGS_INVALID',
      'two symbols',
      (s) => ({ strategyType: 'OTO', subOrders: [parent(s), stop(s, 2, ON_PARTIAL, { more: { symbol: 'XUSDT' } })] }),
    ],
    [
      'STRATEGY_DEPENDENCY_INVALID',
      'no dependency',
      (s) => ({ strategyType: 'OTO', subOrders: [parent(s), stop(s, 2, {})] }),
    ],
    [
      'STRATEGY_DEPENDENCY_INVALID',
      'a wrong condition',
      (s) => ({
        strategyType: 'OTO',
        subOrders: [parent(s), stop(s, 2, { ...ON_PARTIAL, firstDrivenOn: 'TRIGGERED' })],
      }),
    ],
    [
      'STRATEGY_DEPENDENCY_INVALID',
      'an unknown id',
      (s) => ({ strategyType: 'OTO', subOrders: [parent(s), stop(s, 2, { ...ON_PARTIAL, firstDrivenId: 9 })] }),
    ],
    [
      'STRATEGY_DEPENDENCY_INVALID',
      'one id twice',
      (s) => ({ strategyType: 'OTO', subOrders: [parent(s), stop(s, 1)] }),
    ],
    [
      'STRATEGY_DEPENDENCY_INVALID',
      'a pair that places',
      (s) => ({
        strategyType: 'OTOCO',
        subOrders: [parent(s), stop(s, 2), stop(s, 3, { ...ON_PARTIAL, ...cancels(2), secondTrigger: 'PLACE_ORDER' })],
      }),
    ],
    [
      'STOP_PRICE_INVALID',
      'a leg off its limits',
      (s) => ({
        strategyType: 'OTO',
        subOrders: [parent(s), stop(s, 2, ON_PARTIAL, { more: { stopPrice: 0 as PriceTicks } })],
      }),
    ],
    [
      'OFF_GRID',
      'a leg off the grid',
      (s) => ({
        strategyType: 'OTO',
        subOrders: [
          parent(s),
          s.sub(
            2,
            {
              side: 'SELL',
              price: '61000',
              more: { gridFault: { field: 'price', value: '1', below: '0', above: '2' } },
            },
            ON_PARTIAL,
          ),
        ],
      }),
    ],
    [
      'PRICE_OUTSIDE_BAND',
      'its first order',
      (s) => ({
        strategyType: 'OTO',
        subOrders: [s.sub(1, { side: 'BUY', price: '70000', quantity: '0.01' }), stop(s, 2)],
      }),
    ],
    [
      'DUPLICATE_CLIENT_ORDER_ID',
      'one name twice',
      (s) => ({
        strategyType: 'OTO',
        subOrders: [
          s.sub(1, { side: 'BUY', price: '59000', quantity: '0.01', more: { clientOrderId: 'x' } }),
          stop(s, 2, ON_PARTIAL, { more: { clientOrderId: 'x' } }),
        ],
      }),
    ],
    [
      'WOULD_TRIGGER_IMMEDIATELY',
      'a pair that is reached',
      (s) => ({
        strategyType: 'OCO',
        subOrders: [
          s.sub(1, { side: 'SELL', price: '60100', quantity: '0.01' }),
          s.condition(2, { side: 'SELL', stop: '60000', quantity: '0.01' }),
        ],
      }),
    ],
  ])('STR-3: %s for %s: nothing of it is accepted', (reason, _what, strategyOfScene) => {
    const scene = market();
    const outcome = scene.place(strategyOfScene(scene));
    expect(reasonOf(outcome)).toBe(reason);
    expect(outcome.events).toEqual([]);
    expect(scene.venue.core.exchange.openOrders(scene.user)).toEqual([]);
    expect(scene.venue.core.exchange.openConditions(scene.user)).toEqual([]);
  });

  it('more strategies, or conditions, than are allowed (3110)', () => {
    const scene = market(testSymbol({ maxOpenConditions: 2 }));
    const { sub, condition, place, venue, user } = scene;
    const oto = (): NewStrategy => ({
      strategyType: 'OTO',
      subOrders: [parent(scene), sub(2, { side: 'SELL', price: '61000' }, ON_PARTIAL)],
    });
    const three: NewStrategy = {
      strategyType: 'OTOCO',
      subOrders: [condition(1, { side: 'BUY', stop: '61000', quantity: '0.01' }), stop(scene, 2), stop(scene, 3)],
    };
    expect(reasonOf(place(three))).toBe('TOO_MANY_OPEN_CONDITIONS');
    const first = placedStrategy(venue, user, oto());
    placedStrategy(venue, user, oto());
    expect(reasonOf(place(oto()))).toBe('TOO_MANY_OPEN_CONDITIONS');
    expect(strategyOf(venue, user, first).status).toBe('WORKING');
  });
});

describe('a sweep that fills the parent and meets its leg (MAT-13)', () => {
  it('STR-2: the leg fires for all that has filled by then', () => {
    const { venue, user, maker, sub, condition, sell } = market();
    const strategyId = placedStrategy(venue, user, {
      strategyType: 'OTO',
      subOrders: [
        sub(1, { side: 'BUY', price: '60000', quantity: '0.01' }),
        condition(
          2,
          { side: 'SELL', stop: '59950', more: { timeInForce: 'GTE_GTC', workingType: 'CONTRACT_PRICE' } },
          ON_PARTIAL,
        ),
      ],
    });
    sell('60000', '0.004');
    venue.placed(maker, { side: 'BUY', price: '59950', quantity: '0.001' });
    venue.placed(maker, { side: 'BUY', price: '59940', quantity: '1' });
    sell('59950', '0.007');
    expect(strategyOf(venue, user, strategyId)).toMatchObject({
      status: 'ALL_DONE',
      subOrders: [{ order: { status: 'FILLED' } }, { condition: { status: 'FIRED' }, order: { filledQuantity: 10 } }],
    });
    expect(venue.position(user)).toBeUndefined();
  });
});

describe('the ladder of a strategy (MAT-12)', () => {
  /** A strategy with a fault on every rung that is named, the first of which must answer. */
  const refusal = (faults: {
    readonly status?: 'HALTED';
    readonly parentOffGrid?: boolean;
    readonly legWithoutStop?: boolean;
    readonly parentTooLarge?: boolean;
    readonly noRoom?: boolean;
    readonly outsideBand?: boolean;
  }) => {
    const scene = market(testSymbol(faults.noRoom === true ? { maxOpenConditions: 1 } : {}));
    const { venue, user, sub, condition, place } = scene;
    if (faults.noRoom === true) placedCondition(venue, user, { side: 'SELL', stop: '59000', quantity: '0.01' });
    if (faults.status !== undefined) {
      venue.ok({ type: 'configure-symbol', parameters: testSymbol({ status: faults.status }) });
      venue.price('60000');
    }
    const parent = sub(1, {
      side: 'BUY',
      price: faults.outsideBand === true ? '70000' : '60000',
      quantity: faults.parentTooLarge === true ? '101' : '0.01',
      ...(faults.parentOffGrid === true
        ? { more: { gridFault: { field: 'price', value: '1.23', below: '1.2', above: '1.3' } } }
        : {}),
    });
    const stop = faults.legWithoutStop === true ? {} : { stop: '59000' };
    return reasonOf(
      place({ strategyType: 'OTO', subOrders: [parent, condition(2, { side: 'SELL', ...stop }, ON_PARTIAL)] }),
    );
  };

  it.each([
    [{ status: 'HALTED', parentOffGrid: true, legWithoutStop: true, noRoom: false }, 'SYMBOL_NOT_TRADING'],
    [{ parentOffGrid: true, legWithoutStop: true, noRoom: true }, 'OFF_GRID'],
    [{ legWithoutStop: true, parentTooLarge: true, noRoom: true }, 'STOP_PRICE_INVALID'],
    [{ parentTooLarge: true, noRoom: true, outsideBand: true }, 'OUT_OF_RANGE'],
    [{ noRoom: true, outsideBand: true }, 'TOO_MANY_OPEN_CONDITIONS'],
    [{ outsideBand: true }, 'PRICE_OUTSIDE_BAND'],
    [{}, 'accepted'],
  ] as const)('of %j the first rung answers: %s', (faults, reason) => {
    expect(refusal(faults)).toBe(reason);
  });
});
