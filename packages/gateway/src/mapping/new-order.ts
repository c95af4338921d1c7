import type { MoveOrderBody, PlaceOrderBody } from '@openvenue/contract';
import type { Amendment, AttachedExit, ExchangeReads, NewOrder, OrderReference } from '@openvenue/core';
import { priceTicks, quantitySteps } from '@openvenue/money';
import { defined } from '../defined.ts';
import { fail } from '../failure.ts';
import { internalId } from '../ids.ts';
import { countBounded, countField, faultOf, type Mapped, NOTHING } from './counted.ts';
import type { Grid } from './order.ts';

type Symbols = Pick<ExchangeReads, 'symbol'>;
/** The order that a well-formed body of place asks for. A symbol that is not listed has no grid; the engine refuses it. */
export function newOrderOf(body: PlaceOrderBody, symbols: Symbols): Mapped<NewOrder> {
  const { symbol, type, side, positionSide = 'BOTH', priceType = 0, timeInForce } = body;
  const { reduceOnly, makerOnly, closePosition, clientOrderId, placeType, selfTradePrevention } = body;
  const grid = symbols.symbol(symbol)?.parameters;
  const takeProfit = exitOf(body.takeProfit, grid);
  const stopLoss = exitOf(body.stopLoss, grid);
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
      ...defined({
        reduceOnly,
        makerOnly,
        closePosition,
        clientOrderId,
        placeType,
        selfTradePrevention,
        takeProfit,
        stopLoss,
      }),
      ...faultOf(price.value, quantity.value),
    },
  };
}

function exitOf(exit: PlaceOrderBody['takeProfit'], grid: Grid | undefined): AttachedExit | undefined {
  if (exit === undefined) return undefined;
  const stopPrice = countBounded('stopPrice', exit.stopPrice, grid);
  const price = countBounded('price', exit.price, grid);
  return {
    stopPrice: priceTicks(stopPrice.count),
    workingType: exit.workingType ?? 'CONTRACT_PRICE',
    ...(exit.price === undefined ? {} : { price: priceTicks(price.count) }),
    ...faultOf(stopPrice, price),
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

const NO_ORDER_ID = { field: 'orderId', rule: 'the id of an order' };

/** The order that a call names. An id that is none of ours names no order (3003). */
export function orderReferenceOf(body: {
  readonly symbol: string;
  readonly orderId?: string;
  readonly clientOrderId?: string;
}): Mapped<OrderReference> {
  const { symbol, orderId, clientOrderId } = body;
  const internal = orderId === undefined ? undefined : internalId('order', orderId);
  if (orderId !== undefined && internal === undefined) return fail('ORDER_NOT_FOUND', { details: NO_ORDER_ID });
  return {
    ok: true,
    value: {
      symbol,
      ...(internal === undefined ? {} : { orderId: internal }),
      ...(clientOrderId === undefined ? {} : { clientOrderId }),
    },
  };
}
