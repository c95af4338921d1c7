import { money } from '@openvenue/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OrderList } from './order-list.ts';
import { DIRECTIONS, STATUSES, type TransferOrder } from './transfer-order.ts';
import { TransferOrders } from './transfer-orders.ts';

const order = fc.record({
  direction: fc.constantFrom(...DIRECTIONS),
  status: fc.constantFrom(...STATUSES),
  afterMs: fc.nat(3),
});
const bound = fc.option(fc.nat(60), { nil: undefined });
const query = fc.record({
  direction: fc.option(fc.constantFrom(...DIRECTIONS), { nil: undefined }),
  status: fc.option(fc.constantFrom(...STATUSES), { nil: undefined }),
  fromMs: bound,
  beforeMs: bound,
  skip: fc.nat(45),
  take: fc.integer({ min: 1, max: 7 }),
});

function present<T extends object>(fields: T): Partial<{ [Key in keyof T]: NonNullable<T[Key]> }> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<{ [Key in keyof T]: NonNullable<T[Key]> }>;
}

describe('TransferOrders', () => {
  test('AGY-18: an order that comes to a status late takes its place by its id', () => {
    const list = new OrderList();
    const ids = [1, 2, 4, 5, 6, 8, 9, 10, 3, 7];
    for (const orderId of ids) list.add({ orderId, direction: 'IN', status: 'REVERSED' } as TransferOrder);
    const selected = list.select({}, { skip: 0, take: 20 }, () => 0);
    expect(selected).toEqual({ total: 10, orderIds: ids.toSorted((a, b) => b - a) });
  });

  test('AGY-18: a page is what filtering and sorting all of them gives', () => {
    fc.assert(
      fc.property(
        fc.array(order, { maxLength: 40, size: 'max' }),
        fc.array(query, { minLength: 1, maxLength: 8 }),
        (drawn, all) => {
          const orders = new TransferOrders({ orders: 100, ordersPerAgent: 100 });
          let createdAtMs = 0;
          for (const [index, { direction, status, afterMs }] of drawn.entries()) {
            createdAtMs += afterMs;
            orders.add({
              orderType: 'TRANSFER',
              agentId: 1,
              userId: 1,
              orderNo: `n${index}`,
              direction,
              transferMode: 'FIXED_AMOUNT',
              amount: money(1n),
              status: status === 'REVERSED' ? 'SUCCESS' : status,
              failReason: '',
              linkedOrderId: 0,
              reason: '',
              createdAtMs,
              webhookSeq: 0,
            });
          }
          const kept = (id: number): TransferOrder => {
            const found = orders.get(id);
            if (found === undefined) throw new Error(`order ${id} is gone`);
            return found;
          };
          for (const [index, { status }] of drawn.entries()) {
            if (status === 'REVERSED') orders.replace({ ...kept(index + 1), status });
          }
          const newestFirst = drawn.map((_, index) => kept(index + 1)).reverse();
          for (const { skip, take, ...filter } of all) {
            const expected = newestFirst.filter(
              (each) =>
                (filter.direction === undefined || each.direction === filter.direction) &&
                (filter.status === undefined || each.status === filter.status) &&
                (filter.fromMs === undefined || each.createdAtMs >= filter.fromMs) &&
                (filter.beforeMs === undefined || each.createdAtMs < filter.beforeMs),
            );
            expect(orders.page(1, present(filter), { skip, take })).toEqual({
              total: expected.length,
              orders: expected.slice(skip, skip + take),
            });
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
