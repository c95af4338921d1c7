import type { ClosedPositionRecord } from '../../event.ts';
import type { Leg } from '../accounts/leg.ts';
import type { Order } from '../orders/order.ts';
import type { FillEffect } from '../positions/position.ts';
import { beginLife, closedPosition, countClosing, countOpening } from '../positions/position-life.ts';
import type { Step } from '../step.ts';

/** Which position a fill has changed (of a flip the one it closed), and that position's record when it has ended. */
export interface ChangedPosition {
  readonly positionId: number;
  readonly closed: ClosedPositionRecord | undefined;
}

/** Books a fill's effect on its leg and on the figures of the position's life: a flip ends one and begins another (POS-6). */
export function changePosition(
  step: Step,
  leg: Leg,
  { order, effect }: { readonly order: Pick<Order, 'userId' | 'closeTrigger'>; readonly effect: FillEffect },
): ChangedPosition {
  const long = leg.quantity > 0;
  const before = leg.life;
  let closed: ClosedPositionRecord | undefined;
  leg.position = effect.after;
  if (before !== undefined && effect.closingQuantity > 0) {
    countClosing(before, effect);
    if (effect.after.quantity === 0 || effect.openingQuantity > 0) {
      const { market, positionSide, isolated, leverage } = leg;
      closed = closedPosition(before, {
        userId: order.userId,
        symbol: market.symbol,
        positionSide,
        long,
        leverage,
        isolated,
        closeTrigger: order.closeTrigger,
        stepSize: market.parameters.stepSize,
        timeMs: step.timeMs,
      });
      leg.life = undefined;
    }
  }
  if (effect.openingQuantity > 0) {
    leg.life ??= beginLife(step.state.nextPositionId++, step.timeMs);
    countOpening(leg.life, effect);
  }
  return { positionId: (before ?? leg.life)?.positionId ?? 0, closed };
}
