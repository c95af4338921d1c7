import { describe, expect, it } from 'vitest';
import type { NewStrategy, SubOrder } from '../../command.ts';
import { Core, type Outcome } from '../../core.ts';
import type { Event } from '../../event.ts';
import {
  conditionOf,
  newCondition,
  placeCondition,
  placedCondition,
  placedStrategy,
  strategyOf,
  TestVenue,
} from '../../testing/index.ts';
import type { Side } from '../enums.ts';

const reasonOf = ({ reply }: Outcome): string => (reply.ok ? 'accepted' : reply.reason);
const LONG = { positionSide: 'LONG' } as const;
const SHORT = { positionSide: 'SHORT' } as const;
/** What closed the hedge legs; the other user is one-way. */
const triggersOf = (events: readonly Event[]) =>
  events.flatMap((event) =>
    event.type === 'position-closed' && event.closed.positionSide !== 'BOTH'
      ? [[event.closed.positionSide, event.closed.closeTrigger]]
      : [],
  );

/** The mark at 60,000 and depth of 5 BTC on both sides 10 USDT around it. */
function market(marginMode: 'CROSS' | 'ISOLATED' = 'CROSS') {
  const venue = new TestVenue();
  const [user, maker] = [venue.user('1000000'), venue.user('100000000')];
  venue.price('60000');
  if (marginMode === 'ISOLATED')
    venue.ok({ type: 'set-margin-mode', actor: { userId: user }, symbol: 'BTCUSDT', marginMode });
  venue.placed(maker, { side: 'BUY', price: '59990', quantity: '5' });
  venue.placed(maker, { side: 'SELL', price: '60010', quantity: '5' });
  const take = (side: Side, more: object) =>
    venue.placed(user, { side, type: 'MARKET', quantity: '1', more: { timeInForce: 'IOC', ...more } });
  const legs = () =>
    venue.core.exchange.positions(user).map(({ positionSide, quantity }) => [positionSide, quantity] as const);
  /** Later than the samples of the book count, so that the mark is the index. */
  const markAt = (price: string) => {
    venue.timeMs += 400_000;
    return venue.price(price);
  };
  return { venue, user, maker, take, legs, markAt };
}

describe('conditions on hedge legs', () => {
  it('CND-5, POS-6: each closes and ends with its own leg, and the closed position says which kind it was', () => {
    const { venue, user, take, legs, markAt } = market();
    take('BUY', LONG);
    take('SELL', SHORT);
    const of = (side: Side, stop: string, more: object) =>
      placedCondition(venue, user, { side, stop, more: { closePosition: true, ...more } });
    const stopLong = of('SELL', '59900', LONG);
    const takeShort = placedCondition(venue, user, {
      type: 'TAKE_PROFIT_MARKET',
      side: 'BUY',
      stop: '59800',
      quantity: '1',
      more: { ...SHORT, timeInForce: 'GTE_GTC' },
    });
    const lowerStop = of('SELL', '59700', LONG);
    const stopShort = of('BUY', '60500', SHORT);
    expect(venue.core.exchange.exitPrices(user, 'BTCUSDT', 'LONG')).toEqual({ takeProfit: 0, stopLoss: 599_000 });
    expect(venue.core.exchange.exitPrices(user, 'BTCUSDT', 'SHORT')).toEqual({
      takeProfit: 598_000,
      stopLoss: 605_000,
    });

    expect(triggersOf(markAt('59900'))).toEqual([['LONG', 'STOP_LOSS']]);
    expect(legs()).toEqual([['SHORT', -1_000]]);
    expect(conditionOf(venue, user, stopLong).status).toBe('FIRED');
    expect(conditionOf(venue, user, lowerStop)).toMatchObject({ status: 'CANCELLED', rejectReason: 'POSITION_CLOSED' });
    for (const id of [takeShort, stopShort]) expect(conditionOf(venue, user, id).status).toBe('PENDING');
    expect(triggersOf(markAt('59800'))).toEqual([['SHORT', 'TAKE_PROFIT']]);
    expect(conditionOf(venue, user, stopShort).status).toBe('CANCELLED');
    expect(legs()).toEqual([]);
  });

  it('POS-2: the closing side is reduce-only, flag or not; the opening one never is (3008, 3109)', () => {
    const { venue, user, take, markAt } = market();
    const more = { ...LONG, reduceOnly: true };
    expect(reasonOf(placeCondition(venue, user, { side: 'BUY', stop: '60100', quantity: '1', more }))).toBe(
      'NOTHING_TO_REDUCE',
    );
    const closes = placedCondition(venue, user, { side: 'SELL', stop: '59995', quantity: '1', more: LONG });
    markAt('59995');
    expect(conditionOf(venue, user, closes)).toMatchObject({ status: 'REJECTED', rejectReason: 'NOTHING_TO_REDUCE' });
    const all = { side: 'BUY', stop: '60100', more: { ...LONG, closePosition: true } } as const;
    expect(reasonOf(placeCondition(venue, user, all))).toBe('NOTHING_TO_REDUCE');
    take('BUY', LONG);
    expect(reasonOf(placeCondition(venue, user, all))).toBe('TIME_IN_FORCE_NOT_ALLOWED');
    // More than the leg: what closes is cut to it (POS-3).
    const tooMuch = placedCondition(venue, user, { side: 'SELL', stop: '59980', quantity: '3', more: LONG });
    markAt('59980');
    const { generatedOrderId } = conditionOf(venue, user, tooMuch);
    expect(venue.core.exchange.order(user, { orderId: generatedOrderId })).toMatchObject({
      reduceOnly: true,
      quantity: 1_000,
      status: 'FILLED',
    });
  });

  it('CND-9: exits of an order that opens an isolated leg close that leg; one that closes takes none (2002)', () => {
    const { venue, user, take, legs, markAt } = market('ISOLATED');
    take('SELL', SHORT);
    const exits = {
      takeProfit: { stopPrice: venue.ticks('BTCUSDT', '60200'), workingType: 'MARK_PRICE' },
      stopLoss: { stopPrice: venue.ticks('BTCUSDT', '59900'), workingType: 'MARK_PRICE' },
    } as const;
    const closing = { side: 'BUY', price: '59000', quantity: '1', more: { ...SHORT, ...exits } } as const;
    expect(venue.place(user, closing).reply).toMatchObject({ ok: false, reason: 'INVALID_PARAMETER' });
    take('BUY', { ...LONG, ...exits });
    const [stop, profit] = venue.core.exchange.openConditions(user);
    expect([stop, profit]).toMatchObject([
      { type: 'STOP_MARKET', side: 'SELL', positionSide: 'LONG', quantity: 1_000, status: 'PENDING' },
      { type: 'TAKE_PROFIT_MARKET', side: 'SELL', positionSide: 'LONG', quantity: 1_000, status: 'PENDING' },
    ]);
    const restored = Core.restore(venue.core.snapshot());
    expect(Buffer.compare(restored.snapshot(), venue.core.snapshot())).toBe(0);
    expect(triggersOf(markAt('59900'))).toEqual([['LONG', 'STOP_LOSS']]);
    expect(legs()).toEqual([['SHORT', -1_000]]);
    expect(venue.core.exchange.openConditions(user)).toEqual([]);
    expect(venue.account(user).isolatedMargin).toBe(venue.position(user)?.margin);
  });
});

