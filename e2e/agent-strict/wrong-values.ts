import type { Shape } from './call-tables.ts';

const INVALID = 102002;
const OUT_OF_RANGE = 102003;
const NOT_ALLOWED = 6009;

/** A value that a field must not have, and the codes that may say so. */
export type WrongValue = readonly [value: unknown, ...codes: number[]];

const BY_FORMAT: Readonly<Record<string, readonly WrongValue[]>> = {
  anything: [],
  text: [
    [{ a: 1 }, INVALID],
    [['a'], INVALID],
  ],
  boolean: [
    ['true', INVALID],
    [1, INVALID],
  ],
  amount: [
    ...['1e3', '-1', '+1', ' 1', '1,5', '1.', '.5', '01', 'NaN', 'Infinity', '0x10', '1.000000001', '0.000000001'].map(
      (text): WrongValue => [text, INVALID],
    ),
    ['0', INVALID, OUT_OF_RANGE],
    ['0.00', INVALID, OUT_OF_RANGE],
    ['9'.repeat(30), INVALID, OUT_OF_RANGE],
    [10, INVALID],
    [['10'], INVALID],
  ],
  environment: [
    ['SIMULATED', INVALID],
    ['production', INVALID],
    [1, INVALID],
  ],
  count: [
    [0, OUT_OF_RANGE],
    [-1, OUT_OF_RANGE],
    [1.5, INVALID],
    ['many', INVALID],
  ],
  'count from 0': [
    [-1, OUT_OF_RANGE],
    [0.5, INVALID],
  ],
  'ISO time': [
    ['yesterday', INVALID],
    ['2026-02-30T00:00:00Z', INVALID],
    ['2026-03-01', INVALID],
    [1_772_352_000_000, INVALID],
  ],
  milliseconds: [
    ['2026-03-01T08:00:00Z', INVALID],
    [0.5, INVALID],
  ],
  'local path': [
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'https://evil.example/',
    'trade/BTCUSDT',
    '\\/evil.example',
  ].map((text): WrongValue => [text, INVALID]),
  'web address': [
    'javascript:alert(1)',
    'JavaScript:alert(1)//https://partner.example',
    'data:text/html,hello',
    '//evil.example',
    '/wallet',
    'ftp://partner.example',
    'https://name:word@partner.example',
    'https://name@partner.example',
    'https://',
  ].map((text): WrongValue => [text, INVALID]),
  'user of the agent': [
    ['1234567890', NOT_ALLOWED],
    ['nobody', NOT_ALLOWED],
    [{ id: 1 }, INVALID],
  ],
};

/** What a field of this shape must not take. */
export function wrongValues(shape: Shape): readonly WrongValue[] {
  if (Array.isArray(shape)) {
    const many = Array.from({ length: 101 }, (_, n) => String(1_000_000_000 + n));
    return [
      [[], INVALID],
      ['no list', INVALID],
      [['1234567890'], NOT_ALLOWED],
      [many, OUT_OF_RANGE, INVALID],
    ];
  }
  if (typeof shape !== 'string') throw new Error('requests are flat');
  if (shape.startsWith('one of ')) {
    return [
      ['NOPE', INVALID],
      [shape.slice(7).split(' ')[0]?.toLowerCase(), INVALID],
      [{}, INVALID],
    ];
  }
  const longest = /^text up to (\d+)$/.exec(shape)?.[1];
  if (longest !== undefined) {
    return [
      [{}, INVALID],
      ['x'.repeat(Number(longest) + 1), OUT_OF_RANGE],
    ];
  }
  const most = /^count up to (\d+)$/.exec(shape)?.[1];
  if (most !== undefined) return [...wrongValues('count'), [Number(most) + 1, OUT_OF_RANGE]];
  const found = BY_FORMAT[shape];
  if (found === undefined) throw new Error(`nothing is known to be wrong for "${shape}"`);
  return found;
}
