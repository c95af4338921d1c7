import { expect, test } from 'vitest';
import { BoundedPool } from './bounded-pool.ts';

test('no more than the limit run at a time, the queue is bounded, and all that were taken finish', async () => {
  const pool = new BoundedPool({ concurrency: 2, queue: 3 });
  let running = 0;
  let most = 0;
  const gates: (() => void)[] = [];
  const task = (value: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => gates.push(resolve));
    running -= 1;
    return value;
  };
  const taken = [0, 1, 2, 3, 4].map((value) => pool.run(task(value)));
  expect(pool.run(task(5))).toBeUndefined();
  for (let released = 0; released < 5; released += 1) {
    while (gates.length === 0) await Promise.resolve();
    gates.shift()?.();
  }
  expect(await Promise.all(taken)).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

test('a task that fails makes room', async () => {
  const pool = new BoundedPool({ concurrency: 1, queue: 0 });
  await expect(pool.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await pool.run(() => Promise.resolve(1))).toBe(1);
});