describe('what waits claims its leg', () => {
  const oto = (venue: TestVenue, parent: object, leg: object): NewStrategy => {
    const sub = (strategySubId: number, more: Partial<SubOrder>): SubOrder => ({
      strategySubId,
      firstDrivenId: 0,
      secondDrivenId: 0,
      ...more,
    });
    return {
      strategyType: 'OTO',
      subOrders: [
        sub(1, { order: venue.order({ side: 'BUY', price: '59000', quantity: '1', more: parent }) }),
        sub(2, {
          firstDrivenId: 1,
          firstDrivenOn: 'FILLED',
          firstTrigger: 'PLACE_ORDER',
          order: venue.order({ side: 'SELL', price: '61000', more: leg }),
        }),
      ],
    };
  };

  it('POS-1: sub-orders of both kinds are refused as a whole (3011)', () => {
    const { venue, user } = market();
    const strategy = oto(venue, LONG, {});
    expect(reasonOf(venue.run({ type: 'place-strategy', actor: { userId: user }, strategy }))).toBe(
      'POSITION_SIDE_CONFLICT',
    );
    expect(venue.core.exchange.openOrders(user)).toEqual([]);
  });

  it('POS-1, MRG-6: a leg that waits refuses the other kind and the other margin mode until it ends', () => {
    const { venue, user, maker } = market();
    const strategyId = placedStrategy(venue, user, oto(venue, LONG, LONG));
    const [parent, leg] = strategyOf(venue, user, strategyId).subOrders.map(({ order }) => order?.orderId ?? 0);
    // The leg was taken by the closing side of the hedge, flag or not (POS-2).
    expect(venue.core.exchange.order(user, { orderId: leg ?? 0 })).toMatchObject({ status: 'NEW', reduceOnly: true });
    venue.placed(maker, { side: 'SELL', price: '60000', quantity: '1' });
    const amendment = { symbol: 'BTCUSDT', orderId: parent ?? 0, price: venue.ticks('BTCUSDT', '60000') };
    venue.ok({ type: 'amend-order', actor: { userId: user }, amendment });
    expect(venue.core.exchange.order(user, { orderId: leg ?? 0 })).toMatchObject({
      status: 'PENDING',
      quantity: 1_000,
    });

    const other = market();
    placedStrategy(other.venue, other.user, oto(other.venue, LONG, LONG));
    const [order] = other.venue.core.exchange.openOrders(other.user);
    const cut = Core.restore(other.venue.core.snapshot());
    const isolate = {
      type: 'set-margin-mode',
      actor: { userId: other.user },
      symbol: 'BTCUSDT',
      marginMode: 'ISOLATED',
    } as const;
    const oneWay = newCondition(other.venue, { side: 'BUY', stop: '61000', quantity: '1' });
    const run = (command: Parameters<Core['apply']>[2]) =>
      reasonOf(cut.apply(cut.sequence + 1, other.venue.timeMs, command));
    expect(run(isolate)).toBe('LEVERAGE_LOCKED');
    expect(run({ type: 'place-condition', actor: { userId: other.user }, condition: oneWay })).toBe(
      'POSITION_SIDE_CONFLICT',
    );
    const reference = { symbol: 'BTCUSDT', orderId: order?.orderId ?? 0 };
    expect(run({ type: 'cancel-order', actor: { userId: other.user }, order: reference })).toBe('accepted');
    expect(run(isolate)).toBe('accepted');
    expect(run({ type: 'place-condition', actor: { userId: other.user }, condition: oneWay })).toBe('accepted');
  });
});
