import type { Command, Core, NewOrder } from '@openvenue/core';
import type { RandomTraders, SeededRandom } from '@openvenue/core/testing';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';

/** Large orders on both sides, all above or all below where the index is: deep enough to move the funding rate. */
export function deepQuotes(core: Core, random: SeededRandom, { userIds, centers }: RandomTraders): Command {
  const [symbol, center] = random.pick([...centers]);
  const isHigh = random.chance(1, 2);
  const middle = center * (1 + ((isHigh ? 1 : -1) * random.integer(2, 8)) / 1_000);
  const unit = core.exchange.symbol(symbol)?.parameters.maxMarketOrderQuantity ?? 1;
  const quote = (side: 'BUY' | 'SELL', away: number): NewOrder => ({
    symbol,
    type: 'LIMIT',
    side,
    positionSide: 'BOTH',
    price: Math.round(middle + away) as PriceTicks,
    quantity: Math.min(unit, Math.round(300_000_000 / center)) as QuantitySteps,
    timeInForce: 'GTC',
  });
  const spread = Math.max(2, center / 2_000);
  return {
    type: 'place-orders',
    actor: { userId: userIds[0]! },
    orders: [quote('BUY', -spread), quote('SELL', spread)],
  };
}
