import type { Command, Core } from '@openvenue/core';
import type { SeededRandom } from '@openvenue/core/testing';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';

/**
 * Orders that close a position of someone, often of who has won the most and is deleveraged first, all at one price away from the market, and together more than there is to close: so the later
 * ones are cut, and all of them when the position shrinks.
 */
export function stackedExits(core: Core, random: SeededRandom, userIds: readonly number[]): readonly Command[] {
  const profit = (id: number): bigint => core.exchange.account(id).unrealizedPnl;
  const userId = random.chance(1, 2)
    ? userIds.reduce((best, id) => (profit(id) > profit(best) ? id : best))
    : random.pick(userIds);
  const open = core.exchange.positions(userId);
  if (open.length === 0) return [];
  const { symbol, positionSide, quantity, mark } = random.pick(open);
  const side = quantity > 0 ? 'SELL' : 'BUY';
  const away = 1 + (side === 'SELL' ? 1 : -1) * (random.integer(1, 8) / 1_000);
  const price = Math.round(mark * away) as PriceTicks;
  return Array.from({ length: random.integer(2, 4) }, () => ({
    type: 'place-order',
    actor: { userId },
    order: {
      symbol,
      type: 'LIMIT',
      side,
      positionSide,
      price,
      quantity: Math.ceil((Math.abs(quantity) * random.integer(30, 90)) / 100) as QuantitySteps,
      timeInForce: 'GTC',
      ...(positionSide === 'BOTH' ? { reduceOnly: true } : {}),
    },
  }));
}
