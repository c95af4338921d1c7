import type { MoveOrderBody, PlaceOrderBody } from '@openvenue/contract';
import type { Amendment, ExchangeReads, GridFault, NewOrder, OrderReference } from '@openvenue/core';
import { countOnGrid, priceTicks, quantitySteps } from '@openvenue/money';
import { defined } from '../defined.ts';
import { type Failure, fail } from '../failure.ts';
import { internalId } from '../ids.ts';
import type { Grid } from './order.ts';

type Mapped<T> = { readonly ok: true; readonly value: T } | Failure;
type Symbols = Pick<ExchangeReads, 'symbol'>;
type GridField = GridFault['field'];

/** A decimal as grid units. One that lies between two is 0 with a fault, which the engine reports at its turn (MAT-12). */
interface Counted {
  readonly count: number;
  readonly fault?: GridFault;
}

const NOTHING: Counted = { count: 0 };

/** The order that a well-formed body of place asks for. A symbol that is not listed has no grid; the engine refuses it. */
export function newOrderOf(body: PlaceOrderBody, symbols: Symbols): Mapped<NewOrder> {
  const unavailable =
    body.takeProfit !== undefined ? 'takeProfit' : body.stopLoss !== undefined ? 'stopLoss' : undefined;
  if (unavailable !== undefined) {
    return fail('PARAMETER_INVALID', { details: { field: unavailable, rule: 'not available yet' } });
  }
  const { symbol, type, side, positionSide = 'BOTH', priceType = 0, timeInForce } = body;
  const { reduceOnly, makerOnly, closePosition, clientOrderId, placeType, selfTradePrevention } = body;
  const grid = symbols.symbol(symbol)?.parameters;
  const price = type === 'MARKET' ? { ok: true as const, value: NOTHING } : countField('price', body.price, grid);
  if (!price.ok) return price;
  const quantity = countField('quantity', body.quantity, grid);
  if (!quantity.ok) return quantity;
  return {
    ok: true,
    value: {
      symbol,
      type,
      side,
      positionSide,
      price: priceTicks(price.value.count),
      quantity: quantitySteps(quantity.value.count),
      timeInForce: type === 'MARKET' ? (timeInForce === 'FOK' ? 'FOK' : 'IOC') : (timeInForce ?? 'GTC'),
      priceType: PRICE_TYPES[priceType] ?? 0,
      ...defined({ reduceOnly, makerOnly, closePosition, clientOrderId, placeType, selfTradePrevention }),
      ...faultOf(price.value, quantity.value),
    },
  };
}

const PRICE_TYPES = [0, 1, 2, 3, 4] as const;

/** The change that a well-formed body of move asks for. */
export function amendmentOf(body: MoveOrderBody, symbols: Symbols): Mapped<Amendment> {
  const reference = orderReferenceOf(body);
  if (!reference.ok) return reference;
  const grid = symbols.symbol(body.symbol)?.parameters;
  const price = countField('price', body.price, grid);
  if (!price.ok) return price;
  const quantity = countField('quantity', body.quantity, grid);
  if (!quantity.ok) return quantity;
  return {
    ok: true,
    value: {
      ...reference.value,
      ...(body.price === undefined ? {} : { price: priceTicks(price.value.count) }),
      ...(body.quantity === undefined ? {} : { quantity: quantitySteps(quantity.value.count) }),
      ...faultOf(price.value, quantity.value),
    },
  };
}

/** The order that a call names. An id that is none of ours names no order (3003). */
export function orderReferenceOf(body: {
  readonly symbol: string;
  readonly orderId?: string;
  readonly clientOrderId?: string;
}): Mapped<OrderReference> {
  const { symbol, orderId, clientOrderId } = body;
  const internal = orderId === undefined ? undefined : internalId('order', orderId);
  if (orderId !== undefined && internal === undefined) return fail('ORDER_NOT_FOUND');
  return {
    ok: true,
    value: {
      symbol,
      ...(internal === undefined ? {} : { orderId: internal }),
      ...(clientOrderId === undefined ? {} : { clientOrderId }),
    },
  };
}

function countField(field: GridField, text: string | undefined, grid: Grid | undefined): Mapped<Counted> {
  if (text === undefined || grid === undefined) return { ok: true, value: NOTHING };
  const counted = countOnGrid(text, field === 'price' ? grid.tickSize : grid.stepSize);
  if (counted.ok) return { ok: true, value: { count: counted.count } };
  if (counted.fault === 'off-grid') {
    const { below, above } = counted;
    return { ok: true, value: { count: 0, fault: { field, value: text, below, above } } };
  }
  return counted.fault === 'too-large'
    ? fail('PARAMETER_OUT_OF_RANGE', { details: { field, value: text, rule: 'a smaller number' } })
    : fail('PARAMETER_INVALID', { details: { field, value: text, rule: 'a plain decimal' } });
}

function faultOf(price: Counted, quantity: Counted): { readonly gridFault?: GridFault } {
  const gridFault = price.fault ?? quantity.fault;
  return gridFault === undefined ? {} : { gridFault };
}
