import { expect, test } from 'vitest';
import { OrderGate } from './order-gate.ts';

test('lets its number in at a time and refuses one more at once, without carrying it out', async () => {
  const gate = new OrderGate(2);
  const held = Promise.withResolvers<string>();
  const passing = [gate.pass(() => held.promise), gate.pass(() => held.promise)];
  let ran = false;
  const refused = await gate.pass(async () => {
    ran = true;
  });
  expect(refused).toMatchObject({ ok: false, error: 'TEMPORARILY_UNAVAILABLE' });
  expect(gate.refusal()).toEqual(refused);
  expect(ran).toBe(false);
  held.resolve('done');
  expect(await Promise.all(passing)).toEqual(['done', 'done']);
  expect([gate.underWay, gate.refusal()]).toEqual([0, undefined]);
});

test('an order that fails gives its place back', async () => {
  const gate = new OrderGate(1);
  await expect(gate.pass(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  expect(await gate.pass(async () => 'done')).toBe('done');
});

test.each([0, -1, 1.5, Number.NaN])('%d is no number of orders', (max) => {
  expect(() => new OrderGate(max)).toThrow(RangeError);
});
