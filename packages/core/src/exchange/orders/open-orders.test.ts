import { expect, it } from 'vitest';
import { SeededRandom } from '../../testing/random.ts';
import { OpenOrders } from './open-orders.ts';
import { NOT_OPEN, type Order } from './order.ts';

it('holds what a set would, and each order knows whether it is in it', () => {
  const random = new SeededRandom(6);
  const open = new OpenOrders();
  const plain = new Set<Order>();
  for (let orderId = 1; orderId <= 2_000; orderId++) {
    const order = { orderId, openIndex: NOT_OPEN } as Order;
    open.add(order);
    plain.add(order);
    for (let n = random.integer(0, 2); n > 0 && plain.size > 0; n--) {
      const gone = random.pick([...plain]);
      open.delete(gone);
      plain.delete(gone);
      expect(gone.openIndex).toBe(NOT_OPEN);
    }
    expect(open.size).toBe(plain.size);
    expect(new Set(open.values())).toEqual(plain);
    for (const each of plain) expect(each.openIndex).not.toBe(NOT_OPEN);
  }
});
