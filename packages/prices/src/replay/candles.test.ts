import { expect, test } from 'vitest';
import { BUNDLED_SYMBOLS, bundledCandles, parseCandles } from './candles.ts';

const HEADER = 'openTime,open,high,low,close,volume\n';
const TENTH = 10_000_000n;

test.each(BUNDLED_SYMBOLS)('%s has 1,000 bundled candles', (symbol) => {
  expect(bundledCandles({ symbol, tickSize: TENTH })).toHaveLength(1_000);
});

test('prices go to the nearest tick, half up', () => {
  expect(parseCandles(`${HEADER}60000,100.04,100.25,99.96,100.05,7\n`, TENTH)).toEqual([
    { open: 1_000, high: 1_003, low: 1_000, close: 1_001 },
  ]);
});

test.each([
  ['a low above the open', '60000,100,101,100.5,101,7'],
  ['a high below the close', '60000,100,101,99,102,7'],
  ['a missing column', '60000,100,101,99'],
  ['a text', '60000,100,101,99,many,7'],
  ['a price of 0', '60000,0,1,0,1,7'],
])('%s is refused', (_name, row) => {
  expect(() => parseCandles(HEADER + row, TENTH)).toThrow(RangeError);
});

test('a symbol without bundled candles is refused', () => {
  expect(() => bundledCandles({ symbol: 'XYZUSDT', tickSize: TENTH })).toThrow('no bundled candles of XYZUSDT');
});
