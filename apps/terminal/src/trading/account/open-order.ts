import type { OrderEvent, OrderView } from '../venue-types.ts';

/** An open order as replies and events both know it. */
export type OpenOrder = Pick<
  OrderView,
  | 'orderId'
  | 'clientOrderId'
  | 'symbol'
  | 'type'
  | 'side'
  | 'price'
  | 'quantity'
  | 'filledQuantity'
  | 'avgFilledPrice'
  | 'timeInForce'
  | 'reduceOnly'
  | 'makerOnly'
  | 'status'
  | 'createdAt'
>;

const OPEN_STATUSES: readonly OrderView['status'][] = ['NEW', 'PENDING', 'PARTIALLY_FILLED'];

export const isOpen = ({ status }: Pick<OrderView, 'status'>): boolean => OPEN_STATUSES.includes(status);

/** The order after an event. Events do not carry the time of acceptance: the first one stands for it. */
export function orderAfter(event: OrderEvent, before: OpenOrder | undefined): OpenOrder {
  return {
    orderId: event.orderId,
    clientOrderId: event.clientOrderId,
    symbol: event.symbol,
    type: event.type,
    side: event.side,
    price: event.price,
    quantity: event.quantity,
    filledQuantity: event.filledQuantity,
    avgFilledPrice: event.avgFilledPrice,
    timeInForce: event.timeInForce,
    reduceOnly: event.reduceOnly,
    makerOnly: event.makerOnly,
    status: event.orderStatus,
    createdAt: before?.createdAt ?? event.updateTime,
  };
}
