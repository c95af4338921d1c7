import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { Command, NewCondition } from '../../command.ts';
import { Core, type Outcome } from '../../core.ts';
import type { Event } from '../../event.ts';
import {
  BTC,
  conditionOf,
  newCondition,
  placeCondition,
  placedCondition,
  type TestCondition,
  TestVenue,
  testSymbol,
} from '../../testing/index.ts';

const reasonOf = ({ reply }: Outcome): string => (reply.ok ? 'accepted' : reply.reason);
const statuses = (events: readonly Event[], conditionId: number): string[] =>
  events.flatMap((event) =>
    event.type === 'condition-updated' && event.condition.conditionId === conditionId ? [event.condition.status] : [],
  );

/** Three rich users, the mark at 60,000, and depth of 5 BTC on both sides 10 USDT around it. */
function market(symbol = BTC) {
  const venue = new TestVenue([symbol]);
  const [a, b, maker] = [venue.user('1000000'), venue.user('1000000'), venue.user('100000000')];
  venue.price('60000');
  venue.placed(maker, { side: 'BUY', price: '59990', quantity: '5' });
  venue.placed(maker, { side: 'SELL', price: '60010', quantity: '5' });
  /** A position of 1 BTC: long for `a`, short for `b`. */
  const open = () => venue.trade(a, b, { price: '60000', quantity: '1' });
  return { venue, a, b, maker, open };
}

