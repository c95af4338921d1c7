import { expect, it } from 'vitest';
import { StateWriter } from '../../state/writer.ts';
import { SeededRandom } from '../../testing/random.ts';
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

it('INV-6: is written as the same list would be anew, however many snapshots were taken before', () => {
  const random = new SeededRandom(11);
  const ended = new EndedOrders();
  let writes = 0;
  const write = (w: StateWriter, order: Order): void => {
    writes++;
    w.uint(order.orderId);
  };
  const bytesOf = (orders: EndedOrders): Uint8Array => {
    const w = new StateWriter();
    orders.save(w, write);
    return w.finish();
  };
  let orderId = 0;
  for (let round = 0; round < 60; round++) {
    for (let n = random.integer(0, 900); n > 0; n--) {
      orderId++;
      ended.push({ orderId, updatedAtMs: orderId } as Order);
    }
    for (let n = random.integer(0, 900); n > 0 && Number.isFinite(ended.oldestEndedAtMs); n--) ended.shift();
    for (let n = random.integer(0, 4); n > 0; n--) ended.writeAhead(write);
    expect(bytesOf(ended)).toEqual(bytesOf(new EndedOrders(ended)));
  }
  const count = [...ended].length;
  for (let n = 0; n < 3_000; n++) ended.push({ orderId: ++orderId, updatedAtMs: orderId } as Order);
  for (let n = 0; n < 30; n++) ended.writeAhead(write);
  writes = 0;
  bytesOf(ended);
  // Of all that is remembered only what fills no chunk is written anew: less than one at each end.
  expect(count + 3_000).toBeGreaterThan(2_500);
  expect(writes).toBeLessThan(512);
  expect(ended.chunkCount).toBeGreaterThan(10);
  while (Number.isFinite(ended.oldestEndedAtMs)) ended.shift();
  expect(ended.chunkCount).toBe(0);
});
