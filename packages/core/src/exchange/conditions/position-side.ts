import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../account.ts';
import type { PositionSide } from '../enums.ts';
import type { Market } from '../market.ts';
import { isWaiting, recordOf } from '../order.ts';

/** Whether a user's conditions or waiting legs in a symbol are of the other kind, one-way or hedge (POS-1). */
export function positionSideFault(account: Account, market: Market, positionSide: PositionSide): Rejected | undefined {
  const isOther = (side: PositionSide): boolean => (side === 'BOTH') !== (positionSide === 'BOTH');
  const conditions = [...account.conditions(market).values()];
  const legs = [...account.strategies.values()]
    .filter((strategy) => strategy.market === market)
    .flatMap(({ pair }) =>
      pair.flatMap(({ order }) => (order !== undefined && isWaiting(order) ? [recordOf(order)] : [])),
    );
  return [...conditions, ...legs].some((each) => isOther(each.positionSide))
    ? reject('POSITION_SIDE_CONFLICT', {
        field: 'positionSide',
        value: positionSide,
        rule: 'condition orders of this symbol are of the other kind, one-way or hedge',
      })
    : undefined;
}