describe('triggers', () => {
  it.each([
    ['STOP_MARKET', 'BUY', '60100', '60100', '60099.9'],
    ['STOP_MARKET', 'SELL', '59900', '59900', '59900.1'],
    ['TAKE_PROFIT_MARKET', 'BUY', '59900', '59900', '59900.1'],
    ['TAKE_PROFIT_MARKET', 'SELL', '60100', '60100', '60099.9'],
  ] as const)('CND-1: %s %s at %s fires on the mark at %s, not at %s', (type, side, stop, reached, short) => {
    const { venue, a } = market();
    const id = placedCondition(venue, a, { type, side, stop, quantity: '0.1' });
    venue.price(short);
    expect(conditionOf(venue, a, id).status).toBe('PENDING');
    const events = venue.price(reached);
    expect(statuses(events, id)).toEqual(['TRIGGERED', 'FIRED']);
    expect(conditionOf(venue, a, id).status).toBe('FIRED');
    expect(Math.abs(venue.position(a)?.quantity ?? 0)).toBe(100);
  });

  it('CND-1: on CONTRACT_PRICE every trade counts, in order, and none before the first', () => {
    const { venue, a, b } = market();
    const more = { workingType: 'CONTRACT_PRICE' } as const;
    // 59,000 would be met by the mark; there is no last price yet.
    const id = placedCondition(venue, a, { side: 'BUY', stop: '60005', quantity: '0.1', more });
    venue.price('60020');
    expect(conditionOf(venue, a, id).status).toBe('PENDING');
    venue.trade(a, b, { price: '60004.9', quantity: '0.1' });
    expect(conditionOf(venue, a, id).status).toBe('PENDING');
    const taker = venue.place(b, { side: 'BUY', type: 'MARKET', quantity: '0.1', more: { timeInForce: 'IOC' } });
    expect(taker.events.filter((event) => event.type === 'trade').map((event) => event.takerOrderId)).toHaveLength(2);
    expect(conditionOf(venue, a, id).status).toBe('FIRED');
  });

  it('CND-1: reached already is 3105, at equality too', () => {
    const { venue, a } = market();
    for (const stop of ['60000', '59999.9'])
      expect(reasonOf(placeCondition(venue, a, { side: 'BUY', stop, quantity: '0.1' }))).toBe(
        'WOULD_TRIGGER_IMMEDIATELY',
      );
  });

  it('CND-2, S3: a trailing stop is activated, follows, and shows watermark and first tick that fires', () => {
    const { venue, a, open } = market();
    open();
    const trailing: TestCondition = {
      type: 'TRAILING_STOP',
      side: 'SELL',
      quantity: '0.1',
      activate: '60500',
      more: { callbackRate: 2 },
    };
    expect(reasonOf(placeCondition(venue, a, { ...trailing, activate: '60000' }))).toBe('ACTIVATE_PRICE_INVALID');
    const id = placedCondition(venue, a, trailing);
    venue.price('60400');
    expect(conditionOf(venue, a, id)).toMatchObject({ status: 'PENDING_ACTIVATION', watermark: 0, triggerPrice: 0 });
    // The mark is the median with the last trade and the mean of the book, which stand at 60,000; so the book goes first.
    venue.ok({ type: 'cancel-all-orders', actor: { userId: 3 } });
    venue.timeMs += 400_000;
    const onMark = (price: string) => venue.price(price).find((event) => event.type === 'prices-updated')?.mark;
    expect(onMark('60620')).toBe(606_200);
    expect(conditionOf(venue, a, id)).toMatchObject({ status: 'PENDING', watermark: 606_200 });
    onMark('60700');
    expect(conditionOf(venue, a, id)).toMatchObject({ watermark: 607_000, triggerPrice: 605_786 });
    const restored = Core.restore(venue.core.snapshot());
    expect(restored.exchange.condition(a, { conditionId: id })).toEqual(conditionOf(venue, a, id));
    venue.placed(3, { side: 'BUY', price: '60400', quantity: '1' });
    onMark('60500');
    expect(conditionOf(venue, a, id)).toMatchObject({ status: 'FIRED', watermark: 607_000 });
  });

  it('CND-3: price protection holds a fire back while last and mark are too far apart, and is tested anew', () => {
    const { venue, a, b, open } = market(testSymbol({ priceProtectLimit: 100_000 as never }));
    open();
    const id = placedCondition(venue, a, {
      side: 'SELL',
      stop: '59900',
      quantity: '0.1',
      more: { priceProtect: true },
    });
    venue.timeMs += 400_000;
    venue.price('59800');
    expect(conditionOf(venue, a, id).status).toBe('PENDING');
    venue.trade(a, b, { price: '59995', quantity: '0.1' });
    expect(conditionOf(venue, a, id).status).toBe('PENDING');
    venue.placed(b, { side: 'BUY', price: '59992', quantity: '0.1' });
    expect(conditionOf(venue, a, id).status).toBe('PENDING');
    venue.ok({ type: 'cancel-all-orders', actor: { userId: 3 } });
    venue.ok({ type: 'cancel-all-orders', actor: { userId: b } });
    venue.trade(a, b, { price: '59810', quantity: '0.1' });
    venue.placed(b, { side: 'BUY', price: '59700', quantity: '0.1' });
    venue.price('59800');
    expect(conditionOf(venue, a, id).status).toBe('FIRED');
  });
});

