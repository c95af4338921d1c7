import type { Command, Core } from '@openvenue/core';
import type { SeededRandom } from '@openvenue/core/testing';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { SimulatedMarket } from './market.ts';

/** Shares of what a wallet carries at its leverage, in percent: from safe to soon liquidated. */
const SHARES = [15, 90] as const;

interface Deal {
  readonly symbol: string;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly maker: number;
  readonly taker: number;
  readonly takes: 'BUY' | 'SELL';
}

const hedges = (userId: number): boolean => userId % 3 === 2;
const other = (side: 'BUY' | 'SELL') => (side === 'BUY' ? 'SELL' : 'BUY');

/**
 * One user takes from another at one price, so that there are positions of all sizes for prices to act on. Who takes uses much of his
 * wallet; who trades hedge legs often has both in the end. At times the price is exactly what fires someone's condition.
 */
export function leveragedTrade(core: Core, random: SeededRandom, market: SimulatedMarket): readonly Command[] {
  const { userIds, centers } = market.traders;
  const [symbol, center] = random.pick([...centers]);
  const able = userIds.filter((userId) => core.exchange.account(userId).available > 0n);
  if (able.length < 2) return [];
  const taker = random.pick(able);
  const maker = random.chance(1, 3) && taker !== able[0] ? able[0]! : random.pick(able.filter((id) => id !== taker));
  const triggers = random.chance(1, 3) ? triggersOf(core, userIds, symbol) : [];
  const price = triggers.length > 0 ? random.pick(triggers) : (center as PriceTicks);
  const quantity = affordable(core, random, { userId: taker, symbol, price });
  const takes = random.pick(['BUY', 'SELL'] as const);
  const deal = { symbol, price, quantity, maker, taker, takes };
  if (!hedges(taker) || random.chance(1, 2)) return trade(deal);
  const part = Math.ceil((quantity * random.integer(10, 80)) / 100) as QuantitySteps;
  return [...trade(deal), ...trade({ ...deal, quantity: part, takes: other(takes) })];
}

function trade({ maker, taker, takes, ...terms }: Deal): readonly Command[] {
  const order = (userId: number, side: 'BUY' | 'SELL', timeInForce: 'GTC' | 'IOC'): Command => ({
    type: 'place-order',
    actor: { userId },
    order: {
      ...terms,
      type: 'LIMIT',
      side,
      positionSide: hedges(userId) ? (side === 'BUY' ? 'LONG' : 'SHORT') : 'BOTH',
      timeInForce,
    },
  });
  return [order(maker, other(takes), 'GTC'), order(taker, takes, 'IOC')];
}

/** The prices at which a trade fires a condition that waits. */
function triggersOf({ exchange }: Core, userIds: readonly number[], symbol: string): readonly PriceTicks[] {
  return userIds
    .flatMap((userId) => exchange.openConditions(userId, symbol))
    .filter(({ workingType, triggerPrice }) => workingType === 'CONTRACT_PRICE' && triggerPrice > 0)
    .map(({ triggerPrice }) => triggerPrice);
}

function affordable(
  { exchange }: Core,
  random: SeededRandom,
  { userId, symbol, price }: { readonly userId: number; readonly symbol: string; readonly price: PriceTicks },
): QuantitySteps {
  const { parameters } = exchange.symbol(symbol)!;
  const unit = (parameters.tickSize * parameters.stepSize) / 100_000_000n;
  const { leverage } = exchange.settings(userId, symbol)!;
  const carried = (exchange.account(userId).available * BigInt(leverage * random.integer(...SHARES))) / 100n;
  const most = Math.floor(parameters.maxMarketOrderQuantity / 4);
  return Math.min(most, Math.max(1, Number(carried / (BigInt(price) * unit)))) as QuantitySteps;
}
