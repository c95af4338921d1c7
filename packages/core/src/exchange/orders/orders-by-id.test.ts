import { expect, it } from 'vitest';
import { SeededRandom } from '../../testing/random.ts';
import type { Order } from './order.ts';
import { OrdersById } from './orders-by-id.ts';

it('MAT-8: holds what a plain map would, with some orders that outlive the others by far', () => {
  const random = new SeededRandom(5);
  const orders = new OrdersById();
  const plain = new Map<number, Order>();
  for (let orderId = 1; orderId <= 5_000; orderId++) {
    const order = { orderId } as Order;
    orders.set(orderId, order);
    plain.set(orderId, order);
    const other = random.integer(Math.max(0, orderId - 300), orderId + 70);
    if (random.chance(1, 10) && plain.has(other)) {
      const next = { orderId: other } as Order;
      orders.set(other, next);
      plain.set(other, next);
    } else {
      orders.delete(other);
      plain.delete(other);
    }
    const asked = random.integer(0, orderId + 70);
    expect(orders.get(asked)).toBe(plain.get(asked));
    if (orderId % 500 === 0) expect([...orders.values()]).toEqual([...plain.values()]);
  }
  expect(plain.size).toBeGreaterThan(500);
});

it('knows nothing by an id that no order has', () => {
  const orders = new OrdersById();
  orders.set(7, { orderId: 7 } as Order);
  for (const orderId of [0, 6, 8, 71, -7, 0.5, 2 ** 53]) expect(orders.get(orderId)).toBeUndefined();
});
