import type { Command, NewOrder } from '@openvenue/core';
import { type RandomTraders, randomStrategy, type SeededRandom } from '@openvenue/core/testing';
import type { QuantitySteps } from '@openvenue/money';

/**
 * Someone places a strategy, and others take its orders in parts: the parent's, and what the pair's orders become. So legs are
 * armed, grow, shrink and are placed again.
 */
export function strategyAndFills(random: SeededRandom, { userIds, centers, spreadTicks }: RandomTraders): Command[] {
  const [symbol, center] = random.pick([...centers]);
  const userId = random.pick(userIds);
  const at = { userId, symbol, center, spreadTicks, hedges: userId % 3 === 2 };
  const strategy = randomStrategy(random, at);
  const orders = strategy.subOrders.flatMap(({ order }) => (order === undefined ? [] : [order]));
  const fills = Array.from({ length: random.integer(1, 4) }, () =>
    random.pick(orders.length > 0 ? orders : [undefined]),
  );
  const takers = userIds.filter((taker) => taker !== userId && taker % 3 !== 2);
  return [
    { type: 'place-strategy', actor: { userId }, strategy },
    ...fills.flatMap((order): Command[] =>
      order === undefined ? [] : [take(random, order, random.pick(takers.slice(0, 2)))],
    ),
  ];
}

function take(random: SeededRandom, { symbol, side, price, quantity }: NewOrder, userId: number): Command {
  const order: NewOrder = {
    symbol,
    type: 'LIMIT',
    side: side === 'BUY' ? 'SELL' : 'BUY',
    positionSide: 'BOTH',
    price,
    quantity: Math.max(1, Math.ceil((quantity * random.integer(20, 100)) / 100)) as QuantitySteps,
    timeInForce: 'IOC',
  };
  return { type: 'place-order', actor: { userId }, order };
}
