import { type Money, parseDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { BTC, ETH, SeededRandom, TestVenue } from '../testing/index.ts';
import { TierTable } from './tier-table.ts';

const usdt = (text: string): bigint => parseDecimal(text) as bigint;

describe('liqPrice (MRG-9)', () => {
  it('is the tick nearest to the mark at which the account is below maintenance, as a search of every tick finds it', () => {
    const maxPrice = 4_000;
    const maxLimitOrderQuantity = 5_000_000 as typeof BTC.minQuantity;
    const small = {
      ...BTC,
      maxLimitOrderQuantity,
      maxPrice: maxPrice as typeof BTC.maxPrice,
      minNotional: 0n as Money,
    };
    const tiers = new TierTable(small.tiers);
    const random = new SeededRandom(5);
    let found = 0;
    for (let round = 0; round < 60; round++) {
      const venue = new TestVenue([small, { ...ETH, minNotional: 0n as Money }]);
      const [user, other] = [venue.user(`${random.integer(1_000, 90_000)}`), venue.user('1000000000')];
      venue.prices({ BTCUSDT: '100', ETHUSDT: '3000' });
      for (const userId of [user, other])
        venue.run({ type: 'set-leverage', actor: { userId }, symbol: 'BTCUSDT', leverage: random.pick([20, 50, 100]) });
      const side = random.pick(['BUY', 'SELL'] as const);
      const quantity = `${random.integer(1, 4_000)}`;
      const against = side === 'BUY' ? 'SELL' : 'BUY';
      venue.place(other, { side: against, price: '100', quantity });
      venue.place(user, { side, price: '100', quantity });
      venue.place(other, { symbol: 'ETHUSDT', side: 'SELL', price: '3000', quantity: '1' });
      venue.place(user, { symbol: 'ETHUSDT', side: 'BUY', price: '3000', quantity: '1' });
      venue.prices({ BTCUSDT: `${random.integer(95, 105)}`, ETHUSDT: '2990' });
      const position = venue.position(user);
      if (position === undefined) continue;
      const { marginBalance, maintenanceMargin } = venue.account(user);
      const unit = 10_000n;
      const acts = (price: number): boolean => {
        const moved = BigInt(position.quantity) * BigInt(price - position.mark) * unit;
        const notional = BigInt(Math.abs(position.quantity)) * BigInt(price) * unit;
        const needed = maintenanceMargin - position.maintenanceMargin + tiers.maintenanceMargin(notional);
        return marginBalance + moved < needed;
      };
      let nearest = 0;
      for (let distance = 0; distance <= maxPrice && nearest === 0; distance++) {
        for (const price of [position.mark - distance, position.mark + distance])
          if (nearest === 0 && price >= 1 && price <= maxPrice && acts(price)) nearest = price;
      }
      expect(position.liquidationPrice, `round ${round}`).toBe(nearest);
      if (nearest !== 0) found++;
    }
    expect(found).toBeGreaterThan(20);
  });

  it('is the mark itself when the account is already below maintenance', () => {
    const venue = new TestVenue();
    const [user, other] = [venue.user('700'), venue.user('1000000')];
    venue.price('60000');
    venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 100 });
    venue.trade(other, user, { price: '60000', quantity: '0.8' });
    venue.price('61000');
    expect(venue.account(user).marginBalance).toBeLessThan(usdt('192'));
    expect(venue.position(user)?.liquidationPrice).toBe(610_000);
    expect(venue.account(user).marginRatio).toBe(9_999n * 100_000_000n);
  });
});
