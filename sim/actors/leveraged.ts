import type { Command, Core } from '@openvenue/core';
import type { SeededRandom } from '@openvenue/core/testing';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { SimulatedMarket } from './market.ts';

/** Shares of what a wallet carries at its leverage, in percent: from safe to soon liquidated. */
const SHARES = [15, 90] as const;

/**
 * One user takes from another at one price, so that there are positions of all sizes for prices to act on. Who takes uses much of his
 * wallet; who trades hedge legs has both in the end.
 */
export function leveragedTrade(core: Core, random: SeededRandom, market: SimulatedMarket): readonly Command[] {
  const { userIds, centers } = market.traders;
  const [symbol, center] = random.pick([...centers]);
  const able = userIds.filter((userId) => core.exchange.account(userId).available > 0n);
  const taker = random.pick(able);
  const maker = random.chance(1, 3) ? userIds[0]! : random.pick(able.filter((userId) => userId !== taker));
  const quantity = affordable(core, random, { userId: taker, symbol, center });
  const isBuy = random.chance(1, 2);
  const order = (userId: number, side: 'BUY' | 'SELL', timeInForce: 'GTC' | 'IOC'): Command => ({
    type: 'place-order',
    actor: { userId },
    order: {
      symbol,
      type: 'LIMIT',
      side,
      positionSide: userId % 3 === 2 ? (side === 'BUY' ? 'LONG' : 'SHORT') : 'BOTH',
      price: center as PriceTicks,
      quantity,
      timeInForce,
    },
  });
  return [order(maker, isBuy ? 'SELL' : 'BUY', 'GTC'), order(taker, isBuy ? 'BUY' : 'SELL', 'IOC')];
}

function affordable(
  { exchange }: Core,
  random: SeededRandom,
  { userId, symbol, center }: { readonly userId: number; readonly symbol: string; readonly center: number },
): QuantitySteps {
  const { parameters } = exchange.symbol(symbol)!;
  const unit = (parameters.tickSize * parameters.stepSize) / 100_000_000n;
  const { leverage } = exchange.settings(userId, symbol)!;
  const carried = (exchange.account(userId).available * BigInt(leverage * random.integer(...SHARES))) / 100n;
  const most = Math.floor(parameters.maxMarketOrderQuantity / 4);
  return Math.min(most, Math.max(1, Number(carried / (BigInt(center) * unit)))) as QuantitySteps;
}