describe('firing', () => {
  it('CND-4, CND-8: a refused order rejects its condition with its code; nothing was frozen before', () => {
    const { venue, maker } = market();
    const poor = venue.user('10');
    const before = venue.account(poor);
    const id = placedCondition(venue, poor, { side: 'BUY', stop: '60100', quantity: '1' });
    expect(venue.account(poor)).toEqual(before);
    const events = venue.price('60100');
    expect(conditionOf(venue, poor, id)).toMatchObject({ status: 'REJECTED', rejectReason: 'INSUFFICIENT_MARGIN' });
    expect(events.some((event) => event.type === 'trade')).toBe(false);
    expect(maker).toBeGreaterThan(0);
  });

  it('CND-8, MAT-11: the order carries the clientOrderId of its condition, which is TRIGGERED until the order has ended', () => {
    const { venue, a } = market();
    const more = { clientOrderId: 'mine' };
    const id = placedCondition(venue, a, {
      type: 'STOP_LIMIT',
      side: 'BUY',
      stop: '60100',
      price: '60005',
      quantity: '0.1',
      more,
    });
    const taken = venue.place(a, { side: 'BUY', price: '59000', quantity: '0.1', more });
    expect(taken.reply).toMatchObject({ reason: 'DUPLICATE_CLIENT_ORDER_ID', details: { conditionId: id } });
    venue.price('60100');
    const condition = conditionOf(venue, a, id);
    expect(condition.status).toBe('TRIGGERED');
    expect(venue.core.exchange.order(a, { clientOrderId: 'mine' })).toMatchObject({
      orderId: condition.generatedOrderId,
      conditionId: id,
      status: 'PENDING',
    });
    const cancel = {
      type: 'cancel-condition',
      actor: { userId: a },
      condition: { symbol: 'BTCUSDT', conditionId: id },
    } as const;
    expect(venue.run(cancel).reply).toMatchObject({ reason: 'ORDER_NOT_CANCELABLE', details: { status: 'TRIGGERED' } });
    venue.ok({ type: 'cancel-order', actor: { userId: a }, order: { symbol: 'BTCUSDT', clientOrderId: 'mine' } });
    expect(conditionOf(venue, a, id).status).toBe('FIRED');
    venue.timeMs += 86_400_000;
    venue.price('60000');
    expect(placeCondition(venue, a, { side: 'BUY', stop: '70000', quantity: '0.1', more }).reply.ok).toBe(true);
    expect(venue.core.exchange.condition(a, { conditionId: id })).toBeUndefined();
  });

  it('MAT-13, CND-6: one queue: what a fire meets joins the end, and a reply tells how its order stands after all of it', () => {
    const { venue, a, b, maker } = market();
    venue.ok({ type: 'cancel-all-orders', actor: { userId: maker } });
    const more = { workingType: 'CONTRACT_PRICE' } as const;
    for (const price of ['60010', '60020', '60030', '60040'])
      venue.placed(maker, { side: 'SELL', price, quantity: '0.1' });
    const far = placedCondition(venue, a, { side: 'BUY', stop: '60005', quantity: '0.1', more });
    const near = placedCondition(venue, a, { side: 'BUY', stop: '60010', quantity: '0.1', more });
    const later = placedCondition(venue, a, { side: 'BUY', stop: '60020', quantity: '0.1', more });
    const { events, reply } = venue.place(b, { side: 'BUY', price: '60010', quantity: '0.2' });
    const triggered = events.flatMap((event) =>
      event.type === 'condition-updated' && event.condition.status === 'TRIGGERED' ? [event.condition.conditionId] : [],
    );
    expect(triggered).toEqual([far, near, later]);
    expect(reply).toMatchObject({ order: { status: 'PARTIALLY_FILLED' } });
    const prices = events.flatMap((event) => (event.type === 'trade' ? [event.price / 10] : []));
    expect(prices).toEqual([60_010, 60_020, 60_030, 60_040]);
  });

  it('MAT-15: an order that a fire fills later in the same command is answered as it stands then', () => {
    const { venue, a, b, maker, open } = market();
    open();
    venue.ok({ type: 'cancel-all-orders', actor: { userId: maker } });
    venue.placed(maker, { side: 'SELL', price: '59980', quantity: '0.1' });
    placedCondition(venue, a, {
      side: 'SELL',
      stop: '59980',
      quantity: '0.5',
      more: { workingType: 'CONTRACT_PRICE', reduceOnly: true },
    });
    const { reply } = venue.place(b, { side: 'BUY', price: '59980', quantity: '0.6' });
    expect(reply).toMatchObject({ ok: true, order: { status: 'FILLED', filledQuantity: 600 } });
  });

  it('SYM-4: nothing fires while orders are not matched, and it does at the next price afterwards', () => {
    const { venue, a } = market();
    const id = placedCondition(venue, a, { side: 'BUY', stop: '60100', quantity: '0.1' });
    venue.ok({ type: 'configure-symbol', parameters: { ...BTC, status: 'CANCEL_ONLY' } });
    venue.price('60200');
    expect(conditionOf(venue, a, id).status).toBe('PENDING');
    venue.ok({ type: 'configure-symbol', parameters: BTC });
    venue.price('60200');
    expect(conditionOf(venue, a, id).status).toBe('FIRED');
  });

  it('PRC-1: nothing fires on a frozen mark', () => {
    const { venue, a } = market();
    venue.trade(a, 2, { price: '60000', quantity: '0.1' });
    const id = placedCondition(venue, a, { side: 'BUY', stop: '60100', quantity: '0.1' });
    venue.timeMs += 10_001;
    venue.ok({ type: 'update-prices', symbols: [] });
    expect(conditionOf(venue, a, id).status).toBe('PENDING');
  });
});

