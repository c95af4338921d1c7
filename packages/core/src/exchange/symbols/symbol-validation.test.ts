import { describe, expect, it } from 'vitest';
import { BTC, TestVenue, testSymbol } from '../../testing/index.ts';
import type { SymbolParameters } from './symbol-parameters.ts';
import { symbolProblems } from './symbol-validation.ts';

const [first, second] = [BTC.tiers[0]!, BTC.tiers[1]!];

describe('symbol configuration (SYM-1)', () => {
  it('takes the symbol of the rule vectors', () => expect(symbolProblems(BTC)).toEqual([]));
  it.each<[Partial<SymbolParameters>, string]>([
    [{ symbol: 'X' }, 'symbol must be 2 to 20 capital letters or digits'],
    [{ tickSize: 0n }, 'tickSize and stepSize must be above 0'],
    [{ stepSize: 0n }, 'tickSize and stepSize must be above 0'],
    [{ minQuantity: 100_001 as never }, 'minQuantity must be at most maxLimitOrderQuantity'],
    [{ maxOpenOrders: 1_001 }, 'maxOpenOrders must be 1 to 1000'],
    [{ maxOpenConditions: 1_001 }, 'maxOpenConditions must be 1 to 1000'],
    [{ bandInner: 0 as never }, 'band rates must satisfy 0 < X < Y < 1'],
    [{ bandInner: BTC.bandOuter }, 'band rates must satisfy 0 < X < Y < 1'],
    [{ markClamp: 0 as never }, 'markClamp must be between 0 and 1'],
    [{ priceProtectLimit: 0 as never }, 'priceProtectLimit must be between 0 and 1'],
    [{ fundOfferDistance: -1 as never }, 'fundOfferDistance must not be negative'],
    [{ feeLevels: [] }, 'at least one fee level is needed, the first from a volume of 0'],
    [{ feeLevels: [BTC.feeLevels[0]!, { ...BTC.feeLevels[0]! }] }, 'fee level 2: minVolume30d must rise'],
    [{ tiers: [{ ...first, floor: 1n as never }] }, 'the first tier must begin at 0'],
    [{ liquidationFeeRate: -1 as never }, "liquidationFeeRate must be 0 to half the first tier's rate"],
    [{ defaultLeverage: 101 }, "defaultLeverage must be 1 to the first tier's maximum"],
    [{ tiers: [{ ...first, cap: 0n as never }] }, 'tier 1: cap must be above floor'],
    [
      { tiers: [{ ...first, maintenanceMarginRate: 0 as never }], liquidationFeeRate: 0 as never },
      'tier 1: rate must be above 0',
    ],
    [
      { tiers: [{ ...first, maintenanceMarginRate: 1_000_000 as never }] },
      'tier 1: 1 / maxLeverage must be above the rate',
    ],
    [{ tiers: [first, { ...second, maintenanceMarginRate: first.maintenanceMarginRate }] }, 'tier 2: rate must rise'],
    [{ tiers: [first, { ...second, maxLeverage: first.maxLeverage }] }, 'tier 2: maxLeverage must fall'],
    [
      { tiers: [first, { ...second, floor: (first.cap - 1n) as never }] },
      'tier 2: floor must be the cap of the tier below',
    ],
  ])('says what is wrong with %o', (changes, problem) =>
    expect(symbolProblems(testSymbol(changes))).toContain(problem),
  );

  it.each<Partial<SymbolParameters>>([
    { minQuantity: BTC.maxLimitOrderQuantity },
    { maxOpenOrders: 1_000 },
    { maxOpenConditions: 1_000 },
    { maxOpenConditions: 1, maxOpenOrders: 1 },
    { bandInner: 1 as never },
    { bandOuter: 99_999_999 as never },
    { markClamp: 1 as never },
    { markClamp: 99_999_999 as never },
    { priceProtectLimit: 1 as never },
    { priceProtectLimit: 99_999_999 as never },
    { fundOfferDistance: 0 as never },
    { feeLevels: [{ ...BTC.feeLevels[0]!, maker: -50_000 as never }] },
    { liquidationFeeRate: 0 as never },
    { liquidationFeeRate: 200_000 as never },
    { defaultLeverage: 1 },
    { defaultLeverage: 100 },
    { tiers: [{ ...first, maintenanceMarginRate: 999_999 as never }] },
    { symbol: 'AB' },
    { symbol: 'A'.repeat(20) },
  ])('takes %o', (changes) => expect(symbolProblems(testSymbol(changes))).toEqual([]));

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
    expect(venue.core.exchange.symbols()).toEqual([venue.core.exchange.symbol('BTCUSDT')]);
    expect(
      venue.run({ type: 'configure-symbol', parameters: testSymbol({ tickSize: 1_000_000n }) }).reply,
    ).toMatchObject({ reason: 'CONFIGURATION_INVALID' });
    venue.ok({ type: 'configure-symbol', parameters: testSymbol({ maxOpenOrders: 5 }) });
    expect(venue.core.exchange.symbol('BTCUSDT')?.parameters.maxOpenOrders).toBe(200);
    venue.price('60000');
    expect(venue.core.exchange.symbol('BTCUSDT')).toMatchObject({ version: 2, parameters: { maxOpenOrders: 5 } });
  });

  it('nothing is known of a symbol that is not there', () => {
    const { exchange } = new TestVenue().core;
    expect(exchange.symbol('NONE')).toBeUndefined();
    expect(exchange.depth('NONE')).toBeUndefined();
    expect(exchange.settings(1, 'NONE')).toBeUndefined();
    expect(exchange.exitPrices(1, 'NONE', 'BOTH')).toEqual({ takeProfit: 0, stopLoss: 0 });
  });
});
