import { describe, expect, it } from 'vitest';
import { compactAmount, directionOf, fixed, groupDigits, NO_VALUE, percentOfRatio, signed } from './decimal-text.ts';

describe('decimals as text', () => {
  it.each([
    ['116440.9', 1, '116,440.9'],
    ['0.019', 2, '0.01'],
    ['-0.001', 2, '0.00'],
    ['-1234.5', 0, '-1,234'],
    ['5', 3, '5.000'],
    ['', 2, NO_VALUE],
    ['1e3', 2, NO_VALUE],
  ])('%s with %i places is %s', (text, places, expected) => {
    expect(fixed(text, places)).toBe(expected);
  });
  it('groups thousands whatever the length', () => {
    expect(['1', '999', '1000', '-100000', '1234567.1234'].map(groupDigits)).toEqual([
      '1',
      '999',
      '1,000',
      '-100,000',
      '1,234,567.1234',
    ]);
  });
  it('signs both directions and leaves nothing unsigned but zero', () => {
    expect(['12.3', '-12.3', '0', '0.001'].map((text) => signed(text, 2))).toEqual([
      '+12.30',
      '-12.30',
      '0.00',
      '0.00',
    ]);
    expect(['1', '-1', '0', 'x'].map(directionOf)).toEqual([1, -1, 0, 0]);
  });
  it('shortens large amounts without making them larger', () => {
    expect(['999.999', '1000', '999999', '1249999', '-1240000000'].map(compactAmount)).toEqual([
      '999.99',
      '1.00K',
      '999.99K',
      '1.24M',
      '-1.24B',
    ]);
  });
  it('writes ratios as percent', () => {
    expect(percentOfRatio('0.0001', 4)).toBe('0.0100%');
  });
});
