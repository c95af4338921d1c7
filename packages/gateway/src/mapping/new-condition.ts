import type { CancelConditionBody, PlaceConditionBody } from '@openvenue/contract';
import type { ConditionReference, ConditionType, ExchangeReads, NewCondition } from '@openvenue/core';
import { countOnGrid, priceTicks, quantitySteps } from '@openvenue/money';
import { defined } from '../defined.ts';
import { fail } from '../failure.ts';
import { internalId } from '../ids.ts';
import { countBounded, faultOf, type Mapped, NOTHING } from './counted.ts';

type Symbols = Pick<ExchangeReads, 'symbol'>;

/** A tenth of a percent, the grid of callback rates, in 1e-8 percent. */
const TENTH = 10_000_000n;

/**
 * The condition order that a well-formed body asks for. What its type needs and the body does not have is 0, and what its type
 * does not know is left out: the engine judges both at their turn (MAT-12).
 */
export function newConditionOf(body: PlaceConditionBody, symbols: Symbols): NewCondition {
  const { symbol, type, side, positionSide = 'BOTH', workingType = 'CONTRACT_PRICE', timeInForce = 'GTC' } = body;
  const { reduceOnly, closePosition, priceProtect, clientOrderId } = body;
  const grid = symbols.symbol(symbol)?.parameters;
  const isTrailing = type === 'TRAILING_STOP';
  const price = hasLimit(type) ? countBounded('price', body.price, grid) : NOTHING;
  const quantity = countBounded('quantity', body.quantity, grid);
  const stopPrice = isTrailing ? NOTHING : countBounded('stopPrice', body.stopPrice, grid);
  const activatePrice = isTrailing ? countBounded('activatePrice', body.activatePrice, grid) : NOTHING;
  return {
    symbol,
    type,
    side,
    positionSide,
    price: priceTicks(price.count),
    quantity: quantitySteps(quantity.count),
    stopPrice: priceTicks(stopPrice.count),
    workingType,
    timeInForce,
    ...(isTrailing
      ? { activatePrice: priceTicks(activatePrice.count), callbackRate: tenthsOf(body.callbackRate) }
      : {}),
    ...defined({ priceProtect, reduceOnly, closePosition, clientOrderId }),
    ...faultOf(price, quantity, stopPrice, activatePrice),
  };
}

const NO_CONDITION_ID = { field: 'conditionId', rule: 'the id of a condition order' };

/** The condition order that a call names. An id that is none of ours names none (3003). */
export function conditionReferenceOf({
  symbol,
  conditionId,
  clientOrderId,
}: CancelConditionBody): Mapped<ConditionReference> {
  const internal = conditionId === undefined ? undefined : internalId('condition', conditionId);
  if (conditionId !== undefined && internal === undefined) return fail('ORDER_NOT_FOUND', { details: NO_CONDITION_ID });
  return { ok: true, value: { symbol, ...defined({ conditionId: internal, clientOrderId }) } };
}

const hasLimit = (type: ConditionType): boolean => type === 'STOP_LIMIT' || type === 'TAKE_PROFIT_LIMIT';

/** Tenths of a percent; 0, which no rate is, for one that is missing or finer. */
function tenthsOf(percent: string | undefined): number {
  const counted = countOnGrid(percent ?? '0', TENTH);
  return counted.ok ? counted.count : 0;
}
