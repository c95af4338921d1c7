import type { SymbolView } from '@openvenue/core';
import { priceTicks, quantitySteps } from '@openvenue/money';
import { describe, expect, test } from 'vitest';
import { Random } from '../random.ts';
import { SimulationVenue } from '../testing/simulation-venue.ts';
import { HOUSE_FUNDING } from './accounts.ts';
import { chooseSide, TAKER_POSITION_CAP_USDT, takerCommand, tradesPerSecond } from './taker.ts';

const SYMBOL = 'BTCUSDT';

function buys(position: { readonly heldUsdt: number; readonly trend: number }): number {
  const random = new Random([1]);
  return Array.from({ length: 1_000 }, () => chooseSide(random, position)).filter((side) => side === 'BUY').length;
}

describe('the side', () => {
  test('is even without a trend and a position', () => {
    expect(Math.abs(buys({ heldUsdt: 0, trend: 0 }) - 500)).toBeLessThan(60);
  });

  test('follows the index', () => {
    expect(buys({ heldUsdt: 0, trend: 3 })).toBeGreaterThan(650);
    expect(buys({ heldUsdt: 0, trend: -3 })).toBeLessThan(350);
  });

  test('leans against the position, and at the cap only reduces', () => {
    expect(buys({ heldUsdt: TAKER_POSITION_CAP_USDT / 2, trend: 0 })).toBeLessThan(350);
    expect(buys({ heldUsdt: TAKER_POSITION_CAP_USDT, trend: 5 })).toBe(0);
    expect(buys({ heldUsdt: -TAKER_POSITION_CAP_USDT, trend: -5 })).toBe(1_000);
  });
});

function venueAt(index: number): { readonly venue: SimulationVenue; readonly view: () => SymbolView } {
  const venue = new SimulationVenue();
  const quotes = [{ source: 'test', price: priceTicks(index), ageMs: 0, weight: 1 }];
  venue.ok({ type: 'update-prices', symbols: [{ symbol: SYMBOL, quotes }] });
  return { venue, view: () => venue.core.exchange.symbol(SYMBOL) as SymbolView };
}

function rest(venue: SimulationVenue, side: 'BUY' | 'SELL', price: number): void {
  const userId = venue.user({ username: `trader-${side}-${price}`, kind: 'trader', funding: HOUSE_FUNDING });
  venue.ok({
    type: 'place-order',
    actor: { userId },
    order: {
      symbol: SYMBOL,
      type: 'LIMIT',
      side,
      positionSide: 'BOTH',
      price: priceTicks(price),
      quantity: quantitySteps(5),
      timeInForce: 'GTC',
    },
  });
}

const turnOf = (venue: SimulationVenue, elapsedMs: number, seed = 1) => ({
  userIds: venue.accounts.takers,
  seed,
  second: 1,
  elapsedMs,
  random: new Random([seed]),
});

test('a moving index draws more trades than a still one, a burst more than a calm stretch', () => {
  const { view } = venueAt(1_000_000);
  const rate = (second: number, momentumBp: number): number =>
    tradesPerSecond({ seed: 1, second }, { view: view(), volatilityBp: 0.3, momentumBp });
  expect(rate(0, 2)).toBeGreaterThan(1.5 * rate(0, 0));
  expect(rate(0, -2)).toBe(rate(0, 2));
  expect(rate(0, 1_000)).toBeLessThanOrEqual(4 * rate(0, 0));
  const stretches = Array.from({ length: 200 }, (_, i) => rate(i * 6, 0)).toSorted((a, b) => a - b);
  expect(stretches.at(-1)).toBeGreaterThan(3 * (stretches[0] as number));
  expect(stretches.reduce((sum, each) => sum + each, 0) / 200).toBeLessThan(1);
});

test('a bid far above the index is sold to at once, an ask far below it bought', () => {
  for (const [side, price] of [
    ['BUY', 1_001_000],
    ['SELL', 999_000],
  ] as const) {
    const { venue, view } = venueAt(1_000_000);
    rest(venue, side, price);
    const command = takerCommand(venue.core, turnOf(venue, 0), { view: view(), volatilityBp: 0.3, momentumBp: 0 });
    expect(command).toMatchObject({ order: { price, side: side === 'BUY' ? 'SELL' : 'BUY', timeInForce: 'IOC' } });
    if (command !== undefined) venue.ok(command);
    expect(view().last).toBe(price);
  }
});

test('an empty book and one too far from the index are left alone', () => {
  const { venue, view } = venueAt(1_000_000);
  const anything = () =>
    Array.from({ length: 50 }, (_, seed) =>
      takerCommand(venue.core, turnOf(venue, 100_000, seed), { view: view(), volatilityBp: 0.3, momentumBp: 0 }),
    ).filter((command) => command !== undefined);
  expect(anything()).toEqual([]);
  rest(venue, 'BUY', 998_000);
  rest(venue, 'SELL', 1_002_000);
  expect(anything()).toEqual([]);
  rest(venue, 'BUY', 999_900);
  rest(venue, 'SELL', 1_000_100);
  expect(anything().length).toBeGreaterThan(0);
});
