import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateFill } from './fill-estimate.ts';
import { type MaxQuantityTerms, maxQuantity, percentOf, percentOfMax } from './max-quantity.ts';
import { exceedsTier, requiredMargin } from './required-margin.ts';
import { FLAT, type Stance } from './stance.ts';
import { EXAMPLE_INSTRUMENT } from './testing/example-instrument.ts';
import { text, units } from './testing/units.ts';

const flat: Stance = {
  instrument: EXAMPLE_INSTRUMENT,
  leverage: 10,
  mark: units('60000'),
  position: FLAT,
  orders: [],
};
const terms = (changes: Partial<MaxQuantityTerms> = {}): MaxQuantityTerms => ({
  side: 'BUY',
  price: units('60000'),
  makerOnly: false,
  reduceOnly: false,
  available: units('10000'),
  opposite: [],
  ...changes,
});

describe('maxQuantity', () => {
  it('is what the available balance pays for, fee included', () => {
    expect(text(maxQuantity(flat, terms()))).toBe('1.658');
    expect(text(maxQuantity(flat, terms({ available: 0n })))).toBe('0');
    expect(text(maxQuantity(flat, terms({ available: units('-5') })))).toBe('0');
  });

  it('stops at the tier of the leverage and at the largest order', () => {
    const rich = terms({ available: units('1000000000') });
    expect(text(maxQuantity({ ...flat, leverage: 100 }, rich))).toBe('0.833');
    expect(text(maxQuantity(flat, terms({ ...rich, price: units('100') })))).toBe('1000');
  });

  it('is the position for an order that only reduces, and what closes is free but for the fee of what then opens', () => {
    const long = { ...flat, position: { quantity: units('0.5'), cost: units('30000') } };
    expect(text(maxQuantity(long, terms({ side: 'SELL', reduceOnly: true })))).toBe('0.5');
    expect(text(maxQuantity(long, terms({ side: 'BUY', reduceOnly: true })))).toBe('0');
    expect(text(maxQuantity(long, terms({ side: 'SELL', available: 0n })))).toBe('0.5');
    expect(text(maxQuantity(long, terms({ side: 'SELL', available: units('15') })))).toBe('1');
  });

  it('needs a price: there is none for a market order against an empty side', () => {
    const { price: _price, ...market } = terms();
    expect(maxQuantity(flat, market)).toBe(0n);
    const opposite = [{ price: units('60010'), quantity: units('5') }];
    expect(text(maxQuantity(flat, { ...market, opposite }))).toBe('1.655');
  });

  it('is accepted, and one step more is not', () => {
    const { stepSize, maxLimitQuantity } = EXAMPLE_INSTRUMENT;
    const numbers = {
      available: fc.integer({ min: 0, max: 5_000_000 }),
      price: fc.integer({ min: 500_000, max: 700_000 }),
      leverage: fc.integer({ min: 1, max: 100 }),
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      held: fc.integer({ min: -3_000, max: 3_000 }),
    };
    fc.assert(
      fc.property(fc.record(numbers), ({ available, price, leverage, side, held }) => {
        const quantity = BigInt(held) * stepSize;
        const cost = (quantity < 0n ? -quantity : quantity) * 60_000n;
        const stance = { ...flat, leverage, position: { quantity, cost } };
        const asked = terms({ side, available: BigInt(available) * 1_000_000n, price: BigInt(price) * 10_000_000n });
        const fits = (size: bigint) => {
          const { value } = estimateFill({ side, quantity: size, price: asked.price as bigint }, []);
          const order = { quantity: size, value, makerOnly: false };
          const required = requiredMargin(stance, side, order);
          return (required === 0n || required <= asked.available) && !exceedsTier(stance, side, order);
        };
        const max = maxQuantity(stance, asked);
        if (max > 0n) expect(fits(max)).toBe(true);
        if (max < maxLimitQuantity) expect(fits(max + stepSize)).toBe(false);
      }),
    );
  });
});

describe('percentOf', () => {
  it('stays on the step grid and comes back as the same percentage', () => {
    expect(text(percentOf(units('1.658'), 25, units('0.001')))).toBe('0.414');
    expect(text(percentOf(units('1.658'), 100, units('0.001')))).toBe('1.658');
    expect(percentOfMax(units('0.414'), units('1.658'))).toBe(25);
    expect(percentOfMax(units('2'), units('1.658'))).toBe(100);
    expect(percentOfMax(units('2'), 0n)).toBe(0);
  });
});
