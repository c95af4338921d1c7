import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bigintOf,
  countOnGrid,
  divide,
  exactProduct,
  formatDecimal,
  formatOnGrid,
  money,
  multiplyDivide,
  numberOf,
  ONE,
  parseDecimal,
  parseSignedDecimal,
  priceTicks,
  quantitySteps,
  Ratio,
  rate,
  shareOf,
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

describe('bigints of doubles', () => {
  const { MAX_SAFE_INTEGER } = Number;
  it('equal the integer, up to and beyond 2^53', () => {
    const edges = [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, MAX_SAFE_INTEGER, 2 ** 53, 2 ** 63, 2 ** 80];
    for (const edge of edges) for (const n of [edge, -edge]) expect(bigintOf(n)).toBe(BigInt(n));
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        expect(bigintOf(n)).toBe(BigInt(n));
      }),
    );
  });
  it('multiply exactly where the double would be rounded', () => {
    const factor = fc.oneof(fc.integer(), fc.maxSafeInteger());
    fc.assert(
      fc.property(factor, factor, (a, b) => {
        expect(exactProduct(a, b)).toBe(BigInt(a) * BigInt(b));
      }),
    );
    expect(exactProduct(2 ** 27, 2 ** 26 - 1)).toBe(2n ** 53n - 2n ** 27n);
    expect(exactProduct(3, 3_002_399_751_580_331)).toBe(2n ** 53n + 1n);
  });
  it('have the nearest double of any size', () => {
    const edges = [
      0n,
      1n,
      2n ** 31n,
      2n ** 32n,
      2n ** 53n,
      2n ** 53n + 1n,
      2n ** 62n,
      2n ** 62n + 1n,
      2n ** 63n,
      2n ** 64n,
    ];
    for (const edge of edges) for (const n of [edge - 1n, edge, -edge, 1n - edge]) expect(numberOf(n)).toBe(Number(n));
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.integer({ min: 0, max: 70 }), (n, shift) => {
        expect(numberOf(n >> BigInt(shift))).toBe(Number(n >> BigInt(shift)));
      }),
    );
  });
  it('are refused for fractions and what is no number', () => {
    for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => bigintOf(bad)).toThrow(RangeError);
  });
});

describe('shares (SYM-3)', () => {
  it('are the exact product, rounded once, wherever the double ends', () => {
    const count = fc.oneof(
      fc.maxSafeInteger(),
      fc.integer(),
      fc.constantFrom(0, 1, -1, 2 ** 52, -(2 ** 52), 2 ** 52 + 1),
    );
    const whole = fc.oneof(
      fc.maxSafeNat(),
      fc.integer({ min: 1, max: 1_000 }),
      fc.constantFrom(10 ** 8, 2 ** 26, 2 ** 52),
    );
    fc.assert(
      fc.property(fc.oneof(amount, count.map(BigInt)), count, whole, (of, part, all) => {
        const share = { part, whole: Math.max(1, all) };
        for (const rounding of ['up', 'down'] as const)
          expect(shareOf(of, share, rounding)).toBe(divide(of * BigInt(part), BigInt(share.whole), rounding));
      }),
      { numRuns: 2_000 },
    );
  });
  it('are whole where the quotient is, and next to it where it just is not', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 26),
        fc.integer({ min: 1, max: 2 ** 25 }),
        fc.integer({ min: -1, max: 1 }),
        (n, whole, off) => {
          const of = BigInt(n) * BigInt(whole) + BigInt(off);
          for (const part of [1, -1, 3]) {
            expect(shareOf(of, { part, whole }, 'up')).toBe(divide(of * BigInt(part), BigInt(whole), 'up'));
            expect(shareOf(of, { part, whole }, 'down')).toBe(divide(of * BigInt(part), BigInt(whole), 'down'));
          }
        },
      ),
    );
  });
});

describe('ratios (SYM-3)', () => {
  const exact = (count: number, n: bigint, d: bigint): bigint => divide(BigInt(count) * n, d, 'up');
  it('round up like the exact product, wherever the double ends', () => {
    const term = fc.oneof(
      fc.bigInt({ min: 1n, max: 10n ** 9n }),
      fc.bigInt({ min: 1n, max: 2n ** 53n + 2n }),
      fc.bigInt({ min: 1n, max: 10n ** 20n }),
    );
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.option(term, { nil: 0n }), term, (count, n, d) => {
        const ratio = new Ratio(n, d);
        for (const each of [count, count % 1_000_000, 0]) expect(ratio.timesUp(each)).toBe(exact(each, n, d));
      }),
    );
  });
  it('round up right beside every whole quotient that a double can hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 26 }), fc.maxSafeNat(), (d, product) => {
        const whole = product - (product % d);
        for (const count of [whole - 1, whole, whole + 1]) {
          if (count < 0 || count > Number.MAX_SAFE_INTEGER) continue;
          expect(new Ratio(1n, BigInt(d)).timesUp(count)).toBe(exact(count, 1n, BigInt(d)));
        }
      }),
    );
  });
  it('share like the exact product', () => {
    const term = fc.oneof(fc.bigInt({ min: 1n, max: 1_000n }), fc.bigInt({ min: 1n, max: 10n ** 20n }));
    const size = fc.oneof(fc.nat(10_000), fc.nat(2 ** 27), fc.maxSafeNat());
    const anyCount = fc.oneof(fc.nat(), fc.maxSafeNat());
    fc.assert(
      fc.property(anyCount, fc.tuple(size, size), fc.tuple(term, term), (count, sizes, [n, d]) => {
        const part = Math.min(...sizes);
        const whole = Math.max(...sizes, 1);
        const shared = divide(BigInt(count) * n * BigInt(part), d * BigInt(whole), 'up');
        expect(new Ratio(n, d).shareUp(count, { part, whole })).toBe(shared);
      }),
      { numRuns: 1_000 },
    );
  });
  it('share whole quotients and those right beside them', () => {
    const size = fc.integer({ min: 1, max: 90_000_000 });
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.tuple(size, size), (count, sizes) => {
        const part = Math.min(...sizes);
        const whole = Math.max(...sizes);
        for (const each of [count - (count % whole), count - (count % whole) + 1]) {
          const shared = divide(BigInt(each) * BigInt(part), BigInt(whole), 'up');
          expect(new Ratio(1n, 1n).shareUp(each, { part, whole })).toBe(shared);
        }
      }),
    );
  });
  it('share whole quotients exactly where the way there leaves 2^53', () => {
    const ratio = new Ratio(1n, 99_999_989n);
    for (let k = 1; k < 2_000; k++) {
      const whole = 1_000_003 * k + 7;
      expect(ratio.shareUp(99_999_989 * k, { part: whole, whole })).toBe(BigInt(k));
    }
  });

  it('change to bigints exactly where the product leaves 2^53', () => {
    const ratio = new Ratio(3n, 7n);
    const last = Math.floor(Number.MAX_SAFE_INTEGER / 3);
    for (const count of [last - 1, last, last + 1, Number.MAX_SAFE_INTEGER])
      expect(ratio.timesUp(count)).toBe(exact(count, 3n, 7n));
  });
  it('refuse what is negative or without a denominator', () => {
    expect(() => new Ratio(-1n, 1n)).toThrow(RangeError);
    expect(() => new Ratio(1n, 0n)).toThrow(RangeError);
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
