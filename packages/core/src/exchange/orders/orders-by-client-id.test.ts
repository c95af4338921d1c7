import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Order } from './order.ts';
import { hashOf, MAX_PROBES, OrdersByClientId } from './orders-by-client-id.ts';

const orderOf = (clientOrderId: string): Order => ({ clientOrderId, clientOrderIdHash: 0 }) as Order;

/** Few ids, so that they meet again, some of which have their homes beside each other in a small table. */
const ids = fc.integer({ min: 0, max: 60 }).map((n) => `id-${n}`);
const steps = fc.array(fc.record({ id: ids, forget: fc.boolean() }), { maxLength: 400 });

it('MAT-11: finds what a map would find after any orders came and went', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const found = new OrdersByClientId();
      const plain = new Map<string, Order>();
      for (const { id, forget } of all) {
        const known = plain.get(id);
        if (forget && known !== undefined) {
          found.delete(known);
          plain.delete(id);
        } else if (!forget) {
          const order = orderOf(id);
          found.set(order);
          plain.set(id, order);
        }
        for (let n = 0; n <= 60; n++) expect(found.get(`id-${n}`)).toBe(plain.get(`id-${n}`));
        expect(found.size).toBe(plain.size);
      }
    }),
    { numRuns: 40 },
  );
});

it('MAT-11: an order whose clientOrderId another one has taken over does not take it along', () => {
  const found = new OrdersByClientId();
  const first = orderOf('again');
  const second = orderOf('again');
  found.set(first);
  found.set(second);
  found.delete(first);
  expect(found.get('again')).toBe(second);
  found.delete(second);
  found.delete(second);
  expect(found.get('again')).toBeUndefined();
  expect(found.size).toBe(0);
});

it('grows and shrinks with its orders, and finds each of them all the while', () => {
  const found = new OrdersByClientId();
  const orders = Array.from({ length: 5_000 }, (_, n) => orderOf(`order-${n}`));
  for (const order of orders) found.set(order);
  expect(orders.every((order) => found.get(order.clientOrderId) === order)).toBe(true);
  orders.forEach((order, n) => {
    found.delete(order);
    expect(found.get(`order-${n}`)).toBeUndefined();
    if (n % 500 === 0) expect(orders.slice(n + 1).every((kept) => found.get(kept.clientOrderId) === kept)).toBe(true);
  });
});

it('a user who chose ids that meet at one place is served by a map from then on', () => {
  const meeting: Order[] = [];
  for (let n = 0; meeting.length < MAX_PROBES + 50; n++)
    if ((hashOf(`x${n}`) & 0x7ff) === 5) meeting.push(orderOf(`x${n}`));
  const found = new OrdersByClientId();
  const others = Array.from({ length: 100 }, (_, n) => orderOf(`other-${n}`));
  for (const order of [...others, ...meeting]) found.set(order);
  for (const order of [...others, ...meeting]) expect(found.get(order.clientOrderId)).toBe(order);
  expect(found.size).toBe(others.length + meeting.length);
  for (const order of meeting) found.delete(order);
  expect(found.size).toBe(others.length);
  expect(found.get('x0')).toBeUndefined();
});

it('an id that no order has is looked for no further than the limit', () => {
  const found = new OrdersByClientId();
  expect(found.get('none')).toBeUndefined();
  // Homes one after the other, so that all of them are one row.
  const row = new Map<number, Order>();
  for (let n = 0; row.size < MAX_PROBES + 10; n++) {
    const home = hashOf(`y${n}`) & 0x3ff;
    if (home < MAX_PROBES + 10 && !row.has(home)) row.set(home, orderOf(`y${n}`));
  }
  for (const order of row.values()) found.set(order);
  let absent = 0;
  while ((hashOf(`z${absent}`) & 0x3ff) !== 0) absent++;
  expect(found.get(`z${absent}`)).toBeUndefined();
  for (const order of row.values()) expect(found.get(order.clientOrderId)).toBe(order);
});

it('tells two ids of the same hash apart', () => {
  const known = new Map<number, string>();
  let n = 0;
  while (known.get(hashOf(`pair-${n}`)) === undefined) known.set(hashOf(`pair-${n}`), `pair-${n++}`);
  const [first, second] = [orderOf(known.get(hashOf(`pair-${n}`)) as string), orderOf(`pair-${n}`)];
  const found = new OrdersByClientId();
  found.set(first);
  expect(found.get(second.clientOrderId)).toBeUndefined();
  found.set(second);
  expect([found.get(first.clientOrderId), found.get(second.clientOrderId)]).toEqual([first, second]);
  found.delete(first);
  expect([found.get(first.clientOrderId), found.get(second.clientOrderId)]).toEqual([undefined, second]);
});
