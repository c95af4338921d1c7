import { describe, expect, it } from 'vitest';
import { EXAMPLE_INSTRUMENT } from './testing/example-instrument.ts';
import { text, units } from './testing/units.ts';

const { tiers } = EXAMPLE_INSTRUMENT;

describe('TierTable (MRG-5)', () => {
  it.each([
    ['10000', '40'],
    ['50000', '200'],
    ['50001', '200.005'],
    ['260000', '1300'],
    ['1500000', '21200'],
    ['20000000', '483700'],
  ])('keeps for a notional of %s a margin of %s', (notional, margin) => {
    expect(text(tiers.maintenanceMargin(units(notional)))).toBe(margin);
  });

  it('knows the largest notional of a leverage and the largest leverage of a notional', () => {
    expect(text(tiers.capFor(50))).toBe('250000');
    expect(text(tiers.capFor(51))).toBe('50000');
    expect(tiers.capFor(101)).toBe(0n);
    expect(tiers.maxLeverageFor(units('50000'))).toBe(100);
    expect(tiers.maxLeverageFor(units('50000.1'))).toBe(50);
  });
});
