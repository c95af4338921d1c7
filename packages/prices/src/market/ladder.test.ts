import { priceTicks } from '@openvenue/money';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SYMBOLS } from '../symbols.ts';
import { LADDER_LEVELS, type LadderInputs, ladder, leastQuantity, usdtPerStep } from './ladder.ts';

const FAIR = { BTCUSDT: 1_165_432.6, ETHUSDT: 402_553, SOLUSDT: 17_827 } as const;

describe.each(DEFAULT_SYMBOLS)('$symbol', (parameters) => {
  const fair = FAIR[parameters.symbol as keyof typeof FAIR];
  const inputs: LadderInputs = { parameters, fair, unitBp: 0.3, bound: undefined, roomUsdt: 1e6, keys: [1] };

  test.each(['BUY', 'SELL'] as const)('%s quotes stand outward of the fair price, each at its own', (side) => {
    const quotes = ladder(side, inputs);
    const outward = side === 'BUY' ? -1 : 1;
    expect(quotes).toHaveLength(LADDER_LEVELS);
    let last = side === 'BUY' ? Math.ceil(fair) : Math.floor(fair);
    for (const { price } of quotes) {
      expect(outward * (price - last)).toBeGreaterThan(0);
      last = price;
    }
    expect(Math.abs(last - fair) / fair).toBeLessThan(0.01);
  });

  test('sizes grow outward and are worth what they should be', () => {
    const values = ladder('BUY', inputs).map(({ quantity, price }) => quantity * usdtPerStep(parameters, price));
    expect(values[0]).toBeGreaterThan(3_500);
    expect(values[0]).toBeLessThan(6_500);
    expect(values.at(-1)).toBeGreaterThan(4 * (values[0] as number));
  });

  test('the bound moves only what would cross it, and no two quotes meet there', () => {
    const bound = priceTicks(Math.floor(fair * 0.9998));
    const free = ladder('BUY', inputs);
    const bounded = ladder('BUY', { ...inputs, bound });
    expect(bounded[0]?.price).toBe(bound);
    expect(new Set(bounded.map(({ price }) => price)).size).toBe(LADDER_LEVELS);
    const last = free.at(-1)?.price as number;
    if (last < bound - LADDER_LEVELS) expect(bounded.at(-1)?.price).toBe(last);
  });

  test('the room covers the nearest levels only', () => {
    const quotes = ladder('SELL', { ...inputs, roomUsdt: 20_000 });
    const value = quotes.reduce((sum, { quantity }) => sum + quantity * usdtPerStep(parameters, fair), 0);
    expect(quotes.length).toBeGreaterThan(0);
    expect(quotes.length).toBeLessThan(LADDER_LEVELS);
    expect(value).toBeLessThanOrEqual(20_000);
    expect(ladder('SELL', { ...inputs, roomUsdt: 0 })).toEqual([]);
  });

  test('two makers differ', () => {
    expect(ladder('BUY', { ...inputs, keys: [2] })).not.toEqual(ladder('BUY', inputs));
  });

  test('the least quantity is worth more than minNotional', () => {
    const stepUsdt = usdtPerStep(parameters, fair);
    expect(leastQuantity(parameters, stepUsdt) * stepUsdt).toBeGreaterThanOrEqual(2 * 5);
  });
});
