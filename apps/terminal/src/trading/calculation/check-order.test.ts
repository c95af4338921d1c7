import { describe, expect, it } from 'vitest';
import { checkOnGrid, checkOrder, type TypedOrder } from './check-order.ts';
import { EXAMPLE_INSTRUMENT } from './testing/example-instrument.ts';
import { units } from './testing/units.ts';

const typed = (changes: Partial<TypedOrder> = {}): TypedOrder => ({
  type: 'LIMIT',
  price: '60000.1',
  quantity: '0.25',
  onlyCloses: false,
  mark: units('60000'),
  ...changes,
});
const check = (changes: Partial<TypedOrder>) => checkOrder(typed(changes), EXAMPLE_INSTRUMENT);

describe('checkOrder (SYM-2)', () => {
  it('finds nothing wrong with an order on both grids', () => {
    expect(check({})).toEqual({});
    expect(check({ price: '060000.10', quantity: '.5' })).toEqual({});
  });

  it('names the nearest values of a price between two ticks', () => {
    expect(check({ price: '60000.15' }).price).toEqual({
      fault: 'off-grid',
      grid: '0.1',
      below: '60000.1',
      above: '60000.2',
    });
  });

  it('ignores the price of a market order', () => {
    expect(check({ type: 'MARKET', price: '' })).toEqual({});
  });

  it.each([
    ['', { fault: 'missing' }],
    ['1e3', { fault: 'malformed' }],
    ['-1', { fault: 'malformed' }],
    ['.', { fault: 'malformed' }],
    ['0.000', { fault: 'zero' }],
    ['9'.repeat(30), { fault: 'too-large' }],
    ['0.0005', { fault: 'off-grid', grid: '0.001', below: '0', above: '0.001' }],
  ])('refuses a quantity of "%s"', (quantity, expected) => {
    expect(checkOnGrid(quantity, EXAMPLE_INSTRUMENT.stepSize)).toEqual(expected);
  });

  it('knows the smallest and the largest order', () => {
    expect(check({ price: '100', quantity: '0.049' }).quantity).toEqual({ fault: 'below-notional', limit: '5' });
    expect(check({ price: '100', quantity: '0.05' })).toEqual({});
    expect(check({ quantity: '1000.001' }).quantity).toEqual({ fault: 'above-maximum', limit: '1000' });
    expect(check({ type: 'MARKET', quantity: '120.001' }).quantity).toEqual({ fault: 'above-maximum', limit: '120' });
    const large = { ...EXAMPLE_INSTRUMENT, minQuantity: units('0.01') };
    expect(checkOrder(typed({ quantity: '0.009' }), large).quantity).toEqual({ fault: 'below-minimum', limit: '0.01' });
    expect(checkOrder(typed({ quantity: '0.009', onlyCloses: true }), large)).toEqual({});
  });

  it('measures a market order at the mark', () => {
    const cheap = { type: 'MARKET', quantity: '0.001', mark: units('4999') } as const;
    expect(check(cheap).quantity).toEqual({ fault: 'below-notional', limit: '5' });
    expect(check({ ...cheap, mark: units('5000') })).toEqual({});
  });
});
