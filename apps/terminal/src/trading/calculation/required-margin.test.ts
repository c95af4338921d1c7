import { describe, expect, it } from 'vitest';
import { estimateFill } from './fill-estimate.ts';
import { exceedsTier, openingPart, requiredMargin } from './required-margin.ts';
import { exposuresOf, FLAT, frozenOfSide, type OpenOrderFigures, type Stance, valueAt } from './stance.ts';
import { EXAMPLE_INSTRUMENT } from './testing/example-instrument.ts';
import { text, units } from './testing/units.ts';

const stance = (changes: Partial<Stance> = {}): Stance => ({
  instrument: EXAMPLE_INSTRUMENT,
  leverage: 10,
  mark: units('60000'),
  position: FLAT,
  orders: [],
  ...changes,
});
const limit = (price: string, quantity: string, makerOnly = false) => ({
  quantity: units(quantity),
  value: valueAt(units(price), units(quantity)),
  makerOnly,
});
const resting = (side: 'BUY' | 'SELL', price: string, remaining: string): OpenOrderFigures => ({
  side,
  price: units(price),
  remaining: units(remaining),
  makerOnly: false,
  reduceOnly: false,
});
const longOne = { quantity: units('1'), cost: units('60000') };

describe('requiredMargin (MRG-3, MRG-4)', () => {
  it('is initial margin and fee of an order that rests', () => {
    expect(text(requiredMargin(stance(), 'BUY', limit('59900', '0.5')))).toBe('3009.975');
    expect(text(requiredMargin(stance(), 'BUY', limit('59900', '0.5', true)))).toBe('3000.99');
  });

  it('asks no fee of a maker who gets a rebate', () => {
    const instrument = { ...EXAMPLE_INSTRUMENT, makerFeeRate: -10_000n };
    expect(text(requiredMargin(stance({ instrument }), 'BUY', limit('59900', '0.5', true)))).toBe('2995');
  });

  it('adds what a market order loses at the mark', () => {
    const asks = [level('60010', '0.5'), level('60030', '0.5')];
    const { value } = estimateFill({ side: 'BUY', quantity: units('1') }, asks);
    const order = { quantity: units('1'), value, makerOnly: false };
    expect(text(requiredMargin(stance({ leverage: 20 }), 'BUY', order))).toBe('3051.01');
  });

  it('counts a limit order at the fills it would make now', () => {
    const bids = [level('59990', '0.4'), level('59980', '0.6')];
    const { value } = estimateFill({ side: 'SELL', quantity: units('1'), price: units('59500') }, bids);
    expect(text(requiredMargin(stance(), 'SELL', { quantity: units('1'), value, makerOnly: false }))).toBe('6044.392');
  });

  it('asks nothing of an order that only closes, and only the fee of the opening half of a turn', () => {
    const long = stance({ position: longOne });
    expect(requiredMargin(long, 'SELL', limit('60000', '1'))).toBe(0n);
    expect(text(requiredMargin(long, 'SELL', limit('60000', '2')))).toBe('30');
    expect(text(openingPart(long, 'SELL', units('2')))).toBe('1');
  });

  it('freezes the larger side, and less on the side that closes', () => {
    const orders = [resting('SELL', '61000', '1'), resting('SELL', '62000', '2'), resting('BUY', '58000', '1')];
    const busy = stance({ position: longOne, orders });
    expect(text(frozenOfSide(busy, 'SELL', exposuresOf(busy, 'SELL')))).toBe('6395.00000001');
    expect(text(frozenOfSide(busy, 'BUY', exposuresOf(busy, 'BUY')))).toBe('5829');
    expect(requiredMargin(busy, 'BUY', limit('50000', '0.1'))).toBe(0n);
  });

  it('does not freeze for reduce-only orders', () => {
    const orders = [{ ...resting('SELL', '61000', '1'), reduceOnly: true }];
    expect(exposuresOf(stance({ position: longOne, orders }), 'SELL')).toEqual([]);
  });
});

describe('exceedsTier (MRG-5)', () => {
  const long4 = stance({ leverage: 50, position: { quantity: units('4'), cost: units('240000') } });

  it('adds the opening value of the side to the position at the mark', () => {
    expect(exceedsTier(long4, 'BUY', limit('50000', '0.2'))).toBe(false);
    expect(exceedsTier(long4, 'BUY', limit('50000', '0.201'))).toBe(true);
    expect(exceedsTier(long4, 'SELL', limit('60000', '4'))).toBe(false);
  });
});

function level(price: string, quantity: string) {
  return { price: units(price), quantity: units(quantity) };
}
