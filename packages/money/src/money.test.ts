import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countOnGrid,
  divide,
  formatDecimal,
  formatOnGrid,
  money,
  multiplyDivide,
  ONE,
  parseDecimal,
  parseSignedDecimal,
  priceTicks,
  quantitySteps,
  rate,
  ZERO_MONEY,
} from './index.ts';

const amount = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });

describe('decimals (SYM-2)', () => {
  it('round-trip every amount to 1e16 USDT', () => {
    fc.assert(
      fc.property(amount, (n) => {
        expect(parseSignedDecimal(formatDecimal(n))).toBe(n);
      }),
    );
  });
  it('are exact at 1e13 USDT, beyond 2^53 and int64', () => {
    expect(parseDecimal('10000000000000.00000001')).toBe(1_000_000_000_000_000_000_001n);
    expect(formatDecimal(1_000_000_000_000_000_000_001n)).toBe('10000000000000.00000001');
  });
  it.each([
    '',
    '01',
    '1.',
    '.5',
    '1e3',
    '+1',
    ' 1',
    '1 ',
    '-1',
    '1.123456789',
    '１',
    '1,0',
    'NaN',
    '0x1',
    `1${'0'.repeat(60)}`,
  ])('refuse %j', (text) => expect(parseDecimal(text)).toBeUndefined());
  it.each([
    ['12.50', 1_250_000_000n],
    ['0', 0n],
    ['0.00000001', 1n],
    ['1.100000000', 110_000_000n],
  ])('read %s', (text, units) => expect(parseDecimal(text)).toBe(units));
  it.each([
    [1_250_000_000n, '12.5'],
    [-150_000_000n, '-1.5'],
    [0n, '0'],
    [1n, '0.00000001'],
    [10_000_000_000n, '100'],
  ])('write %s', (units, text) => expect(formatDecimal(units)).toBe(text));
  it('read 48 characters, and none more', () => {
    expect(parseDecimal(`1.${'0'.repeat(46)}`)).toBe(ONE);
    expect(parseDecimal(`1.${'0'.repeat(47)}`)).toBeUndefined();
  });
  it('refuse -0 and a double sign', () => {
    expect(parseSignedDecimal('-0')).toBeUndefined();
    expect(parseSignedDecimal('--1')).toBeUndefined();
  });
});

describe('division (SYM-3)', () => {
  const positive = fc.bigInt({ min: 1n, max: 10n ** 20n });
  it('down and up enclose the exact quotient, and agree only where it is whole', () => {
    fc.assert(
      fc.property(amount, positive, (n, d) => {
        const down = divide(n, d, 'down');
        const up = divide(n, d, 'up');
        expect(down * d <= n && n <= up * d).toBe(true);
        expect(up - down).toBe(n % d === 0n ? 0n : 1n);
      }),
    );
  });
  it('half-up is the nearest, a tie upward', () => {
    fc.assert(
      fc.property(amount, positive, (n, d) => {
        const twice = 2n * divide(n, d, 'half-up') * d - 2n * n;
        expect(twice > -d && twice <= d).toBe(true);
      }),
    );
    expect(divide(5n, 2n, 'half-up')).toBe(3n);
    expect(divide(-5n, 2n, 'half-up')).toBe(-2n);
  });
  it('toward-zero is symmetric', () => {
    fc.assert(
      fc.property(amount, positive, (n, d) => {
        expect(divide(-n, d, 'toward-zero')).toBe(-divide(n, d, 'toward-zero'));
      }),
    );
  });
  it('multiplies before it divides', () => {
    expect(multiplyDivide([10n ** 21n, 10n ** 21n], 10n ** 21n, 'down')).toBe(10n ** 21n);
    expect(multiplyDivide([2n, 7n], 4n, 'up')).toBe(4n);
  });
  it('refuses a denominator that is not positive', () => {
    for (const denominator of [0n, -1n])
      expect(() => divide(1n, denominator, 'down')).toThrow(new RangeError('the denominator must be positive'));
  });
});

describe('grids (SYM-2)', () => {
  it('round-trip every count', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.bigInt({ min: 1n, max: 10n ** 9n }), (count, unit) => {
        expect(countOnGrid(formatOnGrid(count, unit), unit)).toEqual({ ok: true, count });
      }),
    );
  });
  it('name the neighbours of a value between two points, and never round', () => {
    expect(countOnGrid('60000.15', 10_000_000n)).toEqual({
      ok: false,
      fault: 'off-grid',
      below: '60000.1',
      above: '60000.2',
    });
    expect(countOnGrid('0.000000015', 1n)).toEqual({
      ok: false,
      fault: 'off-grid',
      below: '0.00000001',
      above: '0.00000002',
    });
    expect(countOnGrid('60000.199999999', 10_000_000n)).toEqual({
      ok: false,
      fault: 'off-grid',
      below: '60000.1',
      above: '60000.2',
    });
  });
  it('refuse what is malformed or beyond 2^53', () => {
    expect(countOnGrid('1e3', 1n)).toEqual({ ok: false, fault: 'malformed' });
    expect(countOnGrid('90071992.54740993', 1n)).toEqual({ ok: false, fault: 'too-large' });
    // The point above it would not be safe.
    expect(countOnGrid('90071992.54740991', 1n)).toEqual({ ok: false, fault: 'too-large' });
    expect(countOnGrid('90071992.5474099', 1n)).toEqual({ ok: true, count: Number.MAX_SAFE_INTEGER - 1 });
  });
});

describe('branded integers', () => {
  it('refuse fractions, NaN and what a double cannot hold', () => {
    for (const make of [priceTicks, quantitySteps, rate])
      for (const bad of [0.5, Number.NaN, 2 ** 53]) expect(() => make(bad)).toThrow(RangeError);
    expect(() => priceTicks(-1)).toThrow(RangeError);
  });
  it('are the numbers that they name', () => {
    for (const make of [priceTicks, quantitySteps, rate])
      for (const good of [0, 1, Number.MAX_SAFE_INTEGER]) expect(make(good)).toBe(good);
    for (const make of [quantitySteps, rate]) expect(make(-1)).toBe(-1);
    expect(money(-5n)).toBe(-5n);
  });
  it('count one USDT and the rate 1 as 100,000,000', () => {
    expect([ONE, ZERO_MONEY]).toEqual([100_000_000n, 0n]);
    expect(formatDecimal(ONE)).toBe('1');
  });
});
