import type { Command, NewOrder } from '@openvenue/core';
import type { RandomTraders, SeededRandom } from '@openvenue/core/testing';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';

/** Someone opens a long and a short at once, in a symbol where he has nothing else, so that there is something to set off. */
export function bothLegs(random: SeededRandom, { userIds, centers }: RandomTraders): Command {
  const symbol = random.pick([...centers.keys()]);
  const leg = (side: 'BUY' | 'SELL', positionSide: 'LONG' | 'SHORT'): NewOrder => ({
    symbol,
    type: 'MARKET',
    side,
    positionSide,
    price: 0 as PriceTicks,
    quantity: random.integer(1, 40) as QuantitySteps,
    timeInForce: 'IOC',
  });
  const userId = random.pick(userIds.filter((id) => id % 3 === 2));
  return { type: 'place-orders', actor: { userId }, orders: [leg('BUY', 'LONG'), leg('SELL', 'SHORT')] };
}
