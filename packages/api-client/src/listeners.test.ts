import { expect, it } from 'vitest';
import { Listeners } from './listeners.ts';

it('tells all listeners, even when one of them throws, and lets that error out', async () => {
  const listeners = new Listeners<number>();
  const heard: number[] = [];
  const thrown: unknown[] = [];
  const queue = globalThis.queueMicrotask;
  globalThis.queueMicrotask = (task) => {
    try {
      task();
    } catch (error) {
      thrown.push(error);
    }
  };
  try {
    listeners.add(() => {
      throw new Error('mine');
    });
    const stop = listeners.add((value) => heard.push(value));
    listeners.tell(1);
    stop();
    stop();
    listeners.tell(2);
  } finally {
    globalThis.queueMicrotask = queue;
  }
  expect(heard).toEqual([1]);
  expect(thrown).toMatchObject([{ message: 'mine' }, { message: 'mine' }]);
});

it('tells a function that was added twice twice', () => {
  const listeners = new Listeners<number>();
  const heard: number[] = [];
  const listener = (value: number) => heard.push(value);
  const stop = listeners.add(listener);
  listeners.add(listener);
  listeners.tell(1);
  stop();
  listeners.tell(2);
  expect(heard).toEqual([1, 1, 2]);
});
