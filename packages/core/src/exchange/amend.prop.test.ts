import { describe, expect, it } from 'vitest';
import type { Amendment, NewOrder } from '../command.ts';
import { Core, type Outcome } from '../core.ts';
import { SeededRandom } from '../testing/index.ts';
import { tightCommand, tightMarket } from '../testing/tight-market.ts';

const told = (value: unknown): string => JSON.stringify(value, (_key, v) => (typeof v === 'bigint' ? String(v) : v));

const reasonOf = ({ reply }: Outcome): string => (reply.ok ? 'accepted' : reply.reason);

/** What users have and see, but for ids and counters. */
function standing({ exchange }: Core, userIds: readonly number[]): string {
  const symbols = exchange.symbols().map(({ parameters: { symbol } }) => symbol);
  const books = symbols.map((symbol) => ({ ...exchange.depth(symbol), version: 0 }));
  const users = userIds.map((userId) => [
    exchange.account(userId),
    exchange.positions(userId).map((position) => ({ ...position, positionId: 0 })),
  ]);
  return told([books, users]);
}

/** The new order that an amended one that has not filled is; undefined for one that an amend treats otherwise than a new one. */
function asNewOrder(core: Core, userId: number, amendment: Amendment): NewOrder | undefined {
  const found = core.exchange.order(userId, amendment);
  const order = found === undefined ? undefined : core.exchangeState.orders.get(found.orderId);
  // Legs are sized, reduce-only orders are cut by their age, and one that only shrinks keeps its place.
  if (order?.status !== 'PENDING' || order.reduceOnly || order.strategyId !== 0 || order.conditionId !== 0)
    return undefined;
  const { price = order.price, quantity = order.quantity } = amendment;
  if (price === order.price && quantity <= order.quantity) return undefined;
  const { type, side, positionSide, timeInForce, makerOnly, selfTradePrevention } = order;
  const { symbol } = order.market;
  return { symbol, type, side, positionSide, timeInForce, makerOnly, selfTradePrevention, price, quantity };
}

describe('an amended order that goes to the back (MAT-7)', () => {
  it('MAT-12: is taken, refused and matched as if it were canceled and placed anew', () => {
    const seen = { refused: 0, rested: 0, traded: 0 };
    for (let seed = 501; seed <= 680; seed++) {
      const random = new SeededRandom(seed);
      const { core, traders } = tightMarket();
      for (let i = 0; i < 200; i++) {
        const command = tightCommand(core, random, traders);
        if (command.type === 'amend-order') {
          const { actor, amendment } = command;
          const order = asNewOrder(core, actor.userId, amendment);
          if (order !== undefined) {
            const [amending, replacing] = [Core.restore(core.snapshot()), Core.restore(core.snapshot())];
            const amended = amending.apply(amending.sequence + 1, core.timeMs, command);
            replacing.apply(replacing.sequence + 1, core.timeMs, { type: 'cancel-order', actor, order: amendment });
            const placed = replacing.apply(replacing.sequence + 1, core.timeMs, { type: 'place-order', actor, order });
            const what = `seed ${seed}: ${told([command, amended.reply, placed.reply])}`;
            expect(reasonOf(amended), what).toBe(reasonOf(placed));
            const traded = amended.events.some(({ type }) => type === 'trade');
            seen[amended.reply.ok ? (traded ? 'traded' : 'rested') : 'refused']++;
            if (amended.reply.ok)
              expect(standing(amending, traders.userIds), what).toBe(standing(replacing, traders.userIds));
          }
        }
        core.apply(core.sequence + 1, core.timeMs, command);
      }
    }
    expect(Math.min(...Object.values(seen)), told(seen)).toBeGreaterThan(8);
  });
});
