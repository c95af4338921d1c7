import { expect, test } from 'vitest';
import { RECENT_READS, ReadPositions } from './read-positions.ts';
import type { WalkPosition } from './segment-walk.ts';

const place = (lastSequence: number, offset = lastSequence): WalkPosition => ({
  segment: 1,
  offset,
  head: { lastSequence, hash: new Uint8Array(32) },
});

test(`LOG-15: the ends of ${RECENT_READS} reads are remembered, the least recently used is forgotten`, () => {
  const positions = new ReadPositions();
  for (let read = 1; read <= RECENT_READS; read++) positions.startRead()(place(read));
  expect(positions.at(1)).toEqual(place(1));
  positions.startRead()(place(100));
  expect(positions.at(1)).toEqual(place(1));
  expect(positions.at(2)).toBeUndefined();
  expect(positions.at(100)).toEqual(place(100));
});

test('LOG-15: one read takes one place, its latest', () => {
  const positions = new ReadPositions();
  const remember = positions.startRead();
  for (let sequence = 1; sequence < 100; sequence++) remember(place(sequence));
  expect(positions.at(98)).toBeUndefined();
  expect(positions.at(99)).toEqual(place(99));
});

test('LOG-15: of more than 1,024 landmarks the oldest are forgotten', () => {
  const positions = new ReadPositions();
  const remember = positions.startRead();
  for (let sequence = 1; sequence <= 1100; sequence++) remember(place(sequence, sequence * 300_000));
  expect(positions.lastBetween(1, 76)).toBeUndefined();
  expect(positions.lastBetween(1, 80)).toEqual(place(80, 80 * 300_000));
  expect(positions.lastBetween(500, 499)).toBeUndefined();
});
