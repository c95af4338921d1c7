import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import { BTC, TestVenue } from '../../testing/index.ts';
import { NaiveBook } from '../book/naive-book.ts';
import { Market } from '../symbols/market.ts';
import { MAX_POOLED_ORDERS, OrderPool } from './order-pool.ts';

const market = new Market(BTC, new NaiveBook());

describe('forgotten orders, to be used again', () => {
  it('come back, and new ones when there are none', () => {
    const pool = new OrderPool();
    const first = pool.take(market);
    first.orderId = 7;
    expect(pool.take(market)).not.toBe(first);
    pool.put(first);
    expect(pool.size).toBe(1);
    expect(pool.take(market)).toBe(first);
    expect(pool.size).toBe(0);
  });

  it('are never forgotten twice', () => {
    const pool = new OrderPool();
    const order = pool.take(market);
    order.orderId = 7;
    pool.put(order);
    expect(() => pool.put(order)).toThrow('forgotten twice');
  });

  it('are let go beyond the limit', () => {
    const pool = new OrderPool();
    const spare = new OrderPool();
    for (let id = 1; id <= MAX_POOLED_ORDERS + 1; id++) pool.put({ ...spare.take(market), orderId: id });
    expect(pool.size).toBe(MAX_POOLED_ORDERS);
  });

  it('leave no trace in what is made of them: a core restored without them does the same', () => {
    const venue = new TestVenue();
    venue.price('60000');
    const [buyer, seller] = [venue.user('100000'), venue.user('100000')];
    const more = { clientOrderId: 'mine', reduceOnly: false, makerOnly: true, placeType: 'BY_HAND' };
    venue.placed(seller, { side: 'SELL', price: '60100', quantity: '0.3', more });
    venue.placed(buyer, { side: 'BUY', price: '60100', quantity: '0.2' });
    venue.ok({ type: 'cancel-all-orders', actor: { userId: seller } });
    venue.timeMs += 24 * 60 * 60 * 1_000;
    venue.price('60000');
    const { orderPool } = venue.core.exchangeState;
    expect(orderPool.size).toBe(2);

    const restored = Core.restore(venue.core.snapshot());
    const orders = [
      { userId: buyer, order: venue.order({ side: 'BUY', price: '59900', quantity: '0.1' }) },
      { userId: seller, order: venue.order({ side: 'SELL', type: 'MARKET', quantity: '0.1', more: IOC }) },
      { userId: seller, order: venue.order({ side: 'SELL', price: '60100', quantity: '0.3', more }) },
    ];
    for (const { userId, order } of orders) {
      const one = venue.ok({ type: 'place-order', actor: { userId }, order });
      const other = restored.apply(restored.sequence + 1, venue.timeMs, {
        type: 'place-order',
        actor: { userId },
        order,
      });
      expect(one).toEqual(other);
    }
    expect(orderPool.size).toBe(0);
    expect(venue.core.snapshot()).toEqual(restored.snapshot());
  });
});

const IOC = { timeInForce: 'IOC' } as const;
