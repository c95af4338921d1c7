import { formatDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { NewCondition, SubOrder } from '../../command.ts';
import { Core } from '../../core.ts';
import type { Event } from '../../event.ts';
import {
  BTC,
  conditionOf,
  ETH,
  newCondition,
  placeCondition,
  placedCondition,
  placedStrategy,
  strategyOf,
  TestVenue,
  testSymbol,
} from '../../testing/index.ts';
import type { ConditionType, Side, SymbolStatus } from '../enums.ts';

const HOUR_MS = 3_600_000;

function market() {
  const venue = new TestVenue();
  const [long, short] = [venue.user('100000'), venue.user('100000')];
  venue.price('60000');
  venue.trade(long, short, { price: '60000', quantity: '0.5' });
  const status = (userId: number, orderId: number) => venue.core.exchange.order(userId, { orderId });
  /** A live price of the last hour, `seconds` after it began. */
  const priceAt = (timeMs: number, price: string): readonly Event[] => {
    venue.timeMs = timeMs;
    return venue.price(price);
  };
  const delist = (inMs: number) => venue.run({ type: 'delist-symbol', symbol: 'BTCUSDT', atMs: venue.timeMs + inMs });
  return { venue, long, short, status, priceAt, delist };
}

describe('a symbol turns REDUCE_ONLY (SYM-4)', () => {
  it('ends orders with an opening part; the others count as reduce-only and never exceed the position (INV-7)', () => {
    const { venue, long, status } = market();
    const opening = venue.placed(long, { side: 'BUY', price: '59000', quantity: '0.1' });
    const tooLarge = venue.placed(long, { side: 'SELL', price: '60500', quantity: '0.6' });
    const near = venue.placed(long, { side: 'SELL', price: '60100', quantity: '0.4' });
    const far = venue.placed(long, { side: 'SELL', price: '60200', quantity: '0.3' });
    venue.ok({ type: 'configure-symbol', parameters: testSymbol({ status: 'REDUCE_ONLY' }) });
    expect(status(long, opening)?.status).toBe('PENDING');
    venue.price('60000');
    for (const orderId of [opening, tooLarge])
      expect(status(long, orderId)).toMatchObject({ status: 'CANCELED', rejectReason: 'SYMBOL' });
    expect(status(long, near)).toMatchObject({ reduceOnly: true, quantity: 400 });
    expect(status(long, far)).toMatchObject({ reduceOnly: true, quantity: 100 });
    expect(venue.account(long).frozen).toBe(0n);
    expect(Core.restore(venue.core.snapshot()).snapshot()).toEqual(venue.core.snapshot());
  });
});

describe('conditions where a symbol does not trade freely (SYM-4)', () => {
  const configured = (status: SymbolStatus) => {
    const { venue, long, short } = market();
    const stop = (type: ConditionType, side: Side) =>
      placedCondition(venue, long, { type, side, stop: '60100', quantity: '0.1' });
    const [opening, closing] = [stop('STOP_MARKET', 'BUY'), stop('TAKE_PROFIT_MARKET', 'SELL')];
    venue.placed(short, { side: 'BUY', price: '59950', quantity: '0.1', more: { reduceOnly: true } });
    venue.ok({ type: 'configure-symbol', parameters: testSymbol({ status }) });
    venue.timeMs += 400_000;
    venue.price('60100');
    const of = (id: number) => conditionOf(venue, long, id);
    return { venue, long, of, opening, closing };
  };

  it('REDUCE_ONLY: what opens is rejected when it fires, what closes fires', () => {
    const { venue, long, of, opening, closing } = configured('REDUCE_ONLY');
    expect(of(opening)).toMatchObject({ status: 'REJECTED', rejectReason: 'SYMBOL_NOT_TRADING' });
    expect(of(closing)).toMatchObject({ status: 'FIRED', rejectReason: '' });
    expect(venue.position(long)?.quantity).toBe(400);
    const condition = { side: 'BUY', stop: '61000', quantity: '0.1' } as const;
    expect(placeCondition(venue, long, condition).reply).toMatchObject({ reason: 'SYMBOL_NOT_TRADING' });
    placedCondition(venue, long, { ...condition, more: { reduceOnly: true } });
  });

  it.each(['CANCEL_ONLY', 'HALTED'] as const)('%s: nothing fires until orders match again', (status) => {
    const { venue, of, opening, closing } = configured(status);
    expect([of(opening).status, of(closing).status]).toEqual(['PENDING', 'PENDING']);
    venue.ok({ type: 'configure-symbol', parameters: testSymbol({}) });
    venue.price('60100');
    expect([of(opening).status, of(closing).status]).toEqual(['REJECTED', 'FIRED']);
  });
});

describe('scheduled parameters (SYM-1)', () => {
  it('wait for the first price command at or after their time', () => {
    const { venue, priceAt } = market();
    const effectiveAtMs = venue.timeMs + 60_000;
    venue.ok({ type: 'configure-symbol', parameters: testSymbol({ maxOpenOrders: 7 }), effectiveAtMs });
    const limit = () => venue.core.exchange.symbol('BTCUSDT')?.parameters.maxOpenOrders;
    priceAt(effectiveAtMs - 1, '60000');
    expect(limit()).toBe(200);
    expect(Core.restore(venue.core.snapshot()).snapshot()).toEqual(venue.core.snapshot());
    const events = priceAt(effectiveAtMs, '60000');
    expect(limit()).toBe(7);
    expect(events[0]).toEqual({ type: 'symbol-configured', symbol: 'BTCUSDT', version: 2 });
  });
});

describe('delisting (SYM-5)', () => {
  it('needs 24 hours’ notice', () => {
    const { venue, delist } = market();
    const delistingAtMs = () => venue.core.exchange.symbol('BTCUSDT')?.delistingAtMs;
    expect(delist(24 * HOUR_MS - 1).reply).toMatchObject({ ok: false, reason: 'OUT_OF_RANGE' });
    expect(delistingAtMs()).toBe(0);
    expect(delist(24 * HOUR_MS).reply).toMatchObject({ ok: true });
    expect(delistingAtMs()).toBe(venue.timeMs + 24 * HOUR_MS);
  });

  it('takes only reducing orders in its last hour, then ends all orders and settles at the mean index, without a fee', () => {
    const { venue, long, short, status, priceAt, delist } = market();
    const endMs = venue.timeMs + 25 * HOUR_MS;
    delist(25 * HOUR_MS);
    const opening = venue.placed(long, { side: 'BUY', price: '59000', quantity: '0.1' });
    priceAt(endMs - HOUR_MS - 1, '61000');
    expect(status(long, opening)?.status).toBe('PENDING');
    priceAt(endMs - HOUR_MS, '60000');
    expect(status(long, opening)).toMatchObject({ status: 'CANCELED', rejectReason: 'SYMBOL' });
    expect(venue.core.exchange.symbol('BTCUSDT')?.status).toBe('REDUCE_ONLY');
    expect(venue.place(short, { side: 'SELL', price: '60000', quantity: '0.1' }).reply).toMatchObject({ ok: false });
    const closing = venue.placed(long, { side: 'SELL', price: '60500', quantity: '0.2' });
    priceAt(endMs - 1_800_000, '60000.1');
    const restored = Core.restore(venue.core.snapshot());
    const wallets = [long, short].map((user) => venue.account(user).wallet);

    venue.timeMs = endMs;
    const events = venue.run({ type: 'cancel-all-orders', actor: { userId: long } }).events;
    // S7: the mean of 60,000.0 and 60,000.1 is half a tick: up.
    expect(events).toContainEqual({
      type: 'symbol-delisting',
      symbol: 'BTCUSDT',
      phase: 'ENDED',
      atMs: endMs,
      settlement: { price: 600_001, samples: 2 },
    });
    expect(status(long, closing)).toMatchObject({ status: 'CANCELED', rejectReason: 'DELISTED' });
    const changes = [long, short].map((user, i) => venue.account(user).wallet - (wallets[i] ?? 0n));
    expect(changes.map(formatDecimalSigned)).toEqual(['0.05', '-0.05']);
    expect(venue.position(long)).toBeUndefined();
    expect(venue.core.exchange.symbol('BTCUSDT')).toMatchObject({ status: 'HALTED', openInterest: 0 });
    expect(venue.place(long, { side: 'BUY', price: '60000', quantity: '0.1' }).reply).toMatchObject({ ok: false });
    expect(venue.run({ type: 'configure-symbol', parameters: testSymbol({}) }).reply).toMatchObject({ ok: false });
    for (const { sequence, timeMs, command } of venue.journal.slice(restored.sequence))
      restored.apply(sequence, timeMs, command);
    expect(restored.snapshot()).toEqual(venue.core.snapshot());
  });

  it('settles at the last index when the last hour had none: it stays where no source is left (PRC-1)', () => {
    const { venue, long, short, priceAt, delist } = market();
    const other = venue.user('100000');
    const endMs = venue.timeMs + 25 * HOUR_MS;
    delist(25 * HOUR_MS);
    // A last trade of 60,300 and bids above the index of 60,000 hold the mark away from it.
    venue.placed(short, { side: 'SELL', price: '60300', quantity: '0.01' });
    venue.placed(other, { side: 'BUY', price: '60300', quantity: '0.02' });
    venue.placed(short, { side: 'SELL', price: '60310', quantity: '0.01' });
    for (const secondsBefore of [3, 2]) priceAt(endMs - HOUR_MS - secondsBefore * 1_000, '60000');
    expect(venue.core.exchange.symbol('BTCUSDT')).toMatchObject({ index: 600_000, mark: 603_000 });
    const { wallet } = venue.account(long);
    venue.timeMs = endMs;
    const { events } = venue.ok({ type: 'update-prices', symbols: [] });
    expect(events).toContainEqual(expect.objectContaining({ settlement: { price: 600_000, samples: 0 } }));
    expect(venue.account(long).wallet).toBe(wallet);
  });

  it('settles no funding that falls due at its end: its positions are closed before (FND-3, MAT-13)', () => {
    const { venue, long, short, priceAt } = market();
    const due = (Math.floor(venue.timeMs / (8 * HOUR_MS)) + 4) * 8 * HOUR_MS;
    venue.ok({ type: 'delist-symbol', symbol: 'BTCUSDT', atMs: due });
    priceAt(due - HOUR_MS, '60000');
    const wallets = [long, short].map((user) => venue.account(user).wallet);
    const events = priceAt(due, '60000');
    expect(events.map(({ type }) => type)).not.toContain('funding-settled');
    expect([long, short].map((user) => venue.account(user).wallet)).toEqual(wallets);
    expect(venue.position(long)).toBeUndefined();
  });

  it('says nothing of a symbol after its end, whatever sources still quote it, nor after a restart', () => {
    const venue = new TestVenue([BTC, ETH]);
    const prices = (price: string) => venue.prices({ BTCUSDT: price, ETHUSDT: price });
    const told = (events: readonly Event[]) =>
      events.flatMap((event) => ('symbol' in event ? [`${event.type} ${event.symbol}`] : []));
    prices('60000');
    const endMs = venue.timeMs + 24 * HOUR_MS;
    venue.ok({ type: 'delist-symbol', symbol: 'BTCUSDT', atMs: endMs });
    const late = testSymbol({ maxOpenOrders: 7 });
    venue.ok({ type: 'configure-symbol', parameters: late, effectiveAtMs: endMs + 1 });
    venue.timeMs = endMs - 1;
    expect(told(prices('60001'))).toContain('prices-updated BTCUSDT');
    venue.timeMs = endMs;
    expect(told(prices('60002'))).toEqual(['symbol-delisting BTCUSDT', 'prices-updated ETHUSDT']);
    const restored = Core.restore(venue.core.snapshot());
    const ended = venue.core.exchange.symbol('BTCUSDT');
    expect(ended).toMatchObject({ status: 'HALTED', index: 600_010, version: 1 });
    venue.timeMs = endMs + 8 * HOUR_MS;
    const events = prices('60003');
    expect(told(events)).not.toContainEqual(expect.stringContaining('BTCUSDT'));
    expect(told(events)).toContain('prices-updated ETHUSDT');
    expect(venue.core.exchange.symbol('BTCUSDT')).toEqual({ ...ended, priceState: 'FROZEN' });
    const last = venue.journal.at(-1);
    expect(last?.sequence).toBe(restored.sequence + 1);
    if (last !== undefined) expect(restored.apply(last.sequence, last.timeMs, last.command).events).toEqual(events);
  });
});

describe('strategies that end with their symbol (STR-2)', () => {
  it('are CANCELLED when their parent has not filled, and ALL_DONE when it has', () => {
    const { venue, long, short, delist } = market();
    const endMs = venue.timeMs + 25 * HOUR_MS;
    delist(25 * HOUR_MS);
    const stopLoss = { stopPrice: venue.ticks('BTCUSDT', '58000'), workingType: 'MARK_PRICE' } as const;
    const buy = (price: string) => venue.placed(long, { side: 'BUY', price, quantity: '0.02', more: { stopLoss } });
    const strategyOfOrder = (orderId: number) => venue.core.exchange.order(long, { orderId })?.strategyId as number;
    const [filled, untouched] = [buy('59990'), buy('59900')].map(strategyOfOrder) as [number, number];
    venue.placed(short, { side: 'SELL', price: '59990', quantity: '0.01' });
    venue.timeMs = endMs;
    venue.ok({ type: 'cancel-all-orders', actor: { userId: long } });
    expect(strategyOf(venue, long, filled).status).toBe('ALL_DONE');
    expect(strategyOf(venue, long, untouched).status).toBe('CANCELLED');
  });
});

describe('the end of what waits (SYM-5)', () => {
  it('ends orders, conditions, waiting legs and strategies, each by id, before positions are settled', () => {
    const { venue, long, status, priceAt, delist } = market();
    const endMs = venue.timeMs + 25 * HOUR_MS;
    delist(25 * HOUR_MS);
    priceAt(endMs - HOUR_MS, '60000');
    const stop = (stopPrice: string, more: Partial<NewCondition> = {}) =>
      placedCondition(venue, long, {
        side: 'SELL',
        stop: stopPrice,
        quantity: '0.1',
        more: { reduceOnly: true, ...more },
      });
    const bound = stop('50000', { quantity: 0 as never, reduceOnly: false, closePosition: true });
    const resting = placedCondition(venue, long, {
      type: 'STOP_LIMIT',
      side: 'SELL',
      stop: '59990',
      price: '60500',
      quantity: '0.1',
      more: { reduceOnly: true },
    });
    priceAt(endMs - HOUR_MS + 1_000_000, '59900');
    expect(conditionOf(venue, long, resting).status).toBe('TRIGGERED');
    const sub = (strategySubId: number, more: Partial<SubOrder>): SubOrder => ({
      strategySubId,
      firstDrivenId: 0,
      secondDrivenId: 0,
      ...more,
    });
    const waits = { firstDrivenId: 1, firstDrivenOn: 'FILLED', firstTrigger: 'PLACE_ORDER' } as const;
    const strategyId = placedStrategy(venue, long, {
      strategyType: 'OTOCO',
      subOrders: [
        sub(1, { order: venue.order({ side: 'SELL', price: '60400', quantity: '0.1', more: { reduceOnly: true } }) }),
        sub(2, { ...waits, order: venue.order({ side: 'BUY', price: '59000' }) }),
        sub(3, { ...waits, condition: newCondition(venue, { side: 'BUY', stop: '61000' }) }),
      ],
    });
    const before = Core.restore(venue.core.snapshot());

    venue.timeMs = endMs;
    const { events } = venue.run({ type: 'cancel-all-orders', actor: { userId: long } });
    const ended = { status: 'CANCELLED', rejectReason: 'DELISTED' };
    const strategy = strategyOf(venue, long, strategyId);
    expect(strategy.status).toBe('CANCELLED');
    const [parent, leg, condition] = strategy.subOrders;
    for (const order of [parent?.order, leg?.order, status(long, conditionOf(venue, long, resting).generatedOrderId)])
      expect(order).toMatchObject({ status: 'CANCELED', rejectReason: 'DELISTED' });
    expect(condition?.condition).toMatchObject(ended);
    expect(conditionOf(venue, long, bound)).toMatchObject(ended);
    expect(conditionOf(venue, long, resting)).toMatchObject({ status: 'FIRED' });
    expect(venue.core.exchange.openConditions(long)).toEqual([]);
    const settled = events.findIndex(({ type }) => type === 'position-changed');
    const ends = (event: Event): boolean =>
      (event.type === 'order-updated' && event.order.rejectReason === 'DELISTED') ||
      (event.type === 'condition-updated' && event.condition.rejectReason === 'DELISTED') ||
      event.type === 'strategy-updated';
    expect(events.slice(0, settled).filter(ends)).toHaveLength(6);
    expect(events.slice(settled).filter(ends)).toEqual([]);
    for (const { sequence, timeMs, command } of venue.journal.slice(before.sequence))
      before.apply(sequence, timeMs, command);
    expect(before.snapshot()).toEqual(venue.core.snapshot());
  });
});

const formatDecimalSigned = (amount: bigint): string =>
  amount < 0n ? `-${formatDecimal(-amount)}` : formatDecimal(amount);

describe('two symbols that end at one time (SYM-5)', () => {
  it('INV-6: go in listing order, however they were announced, over a restart too', () => {
    const venue = new TestVenue([BTC, ETH]);
    venue.prices({ BTCUSDT: '60000', ETHUSDT: '3000' });
    const atMs = venue.timeMs + 25 * HOUR_MS;
    for (const symbol of ['ETHUSDT', 'BTCUSDT']) venue.ok({ type: 'delist-symbol', symbol, atMs });
    const restored = Core.restore(venue.core.snapshot());
    venue.timeMs = atMs - HOUR_MS;
    const { events } = venue.ok({ type: 'update-prices', symbols: [] });
    const begun = events.flatMap((event) => (event.type === 'symbol-delisting' ? [event.symbol] : []));
    expect(begun).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect(restored.apply(restored.sequence + 1, venue.timeMs, { type: 'update-prices', symbols: [] }).events).toEqual(
      events,
    );
  });
});
