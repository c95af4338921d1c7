import type { QuantitySteps } from '@openvenue/money';
import type { NewCondition, NewOrder, SubOrder } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';
import { gridFaultOf } from '../admission/admission.ts';
import type { LegChecks } from '../admission/candidate.ts';
import { limitFault } from '../admission/order-limits.ts';
import { onlyReduces } from '../conditions/condition.ts';
import { conditionGridFault } from '../conditions/condition-form.ts';
import { conditionLimitFault, conditionRoomFault, strategyRoomFault } from '../conditions/condition-limits.ts';
import type { Market } from '../symbols/market.ts';
import { inSubOrder, requestOf } from './strategy-form.ts';

/** The checks of the legs that wait: form has passed, and the rest follows when they are placed (STR-3). */
export function legChecks(
  { account, market }: { readonly account: Account; readonly market: Market },
  { subOrders, parent, legs }: Asked,
): LegChecks {
  const conditions = subOrders.filter(({ condition }) => condition !== undefined).length;
  const first = (faultOf: (leg: SubOrder) => Rejected | undefined): Rejected | undefined => {
    for (const leg of legs) {
      const fault = faultOf(leg);
      if (fault !== undefined) return inSubOrder(fault, subOrders.indexOf(leg));
    }
    return undefined;
  };
  return {
    grid: () => first(gridFault),
    positionSide: () => (parent === undefined ? undefined : first((leg) => kindFault(parent, leg))),
    limits: () => first((leg) => limitsFault(market, leg, addsTo(parent, leg))),
    room: () => conditionRoomFault(account, market, conditions) ?? strategyRoomFault(account, market),
  };
}

interface Asked {
  readonly subOrders: readonly SubOrder[];
  readonly parent: SubOrder | undefined;
  /** Those that wait; of a pair that is placed now, none. */
  readonly legs: readonly SubOrder[];
}

const gridFault = ({ order, condition }: SubOrder): Rejected | undefined =>
  order === undefined ? conditionGridFault(condition as NewCondition, true) : gridFaultOf(order.gridFault);

/** Whether a leg opens more of what its parent opens, so that the minima bind it; of any other it is not known yet. */
function addsTo(parent: SubOrder | undefined, leg: SubOrder): boolean {
  if (parent === undefined || onlyReduces(requestOf(parent)) || onlyReduces(requestOf(leg))) return false;
  const { side, positionSide } = requestOf(leg);
  return side === requestOf(parent).side && positionSide === requestOf(parent).positionSide;
}

const limitsFault = (market: Market, { order, condition }: SubOrder, opens: boolean): Rejected | undefined =>
  order === undefined
    ? conditionLimitFault(market, condition as NewCondition, opens)
    : orderLimitsFault(market, order, opens);

function orderLimitsFault(market: Market, { quantity: own, price }: NewOrder, opens: boolean): Rejected | undefined {
  // A quantity of 0 is no bound; the least quantity stands in for it, so that the price alone is judged.
  const quantity = own === 0 ? (1 as QuantitySteps) : own;
  return limitFault(
    { market, type: 'LIMIT', closePosition: false },
    { price, total: quantity, asked: quantity, opens: opens && own > 0 },
  );
}

/** Legs wait and count from now on, so they are of their parent's kind, one-way or hedge (POS-1). */
function kindFault(parent: SubOrder, leg: SubOrder): Rejected | undefined {
  const isHedge = (each: SubOrder): boolean => requestOf(each).positionSide !== 'BOTH';
  if (isHedge(leg) === isHedge(parent)) return undefined;
  return reject('POSITION_SIDE_CONFLICT', {
    field: 'positionSide',
    value: requestOf(leg).positionSide,
    rule: 'the sub-orders of a strategy are all one-way or all hedge',
  });
}
