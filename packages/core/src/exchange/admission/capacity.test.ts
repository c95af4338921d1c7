import { type Money, ONE, type PriceTicks, parseDecimal, type QuantitySteps } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import { TestVenue, testSymbol } from '../../testing/index.ts';
import { NaiveBook } from '../book/naive-book.ts';
import { MAX_RESTING_ORDERS } from '../book/order-book.ts';

const LARGEST = 2 ** 52 - 1;

/** A symbol as coarse as the rules allow: one price, and two orders that together come to 2^53. */
const COARSE = testSymbol({
  tickSize: 1n,
  stepSize: ONE,
  minNotional: 0n as Money,
  maxLimitOrderQuantity: LARGEST as QuantitySteps,
  maxMarketOrderQuantity: LARGEST as QuantitySteps,
  maxOpenOrders: 1,
  maxPrice: 1 as PriceTicks,
  tiers: [{ ...testSymbol({}).tiers[0]!, cap: parseDecimal('1000000000000000') as Money }],
});

function coarse(users: number) {
  const venue = new TestVenue([COARSE]);
  const userIds = Array.from({ length: users }, () => venue.user('1000000000000'));
  venue.ok({
    type: 'update-prices',
    symbols: [{ symbol: 'BTCUSDT', quotes: [{ source: 's', price: 1 as PriceTicks, ageMs: 0, weight: 1 }] }],
  });
  const place = (userId: number, side: 'BUY' | 'SELL') =>
    venue.place(userId, { side, more: { price: 1 as PriceTicks, quantity: LARGEST as QuantitySteps } }).reply;
  return { venue, userIds, place };
}