describe('conditions that end with their position', () => {
  it('CND-5: need a position (3008) and the side that closes it (3109)', () => {
    const { venue, a, open } = market();
    const bound = [
      { quantity: '0.1', more: { timeInForce: 'GTE_GTC' } },
      { more: { closePosition: true } },
    ] as const satisfies Partial<TestCondition>[];
    for (const request of bound)
      expect(reasonOf(placeCondition(venue, a, { side: 'SELL', stop: '59000', ...request }))).toBe('NOTHING_TO_REDUCE');
    open();
    for (const request of bound) {
      expect(reasonOf(placeCondition(venue, a, { side: 'BUY', stop: '61000', ...request }))).toBe(
        'TIME_IN_FORCE_NOT_ALLOWED',
      );
      expect(reasonOf(placeCondition(venue, a, { side: 'SELL', stop: '59000', ...request }))).toBe('accepted');
    }
  });

  it.each([
    ['closed', '1'],
    ['flipped', '1.5'],
  ])('CND-5, INV-7: they end when it is %s, before the next fill', (_how, quantity) => {
    const { venue, a, open } = market();
    open();
    const ids = [
      placedCondition(venue, a, { side: 'SELL', stop: '59000', quantity: '0.1', more: { timeInForce: 'GTE_GTC' } }),
      placedCondition(venue, a, { side: 'SELL', stop: '59000', more: { closePosition: true } }),
    ];
    const stays = placedCondition(venue, a, {
      side: 'SELL',
      stop: '59000',
      quantity: '0.1',
      more: { reduceOnly: true },
    });
    venue.placed(a, { side: 'SELL', type: 'MARKET', quantity, more: { timeInForce: 'IOC' } });
    for (const id of ids)
      expect(conditionOf(venue, a, id)).toMatchObject({ status: 'CANCELLED', rejectReason: 'POSITION_CLOSED' });
    expect(conditionOf(venue, a, stays).status).toBe('PENDING');
  });

  it('POS-4: closePosition takes the whole position as it is when it fires, reduce-only', () => {
    const { venue, a, b, open } = market();
    open();
    const id = placedCondition(venue, a, { side: 'SELL', stop: '59900', more: { closePosition: true } });
    venue.trade(a, b, { price: '60000', quantity: '0.5' });
    venue.placed(b, { side: 'BUY', price: '59700', quantity: '1' });
    venue.ok({ type: 'cancel-all-orders', actor: { userId: 3 } });
    venue.timeMs += 400_000;
    venue.price('59900');
    venue.price('59800');
    expect(conditionOf(venue, a, id).status).toBe('FIRED');
    expect(venue.position(a)?.quantity).toBe(500);
    const order = venue.core.exchange.order(a, { orderId: conditionOf(venue, a, id).generatedOrderId });
    expect(order).toMatchObject({ quantity: 1_500, filledQuantity: 1_000, reduceOnly: true, closePosition: true });
  });

  it('POS-3: a reduce-only fire is cut to the position', () => {
    const { venue, a, b, open } = market();
    open();
    const more = { reduceOnly: true, workingType: 'CONTRACT_PRICE' } as const;
    const id = placedCondition(venue, a, { side: 'SELL', stop: '59990', quantity: '3', more });
    venue.placed(b, { side: 'SELL', price: '59990', quantity: '0.1' });
    const order = venue.core.exchange.order(a, { orderId: conditionOf(venue, a, id).generatedOrderId });
    expect(order).toMatchObject({ quantity: 1_000, status: 'FILLED' });
    expect(venue.position(a)).toBeUndefined();
  });

  it('CND-7: the nearest take profit and stop of a position', () => {
    const { venue, a, open } = market();
    const exits = () => venue.core.exchange.exitPrices(a, 'BTCUSDT', 'BOTH');
    open();
    expect(exits()).toEqual({ takeProfit: 0, stopLoss: 0 });
    const more = { reduceOnly: true };
    for (const stop of ['59000', '59500']) placedCondition(venue, a, { side: 'SELL', stop, quantity: '0.1', more });
    for (const stop of ['62000', '61000'])
      placedCondition(venue, a, { type: 'TAKE_PROFIT_MARKET', side: 'SELL', stop, quantity: '0.1', more });
    // It could open, so it is no exit of the position.
    placedCondition(venue, a, { side: 'SELL', stop: '59900', quantity: '0.1' });
    expect(exits()).toEqual({ takeProfit: 610_000, stopLoss: 595_000 });
  });

  it('CND-7: a trailing stop is no exit, however far away the others are', () => {
    const { venue, b, open } = market();
    open();
    const more = { reduceOnly: true };
    placedCondition(venue, b, { side: 'BUY', stop: '130000', quantity: '0.1', more });
    placedCondition(venue, b, {
      type: 'TRAILING_STOP',
      side: 'BUY',
      quantity: '0.1',
      more: { ...more, callbackRate: 100 },
    });
    expect(venue.core.exchange.exitPrices(b, 'BTCUSDT', 'BOTH')).toEqual({ takeProfit: 0, stopLoss: 1_300_000 });
  });

  it('CND-5: of two that one price meets, the first to close the position ends the other, which does not fire', () => {
    const { venue, a, open } = market();
    open();
    const more = { closePosition: true };
    const [far, near] = ['59900', '59950'].map((stop) => placedCondition(venue, a, { side: 'SELL', stop, more })) as [
      number,
      number,
    ];
    venue.ok({ type: 'cancel-all-orders', actor: { userId: 3 }, cancelType: 0 });
    venue.placed(3, { side: 'BUY', price: '59850', quantity: '5' });
    venue.timeMs += 400_000;
    const events = venue.price('59850');
    expect(statuses(events, near)).toEqual(['TRIGGERED', 'FIRED']);
    expect(statuses(events, far)).toEqual(['CANCELLED']);
    expect(conditionOf(venue, a, far)).toMatchObject({ status: 'CANCELLED', rejectReason: 'POSITION_CLOSED' });
  });

  it.each(['SELL', 'BUY'] as const)('INV-6, CND-2: trailing stops on %s follow alike after a restart', (side) => {
    const { venue, a, b } = market();
    venue.ok({ type: 'cancel-all-orders', actor: { userId: 3 }, cancelType: 0 });
    venue.timeMs += 400_000;
    const away = side === 'SELL' ? 1 : -1;
    const at = (distance: number) => venue.price(String(60_000 + away * distance));
    const ids: number[] = [];
    for (const distance of [600, 500, 400]) {
      at(distance);
      ids.push(placedCondition(venue, a, { type: 'TRAILING_STOP', side, quantity: '0.1', more: { callbackRate: 5 } }));
    }
    venue.placed(b, { side: side === 'SELL' ? 'BUY' : 'SELL', price: String(60_000 + away * 200), quantity: '1' });
    const restored = Core.restore(venue.core.snapshot());
    for (const core of [venue.core, restored])
      expect(ids.map((conditionId) => core.exchange.condition(a, { conditionId })?.watermark)).toEqual(
        [600, 500, 400].map((distance) => 600_000 + 10 * away * distance),
      );
    const events = at(250);
    const { timeMs, command } = venue.journal.at(-1)!;
    expect(restored.apply(restored.sequence + 1, timeMs, command).events).toEqual(events);
    expect(ids.map((id) => conditionOf(venue, a, id).status)).toEqual(['FIRED', 'PENDING', 'PENDING']);
  });
});

