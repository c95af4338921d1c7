import type { Money, PriceTicks, QuantitySteps } from '@openvenue/money';
import type { OrderRecord } from '../../event.ts';
import type { RejectReason } from '../../reject.ts';
import type {
  CloseTrigger,
  MarginMode,
  OrderEndReason,
  OrderStatus,
  OrderType,
  PositionSide,
  SelfTradePrevention,
  Side,
  TimeInForce,
} from '../enums.ts';
import type { Market } from '../symbols/market.ts';

/**
 * A normal order, open or ended at most 24 h ago. Only the exchange changes it. Whoever makes one names the parts in this order, so that
 * all orders have the same shape, which is what makes them fast.
 */
export interface Order {
  readonly orderId: number;
  readonly userId: number;
  readonly market: Market;
  readonly clientOrderId: string;
  readonly type: OrderType;
  readonly side: Side;
  readonly positionSide: PositionSide;
  price: PriceTicks;
  quantity: QuantitySteps;
  filledQuantity: QuantitySteps;
  filledTickSteps: number;
  readonly timeInForce: TimeInForce;
  /** By its own word, or since its symbol takes only reducing orders (SYM-4). */
  reduceOnly: boolean;
  readonly makerOnly: boolean;
  readonly closePosition: boolean;
  readonly placeType: string;
  readonly selfTradePrevention: SelfTradePrevention;
  /** What a position that this order closes was closed by. */
  readonly closeTrigger: CloseTrigger;
  status: OrderStatus;
  rejectReason: OrderEndReason | RejectReason | '';
  /** The strategy it is a part of and the condition that placed it, 0 for none. */
  readonly strategyId: number;
  readonly conditionId: number;
  handlingFee: Money;
  realizedPnl: Money;
  /** The stance's, as of `updatedAtMs`. */
  leverage: number;
  marginMode: MarginMode;
  readonly createdAtMs: number;
  updatedAtMs: number;
  /** Its place among the open orders of its stance, {@link NOT_OPEN} for none. */
  openIndex: number;
  /** Of its clientOrderId, for whoever keeps it by that; 0 before. */
  clientOrderIdHash: number;
}

/** The place of an order that is not in the book. */
export const NOT_OPEN = -1;

export const isOpen = (order: Order): boolean => order.status === 'PENDING' || order.status === 'PARTIALLY_FILLED';

/** A strategy's leg that waits for its parent. */
export const isWaiting = (order: Order): boolean => order.status === 'NEW';

export const remainingOf = (order: Order): QuantitySteps => (order.quantity - order.filledQuantity) as QuantitySteps;

/** An immutable copy of the order as it stands now. */
export function recordOf(order: Order): OrderRecord {
  const record: { -readonly [K in keyof OrderRecord]: OrderRecord[K] } = {
    orderId: order.orderId,
    userId: order.userId,
    symbol: order.market.symbol,
    clientOrderId: order.clientOrderId,
    type: order.type,
    side: order.side,
    positionSide: order.positionSide,
    price: order.price,
    quantity: order.quantity,
    filledQuantity: order.filledQuantity,
    filledTickSteps: order.filledTickSteps,
    timeInForce: order.timeInForce,
    reduceOnly: order.reduceOnly,
    makerOnly: order.makerOnly,
    closePosition: order.closePosition,
    placeType: order.placeType,
    status: order.status,
    rejectReason: order.rejectReason,
    handlingFee: order.handlingFee,
    realizedPnl: order.realizedPnl,
    leverage: order.leverage,
    marginMode: order.marginMode,
    createdAtMs: order.createdAtMs,
    updatedAtMs: order.updatedAtMs,
  };
  // Few orders have one of these: added last, they leave the records of all others with the same shape.
  if (order.strategyId !== 0) record.strategyId = order.strategyId;
  if (order.conditionId !== 0) record.conditionId = order.conditionId;
  return record;
}
