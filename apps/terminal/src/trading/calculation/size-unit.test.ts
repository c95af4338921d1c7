import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitsOf } from './instrument.ts';
import { quantityMeant, sizeInput } from './size-unit.ts';

const stepSize = unitsOf('0.001');
const inQuote = (price: string) => ({ unit: 'quote', price: unitsOf(price), stepSize }) as const;

describe('the size of an order', () => {
  it('typed in the quote asset is the largest quantity that is worth no more', () => {
    expect(quantityMeant('1000', inQuote('60000'))).toBe('0.016');
    expect(quantityMeant('59.99', inQuote('60000'))).toBe('0');
    expect(quantityMeant('60', inQuote('60000'))).toBe('0.001');
  });
  it('typed in the base asset, or no number, is as it was typed', () => {
    expect(quantityMeant('0.0164', { ...inQuote('60000'), unit: 'base' })).toBe('0.0164');
    expect(quantityMeant('', inQuote('60000'))).toBe('');
    expect(quantityMeant('1e3', inQuote('60000'))).toBe('1e3');
  });
  it('is unknown in the quote asset while there is no price', () => {
    expect(quantityMeant('1000', { ...inQuote('1'), price: undefined })).toBe('');
    expect(quantityMeant('1000', { ...inQuote('1'), price: unitsOf('0') })).toBe('');
    expect(sizeInput(unitsOf('1'), { unit: 'quote', price: undefined })).toBe('');
  });
  it('comes back from the quote asset as the same quantity', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 1_000_000n), fc.bigInt(1n, 20_000_000n), (steps, ticks) => {
        const quantity = steps * stepSize;
        const terms = { unit: 'quote', price: ticks * unitsOf('0.1'), stepSize } as const;
        expect(unitsOf(quantityMeant(sizeInput(quantity, terms), terms))).toBe(quantity);
      }),
    );
  });
});
