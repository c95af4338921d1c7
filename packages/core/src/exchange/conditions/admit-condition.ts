import type { NewCondition } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';
import type { LegChecks } from '../admission/candidate.ts';
import { positionSideFault } from '../admission/position-side-fault.ts';
import { opposite } from '../enums.ts';
import { closesHedge } from '../positions/position-side.ts';
import type { Market } from '../symbols/market.ts';
import { firesAbove } from '../triggers/trigger.ts';
import { closableOf } from './closable.ts';
import { isPositionBound, onlyReduces } from './condition.ts';
import { conditionGridFault } from './condition-form.ts';
import { conditionLimitFault, conditionRoomFault } from './condition-limits.ts';

/** Where a condition asks to be let in. */
export interface ConditionPlace {
  readonly account: Account;
  readonly market: Market;
  readonly timeMs: number;
}

/**
 * The ladder of MAT-12 for a condition that is placed now, from the symbol's state on, with what else of its strategy comes with
 * it; undefined: it may be taken.
 */
export function conditionFault(place: ConditionPlace, request: NewCondition, legs?: LegChecks): Rejected | undefined {
  const { account, market } = place;
  const closable = closableOf(account, market, request);
  const opens = !onlyReduces(request) && request.quantity > closable;
  return (
    marketFault(place, opens) ??
    conditionGridFault(request, false) ??
    legs?.grid() ??
    positionSideFault(account.peek(market), request.positionSide) ??
    legs?.positionSide() ??
    positionFault(place, request) ??
    conditionLimitFault(market, request, opens) ??
    legs?.limits() ??
    (legs === undefined ? conditionRoomFault(account, market, 1) : legs.room()) ??
    reachedFault(market, request)
  );
}

/** Whether the state of the symbol takes no such condition (SYM-4, PRC-1). */
function marketFault({ market, timeMs }: ConditionPlace, opens: boolean): Rejected | undefined {
  const refused = (rule: string) => reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: market.symbol, rule });
  if (!market.matches) return refused(`the symbol is ${market.status}`);
  if (!opens) return undefined;
  if (market.isFrozen(timeMs)) return refused('index and mark price are frozen: only closing orders are taken');
  return market.status === 'REDUCE_ONLY' ? refused('the symbol takes only orders that reduce a position') : undefined;
}

/** What ends with its position needs one when it is placed, and the side that closes it (CND-5). */
function positionFault({ account, market }: ConditionPlace, request: NewCondition): Rejected | undefined {
  const { positionSide, side, timeInForce } = request;
  if (!isPositionBound(request)) {
    const neverReduces = request.reduceOnly === true && positionSide !== 'BOTH' && !closesHedge(positionSide, side);
    return neverReduces
      ? reject('NOTHING_TO_REDUCE', { field: 'reduceOnly', rule: `${side} opens a ${positionSide} position` })
      : undefined;
  }
  if (closableOf(account, market, request) > 0) return undefined;
  if (closableOf(account, market, { positionSide, side: opposite(side) }) === 0)
    return reject('NOTHING_TO_REDUCE', { field: 'side', value: side, rule: 'there is no position to close' });
  return reject('TIME_IN_FORCE_NOT_ALLOWED', {
    field: 'side',
    value: side,
    rule: `${timeInForce === 'GTE_GTC' ? 'GTE_GTC' : 'closePosition'} needs the side that closes the position`,
  });
}

/** Whether the price that it waits for is reached already: 3105, for a trailing stop's activation 3103. */
function reachedFault(market: Market, request: NewCondition): Rejected | undefined {
  const price = market.priceOf(request.workingType);
  if (price === 0) return undefined;
  if (request.type === 'TRAILING_STOP') {
    const activatePrice = request.activatePrice ?? 0;
    if (activatePrice === 0) return undefined;
    if (request.side === 'SELL' ? activatePrice > price : activatePrice < price) return undefined;
    return reject('ACTIVATE_PRICE_INVALID', {
      field: 'activatePrice',
      boundTicks: price,
      rule: request.side === 'SELL' ? 'must be above the price' : 'must be below the price',
    });
  }
  const reached = firesAbove(request) ? price >= request.stopPrice : price <= request.stopPrice;
  return reached
    ? reject('WOULD_TRIGGER_IMMEDIATELY', {
        field: 'stopPrice',
        boundTicks: price,
        rule: 'the price is there already',
      })
    : undefined;
}
