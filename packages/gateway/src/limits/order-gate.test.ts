import { describe, expect, test } from 'vitest';
import { ORDER_WAIT_MAX_MS, ORDERS_PER_TURN, ORDERS_WAITING_MIN, OrderGate } from './order-gate.ts';

const turn = () => new Promise(setImmediate);
const REFUSED = { ok: false, error: 'TEMPORARILY_UNAVAILABLE' };

test('carries its number out at a time and refuses one more at once', async () => {
  const gate = new OrderGate({ max: 2 });
  const held = Promise.withResolvers<string>();
  const passing = [gate.pass(() => held.promise), gate.pass(() => held.promise)];
  let ran = false;
  const refused = await gate.pass(async () => {
    ran = true;
  });
  expect(refused).toMatchObject(REFUSED);
  expect([gate.refusal(), gate.enter()]).toEqual([refused, refused]);
  expect(ran).toBe(false);
  held.resolve('done');
  expect(await Promise.all(passing)).toEqual(['done', 'done']);
  expect([gate.underWay, gate.refusal(), gate.enter()]).toEqual([0, undefined, undefined]);
});

test('an order that fails gives its place back', async () => {
  const gate = new OrderGate({ max: 1 });
  await expect(gate.pass(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  expect(await gate.pass(async () => 'done')).toBe('done');
});

test.each([0, -1, 1.5, Number.NaN])('%d is no number of orders', (max) => {
  expect(() => new OrderGate({ max })).toThrow(RangeError);
});

/** Lets so many in, of whom the first do not wait. */
function enter(gate: OrderGate, orders: number): readonly Promise<void>[] {
  const entered = Array.from({ length: orders }, () => gate.enter());
  return entered.filter((turnOf) => turnOf instanceof Promise);
}

describe('those who are let in', () => {
  test('begin in the order in which they came, so many in a turn', async () => {
    const gate = new OrderGate();
    const begun: number[] = [];
    for (const [place, order] of enter(gate, 3 * ORDERS_PER_TURN).entries()) void order.then(() => begun.push(place));
    for (const sum of [ORDERS_PER_TURN, 2 * ORDERS_PER_TURN]) {
      expect(begun.length).toBeLessThan(sum);
      await turn();
      expect(begun).toEqual(Array.from({ length: sum }, (_, place) => place));
    }
  });

  test('take a place from then on', async () => {
    const gate = new OrderGate({ max: ORDERS_PER_TURN + 2 });
    const held = Promise.withResolvers<void>();
    void gate.pass(() => held.promise);
    enter(gate, ORDERS_PER_TURN);
    expect(gate.refusal()).toBeUndefined();
    enter(gate, ORDERS_PER_TURN + 1);
    expect(gate.refusal()).toMatchObject(REFUSED);
    held.resolve();
    await turn();
    await turn();
    expect(gate.refusal()).toBeUndefined();
  });
});

/** A gate whose full turns take so long, and has had one; so many are left in line. */
async function slowGate(turnMs: number, left: number): Promise<OrderGate> {
  let nowMs = 0;
  const gate = new OrderGate({
    nowMs: () => {
      nowMs += turnMs;
      return nowMs;
    },
  });
  enter(gate, left + 3 * ORDERS_PER_TURN);
  await turn();
  await turn();
  return gate;
}

test('who would wait too long is refused, whatever room there is, until the line is shorter', async () => {
  // Half a turn more than one may wait.
  const turns = 6;
  const gate = await slowGate(ORDER_WAIT_MAX_MS / (turns - 0.5), turns * ORDERS_PER_TURN);
  expect(gate.refusal()).toMatchObject(REFUSED);
  await turn();
  expect(gate.refusal()).toBeUndefined();
  expect(gate.enter()).toBeInstanceOf(Promise);
});

test('a short line is open however slow it is', async () => {
  const gate = await slowGate(10 * ORDER_WAIT_MAX_MS, ORDERS_WAITING_MIN - 1);
  expect(gate.refusal()).toBeUndefined();
  expect(gate.enter()).toBeInstanceOf(Promise);
  expect(gate.refusal()).toMatchObject(REFUSED);
});
