import { describe, expect, it } from 'vitest';
import { accountAtMarks, costOf, positionAtMark } from './account-figures.ts';
import { EXAMPLE_INSTRUMENT } from './testing/example-instrument.ts';
import { text, units } from './testing/units.ts';

const { tiers } = EXAMPLE_INSTRUMENT;
const at = (mark: string, quantity = '1') =>
  positionAtMark({
    position: { quantity: units(quantity), cost: units('60000') },
    mark: units(mark),
    margin: units('6000'),
    tiers,
  });

describe('positionAtMark (POS-6)', () => {
  it('values both directions', () => {
    expect(text(at('61000').unrealizedPnl)).toBe('1000');
    expect(text(at('61000').roe)).toBe('0.16666667');
    expect(text(at('61000', '-1').roe)).toBe('-0.16666667');
    expect(text(at('61000').notional)).toBe('61000');
    expect(text(at('61000').maintenanceMargin)).toBe('255');
  });

  it('gives back the cost from what the venue says of the position', () => {
    for (const quantity of ['1', '-1']) expect(text(costOf(units(quantity), at('61234.5', quantity)))).toBe('60000');
  });
});

describe('accountAtMarks (MRG-4, MRG-8)', () => {
  const balances = { wallet: units('10000'), frozen: units('500'), used: units('6000') };

  it('lets a loss count and a profit not', () => {
    expect(text(accountAtMarks(balances, [at('59000')]).available)).toBe('2500');
    expect(text(accountAtMarks(balances, [at('66000')]).available)).toBe('3500');
    expect(text(accountAtMarks(balances, [at('66000')]).equity)).toBe('16000');
  });

  it('shows the margin ratio rounded up, none when the equity is gone', () => {
    expect(text(accountAtMarks(balances, [at('59000')]).marginRatio)).toBe('0.02722223');
    expect(accountAtMarks(balances, []).marginRatio).toBe(0n);
    expect(accountAtMarks(balances, [at('50000')]).marginRatio).toBeUndefined();
  });
});
