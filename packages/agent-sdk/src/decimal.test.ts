import { describe, expect, it } from 'vitest';
import { MAX_AMOUNT_CHARACTERS, requireAmount, sameAmount } from './decimal.ts';

describe('amounts', () => {
  it.each(['1', '10.00', '0.00000001', '123456789012.12345678', '9'.repeat(MAX_AMOUNT_CHARACTERS)])(
    'takes %s',
    (amount) => {
      expect(requireAmount('amount', amount)).toBe(amount);
    },
  );

  it.each([1, 0.1, 10n, null, undefined, ['1'], { toString: () => '1' }, true])('calls %s a wrong type', (amount) => {
    expect(() => requireAmount('amount', amount)).toThrow(TypeError);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '-1',
    '01',
    '1.',
    '.5',
    '1e3',
    '0x1',
    '1,5',
    '1_000',
    'NaN',
    'Infinity',
    '١',
    '1\n',
    '0',
    '0.0',
    '0.00000000',
    '0.000000001',
    '1.123456789',
    '9'.repeat(MAX_AMOUNT_CHARACTERS + 1),
  ])('refuses "%s"', (amount) => {
    expect(() => requireAmount('amount', amount)).toThrow(RangeError);
  });

  it.each([
    ['10', '10.00', true],
    ['10', '1', false],
    ['100', '10', false],
    ['0.10', '0.1', true],
    ['0.01', '0.1', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(sameAmount(one, other)).toBe(expected);
    expect(sameAmount(other, one)).toBe(expected);
  });
});
