import type { PriceTicks } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { Trigger } from './trigger.ts';
import { TriggerHeap } from './trigger-heap.ts';

describe('conditions by their triggers', () => {
  const conditions = Array.from({ length: 20 }, (_, conditionId) => ({ conditionId }) as Trigger);
  const taken = (heap: TriggerHeap, price: number): number[] => {
    const into: Trigger[] = [];
    heap.take(price as PriceTicks, into);
    return into.map(({ conditionId }) => conditionId);
  };

  it.each(['up', 'down'] as const)('CND-6: of one trigger go by id, whatever came first (%s)', (direction) => {
    const heap = new TriggerHeap(direction);
    for (const condition of conditions.toReversed()) heap.add(condition, 100);
    expect(heap.remove(conditions[3] as Trigger)).toBe(true);
    expect(taken(heap, direction === 'up' ? 99 : 101)).toEqual([]);
    expect(taken(heap, 100)).toEqual(conditions.map(({ conditionId }) => conditionId).filter((id) => id !== 3));
  });

  it('CND-6: the one furthest past its trigger goes first, in both directions', () => {
    const [up, down] = [new TriggerHeap('up'), new TriggerHeap('down')];
    for (const heap of [up, down])
      for (const [at, condition] of conditions.entries()) heap.add(condition, (at * 7) % 20);
    const byTrigger = conditions.map(({ conditionId }) => conditionId).sort((a, b) => ((a * 7) % 20) - ((b * 7) % 20));
    expect(taken(up, 9)).toEqual(byTrigger.slice(0, 10));
    expect(taken(up, 20)).toEqual(byTrigger.slice(10));
    expect(taken(down, 0)).toEqual(byTrigger.toReversed());
  });

  it('says whether one was there', () => {
    const heap = new TriggerHeap('up');
    const [one, other] = conditions as [Trigger, Trigger];
    heap.add(one, 1);
    expect([heap.remove(other), heap.remove(one), heap.remove(one)]).toEqual([false, true, false]);
    expect(taken(heap, 1)).toEqual([]);
  });
});
