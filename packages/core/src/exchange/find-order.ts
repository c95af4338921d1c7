import type { Account } from './account.ts';
import type { ExchangeState } from './exchange-state.ts';
import type { Order } from './order.ts';

/** A user's order by id, by clientOrderId, or by both, which then must name the same one; of this symbol where one is given. */
export function findOrder(
  state: ExchangeState,
  account: Account,
  reference: { readonly symbol?: string; readonly orderId?: number; readonly clientOrderId?: string },
): Order | undefined {
  const byClientId =
    reference.clientOrderId === undefined ? undefined : account.orderIdByClientId.get(reference.clientOrderId);
  if (reference.clientOrderId !== undefined && byClientId === undefined) return undefined;
  if (reference.orderId !== undefined && byClientId !== undefined && byClientId !== reference.orderId) return undefined;
  const orderId = reference.orderId ?? byClientId;
  const order = orderId === undefined ? undefined : state.orders.get(orderId);
  if (order === undefined || order.userId !== account.userId) return undefined;
  if (reference.symbol !== undefined && order.market.symbol !== reference.symbol) return undefined;
  return order;
}
