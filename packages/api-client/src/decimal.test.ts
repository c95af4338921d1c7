import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, decimalOf, decimalPlaces, unitsOf } from './decimal.ts';

const PLACES = 12;
const units = fc.bigInt({ min: 0n, max: 10n ** 30n });

describe('decimals', () => {
  it.each([
    ['9', '10'],
    ['0.9', '1'],
    ['60000.5', '60000.51'],
    ['0.1', '0.10000000000000000001'],
    ['9007199254740993', '9007199254740994'],
  ])('%s is below %s', (low, high) => {
    expect(compareDecimals(low, high)).toBeLessThan(0);
    expect(compareDecimals(high, low)).toBeGreaterThan(0);
  });

  it('takes trailing zeros as nothing', () => expect(compareDecimals('1.50', '1.5')).toBe(0));

  it('orders by the exact value', () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        expect(Math.sign(compareDecimals(decimalOf(a, PLACES), decimalOf(b, PLACES)))).toBe(a < b ? -1 : Number(a > b));
      }),
    );
  });

  it('gives the units of every decimal back', () => {
    fc.assert(
      fc.property(units, (count) => {
        const text = decimalOf(count, PLACES);
        expect(text).toMatch(/^(0|[1-9]\d*)(\.\d*[1-9])?$/);
        expect(decimalPlaces(text)).toBeLessThanOrEqual(PLACES);
        expect(unitsOf(text, PLACES)).toBe(count);
      }),
    );
  });

  it('refuses to cut digits off', () => expect(() => unitsOf('0.123', 2)).toThrow(RangeError));
});
