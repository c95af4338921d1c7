import { type Money, type PriceTicks, parseDecimal, type QuantitySteps, type Rate } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { BTC, ETH, SeededRandom, TestVenue } from '../../testing/index.ts';
import { FastBook } from '../book/fast-book.ts';
import { FLAT } from '../positions/position.ts';
import { maintenanceMarginOf, unrealizedPnlOf } from '../positions/position-at-price.ts';
import { Market } from '../symbols/market.ts';
import { TierTable } from '../symbols/tier-table.ts';
import { liquidationPriceOf } from './liquidation-price.ts';

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

  it('of a cross hedge is one price for both legs, either side of the mark (V25, V26, V27)', () => {
    const hedge = (options: {
      wallet: string;
      long: string;
      short: string;
      price: string;
      shortPrice?: string;
      mark: string;
      leverage: number;
    }) => {
      const free = { ...BTC, bandInner: 2_000_000 as never, bandOuter: 3_000_000 as never };
      const venue = new TestVenue([
        { ...free, feeLevels: [{ ...BTC.feeLevels[0]!, maker: 0 as never, taker: 0 as never }] },
      ]);
      const [user, other] = [venue.user('1000000'), venue.user('100000000')];
      venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: options.leverage });
      for (const [side, positionSide, quantity, price] of [
        ['BUY', 'LONG', options.long, options.price],
        ['SELL', 'SHORT', options.short, options.shortPrice ?? options.price],
      ] as const) {
        venue.price(price);
        venue.placed(other, { side: side === 'BUY' ? 'SELL' : 'BUY', price, quantity });
        venue.placed(user, { side, price, quantity, more: { positionSide } });
      }
      venue.price(options.mark);
      const account = venue.core.exchangeState.account(user);
      account.wallet = usdt(options.wallet) as Money;
      return venue.core.exchange.positions(user).map(({ liquidationPrice }) => liquidationPrice / 10);
    };
    // In the first tier nothing changes with the price: 251 - 249 against 0.4 % of 500. Beyond 200,803.2 both have left it:
    // 1 + 100 - 0.0005 x price.
    const still = { long: '0.251', short: '0.249', price: '60000', mark: '60000', leverage: 10 };
    expect(hedge({ ...still, wallet: '121' })).toEqual([202_000.1, 202_000.1]);
    const book = {
      wallet: '5000',
      long: '1',
      short: '0.4',
      price: '60000',
      shortPrice: '61000',
      mark: '60000',
      leverage: 10,
    };
    expect(hedge(book)).toEqual([51_482.9, 51_482.9]);
    const even = { wallet: '1000', long: '1', short: '1', price: '60000', mark: '60000', leverage: 50 };
    expect(hedge(even)).toEqual([110_000.1, 110_000.1]);
    const odd = { wallet: '403', long: '1.009', short: '1', price: '50000', leverage: 50 };
    expect(hedge({ ...odd, mark: '49900' })).toEqual([50_717.8, 50_717.8]);
    expect(hedge({ ...odd, mark: '49000' })).toEqual([48_755.1, 48_755.1]);
  });

  it.each([
    ['also where the legs nearly cancel out', BTC, 3_000_000],
    [
      'also where rounding a maintenance margin decides',
      {
        ...BTC,
        tickSize: 1n,
        stepSize: 100_000_000n,
        tiers: [{ ...BTC.tiers[0]!, maintenanceMarginRate: 333_331 as Rate }],
      },
      5,
    ],
  ])('of a hedge is what a search of every tick finds, %s', (_where, parameters, largest) => {
    const market = new Market({ ...parameters, maxPrice: 4_000 as PriceTicks }, new FastBook());
    const random = new SeededRandom(17);
    const { unit, tiers } = market;
    let found = 0;
    for (let round = 0; round < 400; round++) {
      market.mark = random.integer(900, 1_100) as PriceTicks;
      const long = random.integer(1, largest);
      const short = random.chance(1, 2) ? Math.max(1, long - random.integer(-30, 60_000)) : random.integer(1, largest);
      const position = (quantity: number) => ({
        quantity: quantity as QuantitySteps,
        cost: (BigInt(Math.abs(quantity)) * BigInt(random.integer(950, 1_050)) * unit) as Money,
        openFees: 0n as Money,
        margin: 0n as Money,
      });
      const positions = { BOTH: FLAT, LONG: position(long), SHORT: position(-short) };
      const needed = maintenanceMarginOf(positions.LONG, market) + maintenanceMarginOf(positions.SHORT, market);
      const slice = {
        market,
        leverage: 10,
        isolated: false,
        makerRate: 0 as Rate,
        takerRate: 0 as Rate,
        crossWallet:
          needed -
          unrealizedPnlOf(positions.LONG, market) -
          unrealizedPnlOf(positions.SHORT, market) +
          (random.chance(1, 3) ? BigInt(random.integer(0, 3)) : needed / BigInt(random.integer(1, 40))),
        positions,
        otherInitialMargin: 0n,
        otherUnrealizedPnl: 0n,
        otherMaintenanceMargin: 0n,
      };
      const acts = (price: number): boolean => {
        const pnl = unrealizedPnlOf(positions.LONG, market, price) + unrealizedPnlOf(positions.SHORT, market, price);
        const at = (quantity: number) => tiers.maintenanceMargin(BigInt(quantity) * BigInt(price) * unit);
        return slice.crossWallet + pnl < at(long) + at(short);
      };
      let nearest = 0;
      for (let distance = 0; distance <= 4_000 && nearest === 0; distance++) {
        for (const price of [market.mark - distance, market.mark + distance])
          if (nearest === 0 && price >= 1 && price <= 4_000 && acts(price)) nearest = price;
      }
      expect(liquidationPriceOf(slice, 'LONG'), `round ${round}`).toBe(nearest);
      expect(liquidationPriceOf(slice, 'SHORT')).toBe(nearest);
      if (nearest > market.mark) found++;
    }
    expect(found).toBeGreaterThan(30);
  });

  it('is the mark itself when the account is already below maintenance, because liquidation pauses', () => {
    const venue = new TestVenue();
    const [user, other] = [venue.user('700'), venue.user('1000000')];
    venue.price('60000');
    venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 100 });
    venue.trade(other, user, { price: '60000', quantity: '0.8' });
    venue.ok({ type: 'configure-symbol', parameters: { ...BTC, status: 'CANCEL_ONLY' } });
    venue.price('61000');
    expect(venue.account(user).marginBalance).toBeLessThan(usdt('192'));
    expect(venue.position(user)?.liquidationPrice).toBe(610_000);
    expect(venue.account(user).marginRatio).toBe(9_999n * 100_000_000n);
  });
});
