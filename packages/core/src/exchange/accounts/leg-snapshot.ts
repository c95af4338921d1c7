import type { Money, QuantitySteps } from '@openvenue/money';
import type { StateReader } from '../../state/reader.ts';
import type { StateWriter } from '../../state/writer.ts';
import type { PositionSide } from '../enums.ts';
import { beginLife } from '../positions/position-life.ts';
import type { Leg } from './leg.ts';
import type { Stance } from './stance.ts';

/** Whether a leg holds anything that is not found again from the orders. */
export const isBooked = (leg: Leg): boolean => leg.quantity !== 0 || leg.position.margin !== 0n;

/** Writes a leg's position and the figures of its life; its orders are written with all orders. */
export function saveLeg(w: StateWriter, leg: Leg): void {
  w.text(leg.positionSide);
  w.int(leg.quantity);
  for (const amount of [leg.cost, leg.position.openFees, leg.position.margin]) w.bigint(amount);
  w.boolean(leg.marginCalled);
  w.list(leg.life === undefined ? [] : [leg.life], (life) => {
    for (const count of [life.positionId, life.openedAtMs, life.updatedAtMs, life.maxQuantity]) w.uint(count);
    for (const sum of [life.openedQuantity, life.openedValue, life.closedValue, life.fundingFeeAccum]) w.bigint(sum);
  });
}

export function loadLeg(stance: Stance, r: StateReader): void {
  const leg = stance.leg(r.text() as PositionSide);
  leg.position = {
    quantity: r.int() as QuantitySteps,
    cost: r.bigint() as Money,
    openFees: r.bigint() as Money,
    margin: r.bigint() as Money,
  };
  leg.marginCalled = r.boolean();
  r.list(() => {
    const life = beginLife(r.uint(), r.uint());
    life.updatedAtMs = r.uint();
    life.maxQuantity = r.uint() as QuantitySteps;
    life.openedQuantity = r.bigint();
    life.openedValue = r.bigint() as Money;
    life.closedValue = r.bigint() as Money;
    life.fundingFeeAccum = r.bigint() as Money;
    leg.life = life;
  });
}
