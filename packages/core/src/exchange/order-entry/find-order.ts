import type { Account } from '../accounts/account.ts';
import type { ExchangeState } from '../exchange-state.ts';
import type { Order } from '../orders/order.ts';

/** A user's order by id, by clientOrderId, or by both, which then must name the same one; of this symbol where one is given. */
export function findOrder(
  state: ExchangeState,
  account: Account,
  reference: { readonly symbol?: string; readonly orderId?: number; readonly clientOrderId?: string },
): Order | undefined {
  const { symbol, orderId, clientOrderId } = reference;
  const byId = orderId === undefined ? undefined : state.orders.get(orderId);
  const order = clientOrderId === undefined ? byId : account.orderByClientId.get(clientOrderId);
  if (order === undefined || order.userId !== account.userId) return undefined;
  if (orderId !== undefined && order.orderId !== orderId) return undefined;
  if (symbol !== undefined && order.market.symbol !== symbol) return undefined;
  return order;
}
