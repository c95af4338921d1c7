import { expect, test } from 'vitest';
import { TurnQueue } from './turn-queue.ts';

const turn = () => new Promise(setImmediate);

/** A queue of two pieces a turn whose turns take as long as they are told, and the pieces that were begun. */
function queueOf(turnMs: () => number = () => 0) {
  let nowMs = 0;
  const queue = new TurnQueue({
    perTurn: 2,
    nowMs: () => {
      nowMs += turnMs();
      return nowMs;
    },
  });
  const begun: number[] = [];
  return { queue, begun, push: (piece: number) => queue.push(() => void begun.push(piece)) };
}

test('without a line pieces begin at once, as many as a turn has', async () => {
  const { queue, begun, push } = queueOf();
  expect([push(1), push(2), push(3)]).toEqual([true, true, false]);
  expect(begun).toEqual([1, 2]);
  expect(queue.length).toBe(1);
  await turn();
  expect(begun).toEqual([1, 2, 3]);
  await turn();
  expect([push(4), push(5), push(6)]).toEqual([true, true, false]);
});

test('so many begin in each turn, in the order in which they came', async () => {
  const { begun, push } = queueOf();
  for (let piece = 1; piece <= 7; piece++) push(piece);
  for (const sum of [4, 6, 7]) {
    await turn();
    expect(begun).toEqual(Array.from({ length: sum }, (_, k) => k + 1));
  }
});

test('a turn that has room left begins what comes in it, but nothing before the line', async () => {
  const { begun, push } = queueOf();
  for (const piece of [1, 2, 3]) push(piece);
  expect(push(4)).toBe(false);
  await turn();
  expect(begun).toEqual([1, 2, 3, 4]);
  expect(push(5)).toBe(false);
  await turn();
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(push(6)).toBe(true);
});

test('what one more would wait is told by the length of full turns', async () => {
  const { queue, push } = queueOf(() => 10);
  for (let piece = 1; piece <= 10; piece++) push(piece);
  expect([queue.length, queue.expectedWaitMs]).toEqual([8, 0]);
  await turn();
  expect(queue.expectedWaitMs).toBe(0);
  await turn();
  expect([queue.length, queue.expectedWaitMs]).toEqual([4, 20]);
  await turn();
  await turn();
  expect([queue.length, queue.expectedWaitMs]).toEqual([0, 0]);
});

test('one long turn among many does not speak for all', async () => {
  let turnMs = 1;
  const { queue, push } = queueOf(() => turnMs);
  for (let piece = 0; piece < 200; piece++) push(piece);
  for (let past = 0; past < 51; past++) await turn();
  turnMs = 100;
  await turn();
  turnMs = 1;
  const msOfPiece = queue.expectedWaitMs / queue.length;
  expect(msOfPiece).toBeGreaterThan(1);
  expect(msOfPiece).toBeLessThan(2);
});
