import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';
import type { ExchangeState } from '../exchange-state.ts';
import type { Order } from '../orders/order.ts';
import type { Market } from '../symbols/market.ts';

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

/** Why `findOrder` finds none (3003). That there is none is said only when there is none. */
export function orderNotFound(
  state: ExchangeState,
  account: Account,
  { symbol, orderId, clientOrderId }: Parameters<typeof findOrder>[2],
): Rejected {
  const reference = {
    ...(orderId === undefined ? {} : { orderId }),
    ...(clientOrderId === undefined ? {} : { clientOrderId }),
  };
  return notFound('order', {
    symbol,
    elsewhere: findOrder(state, account, reference),
    namesTwo:
      orderId !== undefined &&
      clientOrderId !== undefined &&
      (findOrder(state, account, { orderId }) ?? findOrder(state, account, { clientOrderId })) !== undefined,
  });
}

/** What is wrong with a reference that names nothing: its symbol, that its two names are of different orders, or all of it. */
export function notFound(
  what: 'order' | 'condition order',
  found: {
    readonly symbol: string | undefined;
    /** What it names in another symbol. */
    readonly elsewhere: { readonly market: Market } | undefined;
    /** Whether it has an id and a clientOrderId of which one alone is known, or each for another. */
    readonly namesTwo: boolean;
  },
): Rejected {
  const { symbol, elsewhere, namesTwo } = found;
  if (symbol !== undefined && elsewhere !== undefined)
    return reject('ORDER_NOT_FOUND', {
      field: 'symbol',
      value: symbol,
      rule: `the ${what} is one of ${elsewhere.market.symbol}`,
    });
  const rule = namesTwo ? `the id and the clientOrderId are not of one ${what}` : `no such ${what} in the last 24 h`;
  return reject('ORDER_NOT_FOUND', { rule });
}
