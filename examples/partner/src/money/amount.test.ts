import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount } from './amount.ts';

describe('amounts', () => {
  it.each([
    ['0', 0n],
    ['10', 1_000_000_000n],
    ['10.00', 1_000_000_000n],
    ['0.00000001', 1n],
    ['90071992547.40993001', 9_007_199_254_740_993_001n],
  ])('reads %s exactly', (text, units) => expect(parseAmount(text)).toBe(units));

  it.each(['', ' 1', '1 ', '+1', '-1', '01', '1.', '.5', '1e3', '0x1', '1,000', '0.000000001', 'NaN', '٣', 1, null])(
    'refuses %j',
    (text) => expect(parseAmount(text)).toBeUndefined(),
  );

  it('writes what it reads', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 25n }), (units) => {
        expect(parseAmount(formatAmount(units))).toBe(units);
      }),
    );
    expect(formatAmount(-150_000_000n)).toBe('-1.5');
  });
});
