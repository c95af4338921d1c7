import { expect, it } from 'vitest';
import { SeededRandom } from '../testing/random.ts';
import { EndedOrders } from './ended-orders.ts';
import type { Order } from './order.ts';

it('MAT-8: remembers and forgets ended orders as a plain list would, over many compactions', () => {
  const random = new SeededRandom(3);
  const ended = new EndedOrders();
  const plain: Order[] = [];
  for (let orderId = 1; orderId <= 20_000; orderId++) {
    const order = { orderId, updatedAtMs: 1_000 + orderId } as Order;
    ended.push(order);
    plain.push(order);
    for (let n = random.integer(0, 2); n > 0 && plain.length > 0; n--) {
      expect(ended.oldestEndedAtMs).toBe(plain[0]?.updatedAtMs);
      expect(ended.shift()).toBe(plain.shift());
    }
    expect(ended.oldestEndedAtMs).toBe(plain[0]?.updatedAtMs ?? Number.POSITIVE_INFINITY);
    if (orderId % 1_000 === 0) expect([...ended]).toEqual(plain);
  }
});

it('has no oldest when nothing is remembered', () => {
  expect(() => new EndedOrders().shift()).toThrow(RangeError);
});
