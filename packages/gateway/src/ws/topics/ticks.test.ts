import { expect, it } from 'vitest';
import { Ticks } from './ticks.ts';

it('one timer an interval, only while it has tasks', async () => {
  const ticks = new Ticks(() => 0);
  let runs = 0;
  await new Promise<void>((resolve) => {
    const stopFirst = ticks.every(5, () => {
      runs++;
      if (runs < 3) return;
      stopFirst();
      stopSecond();
      resolve();
    });
    const stopSecond = ticks.every(5, () => {});
    expect(ticks.timerCount).toBe(1);
  });
  expect(ticks.timerCount).toBe(0);
  const stop = ticks.every(5, () => {});
  expect(ticks.timerCount).toBe(1);
  stop();
  stop();
  expect(ticks.timerCount).toBe(0);
});
