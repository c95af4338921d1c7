import { formatDecimal, type Money, parseDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { BTC, ETH, TestVenue, testSymbol } from '../../testing/index.ts';
import { bankruptcyPrice } from '../liquidation/bankruptcy-price.ts';
import { crossMaintained, isBelowMaintenance, isolatedMaintained } from './maintenance.ts';

const usdt = (text: string): bigint => parseDecimal(text) as bigint;
const free = { feeLevels: [{ ...BTC.feeLevels[0]!, maker: 0 as never, taker: 0 as never }] };

describe('below maintenance (LIQ-1)', () => {
  it('is strictly below: equal is safe, and without a position nothing is', () => {
    expect(isBelowMaintenance({ balance: 178n, maintenanceMargin: 178n })).toBe(false);
    expect(isBelowMaintenance({ balance: 177n, maintenanceMargin: 178n })).toBe(true);
    expect(isBelowMaintenance({ balance: -1n, maintenanceMargin: 0n })).toBe(false);
  });

  it('LIQ-6: one cross balance stands behind all cross positions (V28)', () => {
    const venue = new TestVenue([testSymbol(free), { ...ETH, ...free }]);
    const [user, other] = [venue.user('1650'), venue.user('1000000')];
    venue.prices({ BTCUSDT: '60000', ETHUSDT: '3000' });
    for (const symbol of ['BTCUSDT', 'ETHUSDT'])
      venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol, leverage: 50 });
    venue.trade(user, other, { price: '60000', quantity: '0.5' });
    venue.trade(other, user, { symbol: 'ETHUSDT', price: '3000', quantity: '5' });
    // The marks alone: a price command would liquidate at once.
    for (const [symbol, mark] of [
      ['BTCUSDT', '58000'],
      ['ETHUSDT', '3100'],
    ] as const)
      venue.core.exchangeState.markets.get(symbol)!.mark = venue.ticks(symbol, mark);
    const account = venue.core.exchangeState.account(user);
    const cross = crossMaintained(account);
    expect([cross.balance, cross.maintenanceMargin].map(formatDecimal)).toEqual(['150', '178']);
    expect(isBelowMaintenance(cross)).toBe(true);
    const legs = account.stances.flatMap((stance) => stance.legs);
    expect(legs.map((leg) => formatDecimal(leg.maintenanceMargin))).toEqual(['116', '62']);
    const prices = legs.map(({ market, quantity }) =>
      bankruptcyPrice({ mark: market.mark, quantity, balance: cross.balance, unit: market.unit }),
    );
    expect(prices).toEqual([577_000, 31_300]);
  });

  it('an isolated position has its own margin and PnL, whatever else there is', () => {
    const venue = new TestVenue([testSymbol(free)]);
    const [user, other] = [venue.user('1000000'), venue.user('1000000')];
    venue.price('60000');
    venue.ok({ type: 'set-margin-mode', actor: { userId: user }, symbol: 'BTCUSDT', marginMode: 'ISOLATED' });
    venue.trade(user, other, { price: '60000', quantity: '1' });
    const liquidation = venue.position(user)?.liquidationPrice ?? 0;
    const account = venue.core.exchangeState.account(user);
    const leg = account.stance(venue.core.exchangeState.markets.get('BTCUSDT')!).leg('BOTH');
    const { market } = leg;
    market.mark = liquidation as typeof market.mark;
    expect(isBelowMaintenance(isolatedMaintained(leg))).toBe(true);
    market.mark = (liquidation + 1) as typeof market.mark;
    expect(isBelowMaintenance(isolatedMaintained(leg))).toBe(false);
    leg.position = { ...leg.position, margin: (leg.position.margin - usdt('1')) as Money };
    expect(isBelowMaintenance(isolatedMaintained(leg))).toBe(true);
    expect(isBelowMaintenance(crossMaintained(account))).toBe(false);
  });
});
