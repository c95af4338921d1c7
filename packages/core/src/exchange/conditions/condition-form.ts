import type { NewCondition } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import type { ConditionType, WorkingType } from '../enums.ts';

const TYPES: readonly ConditionType[] = [
  'STOP_MARKET',
  'STOP_LIMIT',
  'TAKE_PROFIT_MARKET',
  'TAKE_PROFIT_LIMIT',
  'TRAILING_STOP',
];
const WORKING_TYPES: readonly WorkingType[] = ['MARK_PRICE', 'CONTRACT_PRICE'];
/** Tenths of a percent (CND-2). */
const MIN_CALLBACK_RATE = 1;
const MAX_CALLBACK_RATE = 100;

export const hasLimit = (type: ConditionType): boolean => type === 'STOP_LIMIT' || type === 'TAKE_PROFIT_LIMIT';

/** Names and combinations that no condition may have: the form of MAT-12. */
export function conditionFormFault(request: NewCondition): Rejected | undefined {
  const { type, workingType } = request;
  if (!TYPES.includes(type))
    return reject('CONDITION_TYPE_UNKNOWN', { field: 'type', value: type, rule: `must be one of ${TYPES.join(' ')}` });
  if (!WORKING_TYPES.includes(workingType)) {
    return reject('WORKING_TYPE_INVALID', {
      field: 'workingType',
      value: workingType,
      rule: `must be one of ${WORKING_TYPES.join(' ')}`,
    });
  }
  if (
    request.closePosition === true &&
    (request.quantity !== 0 || request.reduceOnly === true || request.gridFault?.field === 'quantity')
  ) {
    return reject('CLOSE_POSITION_CONFLICT', {
      field: 'closePosition',
      rule: 'takes the whole position: leave out quantity and reduceOnly',
    });
  }
  return undefined;
}

/** What a condition's type asks for, and values off the grid (31xx of MAT-12). A leg's quantity may be left out. */
export function conditionGridFault(request: NewCondition, isLeg: boolean): Rejected | undefined {
  const { type, gridFault } = request;
  if (gridFault !== undefined) {
    const { field, value, below, above } = gridFault;
    const reason = REASON_OF_FIELD[field];
    const rule = `must be a multiple of ${field === 'quantity' ? 'stepSize' : 'tickSize'}`;
    return reject(reason, { field, value, below, above, rule });
  }
  if (type === 'TRAILING_STOP' && !isCallbackRate(request.callbackRate)) {
    return reject('CALLBACK_RATE_INVALID', {
      field: 'callbackRate',
      rule: 'must be 0.1 to 10 percent with at most one decimal',
    });
  }
  if (type !== 'TRAILING_STOP' && request.stopPrice === 0)
    return reject('STOP_PRICE_INVALID', { field: 'stopPrice', rule: `is needed for ${type}` });
  if (hasLimit(type) && request.price === 0)
    return reject('CONDITION_PRICE_MISSING', { field: 'price', rule: `is needed for ${type}` });
  if (request.closePosition !== true && request.quantity === 0 && !isLeg)
    return reject('CONDITION_QUANTITY_INVALID', { field: 'quantity', rule: 'is needed unless closePosition' });
  if (request.timeInForce === 'FOK' && !hasLimit(type)) {
    return reject('TIME_IN_FORCE_NOT_ALLOWED', {
      field: 'timeInForce',
      value: 'FOK',
      rule: 'a stop at the market takes what it can',
    });
  }
  return undefined;
}

const REASON_OF_FIELD = {
  price: 'OFF_GRID',
  quantity: 'CONDITION_QUANTITY_INVALID',
  stopPrice: 'STOP_PRICE_INVALID',
  activatePrice: 'ACTIVATE_PRICE_INVALID',
} as const;

const isCallbackRate = (rate: number | undefined): boolean =>
  rate !== undefined && Number.isSafeInteger(rate) && rate >= MIN_CALLBACK_RATE && rate <= MAX_CALLBACK_RATE;
