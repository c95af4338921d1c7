import { describe, expect, test } from 'vitest';
import { InFlight } from './in-flight.ts';

const order = (orderNo: string, agentId = 1) => ({ agentId, orderNo });

describe('orders in flight', () => {
  test('are found by agent and number until the last one under it is removed', () => {
    const inFlight = new InFlight();
    const [first, repeat, foreign] = [order('a'), order('a'), order('a', 2)];
    for (const each of [first, repeat]) expect(inFlight.add(each)).toBe(true);
    expect(inFlight.find(order('a'))).toBe(first);
    expect(inFlight.find(foreign)).toBeUndefined();
    inFlight.remove(first);
    inFlight.remove(first);
    expect([inFlight.find(order('a')), inFlight.size]).toEqual([repeat, 1]);
    inFlight.remove(repeat);
    expect([inFlight.find(order('a')), inFlight.size]).toEqual([undefined, 0]);
  });

  test('AGY-37: are limited: one more is not taken, and one that lands makes room', () => {
    const inFlight = new InFlight(2);
    const first = order('a');
    expect([first, order('b'), order('c'), order('a')].map((each) => inFlight.add(each))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(inFlight.find(order('c'))).toBeUndefined();
    inFlight.remove(first);
    expect(inFlight.add(order('c'))).toBe(true);
  });
});
