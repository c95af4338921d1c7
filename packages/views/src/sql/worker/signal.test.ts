import { expect, test } from 'vitest';
import { Signal } from './signal.ts';

/** Longer than a test may take. */
const NEVER_MS = 2 ** 31 - 1;

/** Whether the wait is over once all that can be done at once is done. */
async function isOver(wait: Promise<void>): Promise<boolean> {
  let over = false;
  void wait.then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  return over;
}

test('what was raised before ends one wait', async () => {
  const signal = new Signal();
  signal.raise();
  expect(await isOver(signal.wait(NEVER_MS))).toBe(true);
  const next = signal.wait(NEVER_MS);
  expect(await isOver(next)).toBe(false);
  signal.raise();
  await next;
});

test('what was taken back ends none', async () => {
  const signal = new Signal();
  signal.raise();
  signal.lower();
  const wait = signal.wait(NEVER_MS);
  expect(await isOver(wait)).toBe(false);
  signal.raise();
  await wait;
});
