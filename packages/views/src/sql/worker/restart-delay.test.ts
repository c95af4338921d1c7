import { expect, test } from 'vitest';
import { RestartDelay } from './restart-delay.ts';

test('the wait doubles up to its limit and begins anew after success', () => {
  const delay = new RestartDelay({ initialDelayMs: 100, maxDelayMs: 350 });
  expect([delay.next(), delay.next(), delay.next(), delay.next()]).toEqual([100, 200, 350, 350]);
  delay.reset();
  expect(delay.next()).toBe(100);
});
