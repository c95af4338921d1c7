import { formatDecimal, formatOnGrid } from '@openvenue/money';
import type { NewCondition } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';
import type { Market } from '../symbols/market.ts';
import { hasLimit } from './condition-form.ts';

/**
 * Minima and maxima of a condition (SYM-2): 3101 for the stop price, 3103 for the activation price, 3108 for the quantity. The
 * minima bind only what can open. A leg's quantity of 0 is no bound.
 */
export function conditionLimitFault(market: Market, request: NewCondition, opens: boolean): Rejected | undefined {
  const { parameters } = market;
  const { maxPrice, tickSize, stepSize } = parameters;
  const price = (field: 'price' | 'stopPrice' | 'activatePrice', ticks: number) => ({
    field,
    value: formatOnGrid(ticks, tickSize),
    rule: `must be at most ${formatOnGrid(maxPrice, tickSize)}`,
  });
  const activatePrice = request.activatePrice ?? 0;
  if (request.stopPrice > maxPrice) return reject('STOP_PRICE_INVALID', price('stopPrice', request.stopPrice));
  if (activatePrice > maxPrice) return reject('ACTIVATE_PRICE_INVALID', price('activatePrice', activatePrice));
  if (request.price > maxPrice) return reject('OUT_OF_RANGE', price('price', request.price));
  if (request.closePosition === true || request.quantity === 0) return undefined;

  const limit = hasLimit(request.type);
  const maximum = limit ? parameters.maxLimitOrderQuantity : parameters.maxMarketOrderQuantity;
  const quantity = (rule: string) =>
    reject('CONDITION_QUANTITY_INVALID', { field: 'quantity', value: formatOnGrid(request.quantity, stepSize), rule });
  if (request.quantity > maximum) return quantity(`at most ${formatOnGrid(maximum, stepSize)}`);
  if (!opens) return undefined;
  if (request.quantity < parameters.minQuantity)
    return quantity(`at least ${formatOnGrid(parameters.minQuantity, stepSize)}`);
  const at = limit ? request.price : request.stopPrice === 0 ? market.mark : request.stopPrice;
  if (market.valueOf(request.quantity * at) < parameters.minNotional)
    return quantity(`price x quantity must be at least ${formatDecimal(parameters.minNotional)} USDT`);
  return undefined;
}

/** Whether a user has no room for more conditions in a symbol (3110); the legs that wait count. */
export function conditionRoomFault(account: Account, market: Market, more: number): Rejected | undefined {
  const { maxOpenConditions } = market.parameters;
  return account.conditions(market).size + more <= maxOpenConditions
    ? undefined
    : reject('TOO_MANY_OPEN_CONDITIONS', { rule: `at most ${maxOpenConditions} open condition orders in a symbol` });
}

/** Whether a user has no room for one more strategy in a symbol (3110). */
export function strategyRoomFault(account: Account, market: Market): Rejected | undefined {
  const { maxOpenConditions } = market.parameters;
  let open = 0;
  for (const strategy of account.strategies.values()) if (strategy.market === market) open++;
  return open < maxOpenConditions
    ? undefined
    : reject('TOO_MANY_OPEN_CONDITIONS', { rule: `at most ${maxOpenConditions} open strategies in a symbol` });
}
