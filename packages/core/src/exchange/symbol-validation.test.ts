import { describe, expect, it } from 'vitest';
import { BTC, TestVenue, testSymbol } from '../testing/index.ts';
import type { SymbolParameters } from './symbol-parameters.ts';
import { symbolProblems } from './symbol-validation.ts';

const [first, second] = [BTC.tiers[0]!, BTC.tiers[1]!];

describe('symbol configuration (SYM-1)', () => {
  it('takes the symbol of the rule vectors', () => expect(symbolProblems(BTC)).toEqual([]));
  it.each<[string, Partial<SymbolParameters>, RegExp]>([
    ['a grid finer than money', { tickSize: 1n, stepSize: 1n }, /whole number of 1e-8/],
    [
      'a gap between tiers',
      { tiers: [first, { ...second, floor: (second.floor + 1n) as never }] },
      /floor must be the cap/,
    ],
    ['falling rates', { tiers: [first, { ...second, maintenanceMarginRate: 300_000 as never }] }, /rate must rise/],
    ['rising leverage', { tiers: [first, { ...second, maxLeverage: 100 }] }, /maxLeverage must fall/],
    ['leverage beyond the rate', { tiers: [{ ...first, maxLeverage: 250 }] }, /1 \/ maxLeverage/],
    ['a liquidation fee over half the first rate', { liquidationFeeRate: 200_001 as never }, /liquidationFeeRate/],
    [
      'fees that pay out on a wash trade (X4)',
      { feeLevels: [{ ...BTC.feeLevels[0]!, maker: -60_000 as never }] },
      /must not be negative/,
    ],
    ['an inner band outside the outer', { bandInner: 3_000_000 as never }, /0 < X < Y/],
    ['sums beyond 2^53', { maxLimitOrderQuantity: 100_000_000 as never }, /2\^53/],
    ['no tiers', { tiers: [] }, /at least one leverage tier/],
  ])('refuses %s', (_name, changes, problem) =>
    expect(symbolProblems(testSymbol(changes)).join('\n')).toMatch(problem),
  );

  it('takes effect at a price command, and never changes the grid of a listed symbol', () => {
    const venue = new TestVenue([]);
    venue.ok({ type: 'configure-symbol', parameters: BTC });
    expect(venue.core.exchange.symbols()).toEqual([]);
    venue.ok({
      type: 'update-prices',
      symbols: [{ symbol: 'BTCUSDT', quotes: [{ source: 's', price: 600_000 as never, ageMs: 0, weight: 1 }] }],
    });
    expect(venue.core.exchange.symbol('BTCUSDT')).toMatchObject({ version: 1, index: 600_000 });
    expect(
      venue.run({ type: 'configure-symbol', parameters: testSymbol({ tickSize: 1_000_000n }) }).reply,
    ).toMatchObject({ reason: 'CONFIGURATION_INVALID' });
    venue.ok({ type: 'configure-symbol', parameters: testSymbol({ maxOpenOrders: 5 }) });
    expect(venue.core.exchange.symbol('BTCUSDT')?.parameters.maxOpenOrders).toBe(200);
    venue.price('60000');
    expect(venue.core.exchange.symbol('BTCUSDT')).toMatchObject({ version: 2, parameters: { maxOpenOrders: 5 } });
  });
});
