import type { Money, PriceTicks, QuantitySteps } from '@openvenue/money';
import type { StateReader } from '../../state/reader.ts';
import type { StateWriter } from '../../state/writer.ts';
import type { Market } from '../symbols/market.ts';
import { NOT_OPEN, type Order } from './order.ts';

const SIDES = ['BUY', 'SELL'] as const;
const POSITION_SIDES = ['BOTH', 'LONG', 'SHORT'] as const;
const TYPES = ['LIMIT', 'MARKET'] as const;
const TIMES_IN_FORCE = ['GTC', 'IOC', 'FOK'] as const;
const SELF_TRADE_PREVENTIONS = ['CANCEL_MAKER', 'CANCEL_TAKER', 'CANCEL_BOTH'] as const;
const CLOSE_TRIGGERS = ['MANUAL', 'TAKE_PROFIT', 'STOP_LOSS', 'LIQUIDATION'] as const;
const MARGIN_MODES = ['CROSS', 'ISOLATED'] as const;
const STATUSES = [
  'NEW',
  'PENDING',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELED',
  'REJECTED',
  'PARTIALLY_FILLED_CANCELED',
] as const;

/** Orders are nearly all that a snapshot of a busy venue holds: those of a day, which is why each takes few bytes. */
export function saveOrder(w: StateWriter, order: Order): void {
  w.uint(order.orderId);
  w.uint(order.userId);
  w.text(order.market.symbol);
  w.text(order.clientOrderId);
  w.oneOf(TYPES, order.type);
  w.oneOf(SIDES, order.side);
  w.oneOf(POSITION_SIDES, order.positionSide);
  w.oneOf(TIMES_IN_FORCE, order.timeInForce);
  w.text(order.placeType);
  w.oneOf(SELF_TRADE_PREVENTIONS, order.selfTradePrevention);
  w.oneOf(CLOSE_TRIGGERS, order.closeTrigger);
  w.oneOf(STATUSES, order.status);
  w.text(order.rejectReason);
  w.uint(order.price);
  w.uint(order.quantity);
  w.uint(order.filledQuantity);
  w.uint(order.filledTickSteps);
  w.uint(order.createdAtMs);
  w.uint(order.updatedAtMs);
  w.uint(order.strategyId);
  w.uint(order.conditionId);
  w.boolean(order.reduceOnly);
  w.boolean(order.makerOnly);
  w.boolean(order.closePosition);
  w.bigint(order.handlingFee);
  w.bigint(order.realizedPnl);
  w.uint(order.leverage);
  w.oneOf(MARGIN_MODES, order.marginMode);
}

export function loadOrder(r: StateReader, marketOf: (symbol: string) => Market): Order {
  const orderId = r.uint();
  const userId = r.uint();
  const market = marketOf(r.text());
  const clientOrderId = r.text();
  const type = r.oneOf(TYPES);
  const side = r.oneOf(SIDES);
  const positionSide = r.oneOf(POSITION_SIDES);
  const timeInForce = r.oneOf(TIMES_IN_FORCE);
  const placeType = r.text();
  const selfTradePrevention = r.oneOf(SELF_TRADE_PREVENTIONS);
  const closeTrigger = r.oneOf(CLOSE_TRIGGERS);
  const status = r.oneOf(STATUSES);
  const rejectReason = r.text() as Order['rejectReason'];
  const price = r.uint() as PriceTicks;
  const quantity = r.uint() as QuantitySteps;
  const filledQuantity = r.uint() as QuantitySteps;
  const filledTickSteps = r.uint();
  const createdAtMs = r.uint();
  const updatedAtMs = r.uint();
  const strategyId = r.uint();
  const conditionId = r.uint();
  const reduceOnly = r.boolean();
  const makerOnly = r.boolean();
  const closePosition = r.boolean();
  const handlingFee = r.bigint() as Money;
  const realizedPnl = r.bigint() as Money;
  const leverage = r.uint();
  const marginMode = r.oneOf(MARGIN_MODES);
  return {
    orderId,
    userId,
    market,
    clientOrderId,
    type,
    side,
    positionSide,
    price,
    quantity,
    filledQuantity,
    filledTickSteps,
    timeInForce,
    reduceOnly,
    makerOnly,
    closePosition,
    placeType,
    selfTradePrevention,
    closeTrigger,
    status,
    rejectReason,
    strategyId,
    conditionId,
    handlingFee,
    realizedPnl,
    leverage,
    marginMode,
    createdAtMs,
    updatedAtMs,
    openIndex: NOT_OPEN,
    clientOrderIdHash: 0,
  };
}
