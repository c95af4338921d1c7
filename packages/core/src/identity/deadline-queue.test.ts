import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeadlineQueue } from './deadline-queue.ts';

const keyArbitrary = fc.constantFrom(...'abcdefghijklmnop');
const stepArbitrary = fc.oneof(
  fc.record({ do: fc.constant('set' as const), key: keyArbitrary, atMs: fc.nat(12) }),
  fc.record({ do: fc.constant('delete' as const), key: keyArbitrary }),
  fc.record({ do: fc.constant('take' as const), timeMs: fc.nat(12) }),
);

function firstDue(model: ReadonlyMap<string, number>, timeMs: number): string | undefined {
  return [...model]
    .filter(([, atMs]) => atMs <= timeMs)
    .sort(([keyA, atA], [keyB, atB]) => atA - atB || (keyA < keyB ? -1 : 1))
    .map(([key]) => key)[0];
}

describe('DeadlineQueue', () => {
  test('takes what a sorted list would, after any setting, moving and deleting', () => {
    fc.assert(
      fc.property(fc.array(stepArbitrary, { maxLength: 80 }), (steps) => {
        const queue = new DeadlineQueue();
        const model = new Map<string, number>();
        for (const step of steps) {
          if (step.do === 'set') {
            queue.set(step.key, step.atMs);
            model.set(step.key, step.atMs);
          } else if (step.do === 'delete') {
            queue.delete(step.key);
            model.delete(step.key);
          } else {
            const due = firstDue(model, step.timeMs);
            expect(queue.takeDue(step.timeMs)).toBe(due);
            if (due !== undefined) model.delete(due);
          }
          expect(queue.size).toBe(model.size);
        }
        for (let due = firstDue(model, 12); due !== undefined; due = firstDue(model, 12)) {
          expect(queue.takeDue(12)).toBe(due);
          model.delete(due);
        }
        expect(queue.takeDue(12)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