describe('what a condition is refused for (MAT-12)', () => {
  const bad = (changes: Partial<NewCondition>): Partial<NewCondition> => changes;
  it.each([
    ['CONDITION_TYPE_UNKNOWN', bad({ type: 'STOP' as never })],
    ['WORKING_TYPE_INVALID', bad({ workingType: 'INDEX_PRICE' as never })],
    ['CLOSE_POSITION_CONFLICT', bad({ closePosition: true })],
    ['CLOSE_POSITION_CONFLICT', bad({ closePosition: true, quantity: 0 as QuantitySteps, reduceOnly: true })],
    ['INVALID_PARAMETER', bad({ side: 'UP' as never })],
    ['SYMBOL_NOT_TRADING', bad({ symbol: 'XUSDT' })],
    ['STOP_PRICE_INVALID', bad({ stopPrice: 0 as PriceTicks })],
    ['STOP_PRICE_INVALID', bad({ stopPrice: 10_000_001 as PriceTicks })],
    ['STOP_PRICE_INVALID', bad({ gridFault: { field: 'stopPrice', value: '1', below: '0', above: '2' } })],
    ['CONDITION_PRICE_MISSING', bad({ type: 'STOP_LIMIT' })],
    ['OFF_GRID', bad({ type: 'STOP_LIMIT', gridFault: { field: 'price', value: '1', below: '0', above: '2' } })],
    ['ACTIVATE_PRICE_INVALID', bad({ gridFault: { field: 'activatePrice', value: '1', below: '0', above: '2' } })],
    ['CALLBACK_RATE_INVALID', bad({ type: 'TRAILING_STOP' })],
    ['CALLBACK_RATE_INVALID', bad({ type: 'TRAILING_STOP', callbackRate: 101 })],
    ['CONDITION_QUANTITY_INVALID', bad({ quantity: 0 as QuantitySteps })],
    ['CONDITION_QUANTITY_INVALID', bad({ quantity: 50_001 as QuantitySteps })],
    ['CONDITION_QUANTITY_INVALID', bad({ gridFault: { field: 'quantity', value: '1', below: '0', above: '2' } })],
    ['TIME_IN_FORCE_NOT_ALLOWED', bad({ timeInForce: 'FOK' })],
    ['NOTHING_TO_REDUCE', bad({ timeInForce: 'GTE_GTC' })],
    ['WOULD_TRIGGER_IMMEDIATELY', bad({ stopPrice: 600_000 as PriceTicks })],
  ])('%s for %j, and nothing has happened', (reason, changes) => {
    const { venue, a } = market();
    const condition = newCondition(venue, { side: 'BUY', stop: '61000', quantity: '0.1', more: changes });
    const { reply, events } = venue.run({ type: 'place-condition', actor: { userId: a }, condition });
    expect(reply).toMatchObject({ ok: false, reason });
    expect(events).toEqual([]);
    expect(venue.core.exchange.openConditions(a)).toEqual([]);
  });

  it('the first failure of the order answers: form, repeat, symbol, grid, position, limits, room, reached', () => {
    const { venue, a } = market(testSymbol({ maxOpenConditions: 1 }));
    const wrong: Partial<NewCondition> = {
      workingType: 'X' as never,
      clientOrderId: 'taken',
      symbol: 'XUSDT',
      stopPrice: 0 as PriceTicks,
      timeInForce: 'GTE_GTC',
      quantity: 60_000 as QuantitySteps,
    };
    placedCondition(venue, a, { side: 'BUY', stop: '70000', quantity: '0.1', more: { clientOrderId: 'taken' } });
    const mended: Partial<NewCondition> = {};
    const step = (reason: string, mend: Partial<NewCondition>) => {
      const more = { ...wrong, ...mended };
      expect(reasonOf(placeCondition(venue, a, { side: 'BUY', more }))).toBe(reason);
      Object.assign(mended, mend);
    };
    step('WORKING_TYPE_INVALID', { workingType: 'MARK_PRICE' });
    step('DUPLICATE_CLIENT_ORDER_ID', { clientOrderId: 'free' });
    step('SYMBOL_NOT_TRADING', { symbol: 'BTCUSDT' });
    step('STOP_PRICE_INVALID', { stopPrice: 600_000 as PriceTicks });
    step('NOTHING_TO_REDUCE', { timeInForce: 'GTC' });
    step('CONDITION_QUANTITY_INVALID', { quantity: 100 as QuantitySteps });
    step('TOO_MANY_OPEN_CONDITIONS', {});
    venue.ok({ type: 'cancel-all-orders', actor: { userId: a }, cancelType: 2 });
    step('WOULD_TRIGGER_IMMEDIATELY', { stopPrice: 600_001 as PriceTicks });
    step('accepted', {});
  });

  it('POS-1: a symbol with conditions of one kind refuses the other (3011), MRG-6: and a change of the margin mode (3012)', () => {
    const { venue, a } = market();
    const id = placedCondition(venue, a, { side: 'BUY', stop: '70000', quantity: '0.1' });
    const hedge = { side: 'BUY', price: '59000', quantity: '0.1', more: { positionSide: 'LONG' } } as const;
    const isolate = {
      type: 'set-margin-mode',
      actor: { userId: a },
      symbol: 'BTCUSDT',
      marginMode: 'ISOLATED',
    } as const;
    for (const { core } of [venue, { core: Core.restore(venue.core.snapshot()) }]) {
      const apply = (command: Command) => core.apply(core.sequence + 1, venue.timeMs, command);
      const { more } = hedge;
      const condition = newCondition(venue, { side: 'BUY', stop: '70000', quantity: '0.1', more });
      expect(reasonOf(apply({ type: 'place-condition', actor: { userId: a }, condition }))).toBe(
        'POSITION_SIDE_CONFLICT',
      );
      const order = venue.order(hedge);
      expect(reasonOf(apply({ type: 'place-order', actor: { userId: a }, order }))).toBe('POSITION_SIDE_CONFLICT');
      expect(reasonOf(apply(isolate))).toBe('LEVERAGE_LOCKED');
      const reference = { symbol: 'BTCUSDT', conditionId: id };
      expect(reasonOf(apply({ type: 'cancel-condition', actor: { userId: a }, condition: reference }))).toBe(
        'accepted',
      );
      expect(reasonOf(apply(isolate))).toBe('accepted');
      expect(reasonOf(apply({ type: 'place-order', actor: { userId: a }, order }))).toBe('accepted');
    }
  });

  it('MAT-8: cancel-all of condition orders goes by ascending id and leaves orders; of the others it leaves conditions', () => {
    const { venue, a } = market();
    const order = venue.placed(a, { side: 'BUY', price: '59000', quantity: '0.1' });
    const ids = ['70000', '71000'].map((stop) => placedCondition(venue, a, { side: 'BUY', stop, quantity: '0.1' }));
    const { events } = venue.ok({ type: 'cancel-all-orders', actor: { userId: a }, cancelType: 2 });
    expect(events.flatMap((e) => (e.type === 'condition-updated' ? [e.condition.conditionId] : []))).toEqual(ids);
    expect(venue.core.exchange.openOrders(a).map((each) => each.orderId)).toEqual([order]);
    const left = placedCondition(venue, a, { side: 'BUY', stop: '70000', quantity: '0.1' });
    for (const cancelType of [0, 1] as const) {
      venue.placed(a, { side: 'BUY', price: '59000', quantity: '0.1' });
      venue.ok({ type: 'cancel-all-orders', actor: { userId: a }, cancelType });
      expect(venue.core.exchange.openOrders(a)).toEqual([]);
    }
    expect(conditionOf(venue, a, left).status).toBe('PENDING');
  });
});