describe('sums stay below 2^53', () => {
  it('MAT-12: a price level that would pass it takes no more orders', () => {
    const { venue, userIds, place } = coarse(3);
    const [a, b, c] = userIds as [number, number, number];
    expect(place(a, 'BUY').ok && place(b, 'BUY').ok).toBe(true);
    expect(place(c, 'BUY')).toMatchObject({ ok: false, reason: 'TOO_MANY_OPEN_ORDERS' });
    expect(Core.restore(venue.core.snapshot()).exchange.depth('BTCUSDT')?.bids).toEqual([[1, 2 * LARGEST]]);
  });

  it('MAT-7, MAT-12: an amended order leaves its own place at the level first', () => {
    const { venue, userIds, place } = coarse(3);
    const [a, b, c] = userIds as [number, number, number];
    expect(place(a, 'BUY').ok && place(b, 'BUY').ok).toBe(true);
    const one = { side: 'BUY', more: { price: 1 as PriceTicks, quantity: 1 as QuantitySteps } } as const;
    const orderId = venue.placed(c, one);
    const amend = (quantity: number) =>
      venue.run({
        type: 'amend-order',
        actor: { userId: c },
        amendment: { symbol: 'BTCUSDT', orderId, quantity: quantity as QuantitySteps },
      }).reply;
    const rule = `a price level takes at most ${Number.MAX_SAFE_INTEGER} steps`;
    expect(amend(2)).toEqual({ ok: false, reason: 'TOO_MANY_OPEN_ORDERS', details: { field: 'price', rule } });
    venue.ok({ type: 'cancel-all-orders', actor: { userId: b } });
    venue.placed(b, { side: 'BUY', more: { price: 1 as PriceTicks, quantity: (LARGEST - 1) as QuantitySteps } });
    expect(amend(2)).toMatchObject({ ok: true, order: { quantity: 2 } });
    expect(amend(1)).toMatchObject({ ok: true, order: { quantity: 1 } });
  });

  it('MRG-5: a position that would pass it is refused', () => {
    const { venue, userIds, place } = coarse(2);
    const [a, b] = userIds as [number, number];
    for (let i = 0; i < 2; i++) expect(place(a, 'SELL').ok && place(b, 'BUY').ok).toBe(true);
    expect(venue.position(b)?.quantity).toBe(2 * LARGEST);
    const rule = 'position and orders of this side are too large';
    expect(place(b, 'BUY')).toEqual({ ok: false, reason: 'TIER_LIMIT', details: { field: 'quantity', rule } });
    expect(place(a, 'BUY').ok).toBe(true);
  });

  it('INV-2: so is an open interest that would pass it', () => {
    const { venue, userIds, place } = coarse(6);
    const [a, b, c, d, e, f] = userIds as [number, number, number, number, number, number];
    for (const [seller, buyer] of [
      [a, b],
      [c, d],
    ] as const)
      expect(place(seller, 'SELL').ok && place(buyer, 'BUY').ok).toBe(true);
    const details = { field: 'quantity', rule: 'the open interest of the symbol is too large' };
    expect([place(e, 'SELL'), place(f, 'BUY')]).toEqual([
      { ok: false, reason: 'TIER_LIMIT', details },
      { ok: false, reason: 'TIER_LIMIT', details },
    ]);
    // 2^53 - 1 itself is open, and what only closes adds nothing to it.
    for (const [userId, side] of [
      [e, 'SELL'],
      [f, 'BUY'],
    ] as const)
      venue.placed(userId, { side, more: { price: 1 as PriceTicks, quantity: 1 as QuantitySteps } });
    expect(venue.core.exchange.symbol('BTCUSDT')?.openInterest).toBe(Number.MAX_SAFE_INTEGER);
    expect(place(a, 'BUY')).toMatchObject({ ok: true, order: { status: 'PENDING' } });
  });

  it('INV-2: price x quantity of one order may reach 2^53 - 1 and not pass it', () => {
    // 2^53 - 1 is 6,361 times this quantity, which no single order may have: it is closed whole.
    const quantity = (2 ** 53 - 1) / 6_361;
    const largest = Math.floor(Number.MAX_SAFE_INTEGER / 6_362 / 2);
    const market = testSymbol({
      ...COARSE,
      maxPrice: 6_362 as PriceTicks,
      maxLimitOrderQuantity: largest as QuantitySteps,
      maxMarketOrderQuantity: largest as QuantitySteps,
    });
    const venue = new TestVenue([market]);
    const [a, b] = [venue.user('1000000000000'), venue.user('1000000000000')];
    const price = 6_361 as PriceTicks;
    venue.ok({
      type: 'update-prices',
      symbols: [{ symbol: 'BTCUSDT', quotes: [{ source: 's', price, ageMs: 0, weight: 1 }] }],
    });
    const order = (side: 'BUY' | 'SELL', steps: number) => ({
      side,
      more: { price, quantity: steps as QuantitySteps },
    });
    for (const steps of [largest, largest, quantity - 2 * largest]) {
      venue.placed(a, order('SELL', steps));
      venue.placed(b, order('BUY', steps));
    }
    expect(venue.position(b)?.quantity).toBe(quantity);
    const close = (at: number) =>
      venue.place(b, { side: 'SELL', more: { price: at as PriceTicks, closePosition: true } }).reply;
    const rule = 'price x quantity of one order is too large: split it';
    expect(close(6_362)).toEqual({ ok: false, reason: 'TIER_LIMIT', details: { field: 'quantity', rule } });
    expect(close(6_361)).toMatchObject({ ok: true, order: { quantity, status: 'PENDING' } });
  });

  it('MAT-12: a full book takes no more orders, but those that fill', () => {
    let full = false;
    class CountedBook extends NaiveBook {
      override get orderCount(): number {
        return full ? MAX_RESTING_ORDERS : super.orderCount;
      }
    }
    const venue = new TestVenue(undefined, () => new CountedBook());
    const [a, b] = [venue.user('100000'), venue.user('100000')];
    venue.price('60000');
    venue.placed(a, { side: 'SELL', price: '60000', quantity: '0.1' });
    const buy = (price: string) =>
      venue.core.apply(venue.core.sequence + 1, venue.timeMs, {
        type: 'place-order',
        actor: { userId: b },
        order: venue.order({ side: 'BUY', price, quantity: '0.1' }),
      }).reply;
    full = true;
    expect(buy('59000')).toMatchObject({ ok: false, reason: 'TOO_MANY_OPEN_ORDERS' });
    expect(buy('60000')).toMatchObject({ ok: true, order: { status: 'FILLED' } });
  });
});
