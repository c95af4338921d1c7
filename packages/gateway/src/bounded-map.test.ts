import { expect, test } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

test('at the limit the entry unused for longest goes', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  expect(map.get('a')).toBe(1);
  map.set('c', 3);
  expect(map.size).toBe(2);
  expect(map.get('b')).toBeUndefined();
  expect(map.get('a')).toBe(1);
  expect(map.get('c')).toBe(3);
});

test('setting a known key replaces its value and drops nothing', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 3);
  expect([map.get('a'), map.get('b'), map.size]).toEqual([3, 2, 2]);
  map.delete('a');
  expect(map.get('a')).toBeUndefined();
});

test('a limit below 1 is refused', () => {
  expect(() => new BoundedMap(0)).toThrow(RangeError);
});
