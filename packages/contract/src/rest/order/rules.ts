import type { Static } from 'typebox';
import { PRICE_TYPE } from '../../enums.ts';
import { missing, type Problem, problemOf, withValue } from '../../problem.ts';
import type { PlaceOrderBody } from './place-body.ts';

/** What an order call names an order by. */
export interface OrderReference {
  readonly orderId?: string;
  readonly clientOrderId?: string;
}

/** The first form problem of an order to place that its schema cannot say. */
export function placeOrderProblem(order: Static<typeof PlaceOrderBody>): Problem | undefined {
  return priceProblem(order) ?? quantityProblem(order) ?? closePositionProblem(order) ?? makerOnlyProblem(order);
}

/** The same for a strategy's order that another one places: without a quantity it takes what that one has filled. */
export function legOrderProblem(order: Static<typeof PlaceOrderBody>): Problem | undefined {
  return priceProblem(order) ?? closePositionProblem(order) ?? makerOnlyProblem(order);
}

// A MARKET order's price is ignored: clients send the price of their form along, and the band bounds the order anyway.
function priceProblem(order: Static<typeof PlaceOrderBody>): Problem | undefined {
  const priceType = order.priceType ?? PRICE_TYPE.GIVEN;
  if (order.type === 'MARKET') {
    if (priceType === PRICE_TYPE.GIVEN) return undefined;
    return withValue(problemOf(2002, 'priceType', '0 or left out for MARKET'), priceType);
  }
  if (priceType === PRICE_TYPE.GIVEN) {
    return order.price === undefined ? missing('price', 'required for LIMIT') : undefined;
  }
  if (order.price === undefined) return undefined;
  return withValue(problemOf(2002, 'price', 'left out when priceType is 1 to 4'), order.price);
}

function quantityProblem(order: Static<typeof PlaceOrderBody>): Problem | undefined {
  if (order.closePosition === true || order.quantity !== undefined) return undefined;
  return missing('quantity', 'required unless closePosition');
}

/** What closes the whole position, normal or condition order, takes neither a quantity nor reduceOnly. */
export function closePositionProblem(order: {
  readonly closePosition?: boolean;
  readonly quantity?: string;
  readonly reduceOnly?: boolean;
}): Problem | undefined {
  if (order.closePosition !== true) return undefined;
  if (order.quantity !== undefined) {
    return withValue(problemOf(3107, 'quantity', 'left out with closePosition'), order.quantity);
  }
  if (order.reduceOnly !== true) return undefined;
  return withValue(problemOf(3107, 'reduceOnly', 'left out with closePosition'), true);
}

function makerOnlyProblem(order: Static<typeof PlaceOrderBody>): Problem | undefined {
  if (order.makerOnly !== true) return undefined;
  if (order.type === 'LIMIT' && (order.timeInForce ?? 'GTC') === 'GTC') return undefined;
  return withValue(problemOf(2002, 'makerOnly', 'only with LIMIT and GTC'), true);
}

/** Cancel, move and query need at least one of the two ids. */
export function orderReferenceProblem(reference: OrderReference): Problem | undefined {
  if (reference.orderId !== undefined || reference.clientOrderId !== undefined) return undefined;
  return missing('orderId', 'orderId or clientOrderId is required');
}

/** Cancel of a condition order needs at least one of the two ids. */
export function conditionReferenceProblem(reference: {
  readonly conditionId?: string;
  readonly clientOrderId?: string;
}): Problem | undefined {
  if (reference.conditionId !== undefined || reference.clientOrderId !== undefined) return undefined;
  return missing('conditionId', 'conditionId or clientOrderId is required');
}

/** A move changes the price, the quantity or both. */
export function moveOrderProblem(
  move: OrderReference & { readonly price?: string; readonly quantity?: string },
): Problem | undefined {
  const problem = orderReferenceProblem(move);
  if (problem !== undefined) return problem;
  if (move.price !== undefined || move.quantity !== undefined) return undefined;
  return missing('price', 'price or quantity is required');
}
