import { expect, it } from 'vitest';
import { textFrame } from './frame.ts';

it.each([
  [0, [0x81, 0]],
  [125, [0x81, 125]],
  [126, [0x81, 126, 0, 126]],
  [65_535, [0x81, 126, 0xff, 0xff]],
  [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
])('a text of %i bytes has its header and its bytes', (length, header) => {
  const frame = textFrame('x'.repeat(length));
  expect([...frame.subarray(0, header.length)]).toEqual(header);
  expect(frame.subarray(header.length).toString()).toBe('x'.repeat(length));
});

it('lengths count bytes, not characters', () => {
  expect([...textFrame('é')]).toEqual([0x81, 2, 0xc3, 0xa9]);
});
