import { ApiError } from '@openvenue/api-client';
import { showToast } from '@openvenue/ui';
import { groupDigits } from '../format/decimal-text.ts';
import type { Terminal } from '../terminal-context.ts';
import type { AccountStore } from './account/account-store.ts';
import { newClientOrderId } from './account/client-order-id.ts';
import { refusalText } from './refusal-text.ts';
import type { TradingText } from './text/index.ts';
import type { PlaceOrderBody } from './venue-types.ts';

export interface SendingContext {
  readonly store: AccountStore;
  readonly host: Terminal['host'];
  readonly text: TradingText;
}

/** The order in words, such as `Buy 0.5 BTCUSDT at 60,000`. */
export function orderWords(
  { notices, words }: TradingText,
  order: Pick<PlaceOrderBody, 'side' | 'quantity' | 'symbol' | 'price'>,
): string {
  const side = order.side === 'BUY' ? words.buy : words.sell;
  const what = notices.order(side, groupDigits(order.quantity ?? ''), order.symbol);
  return order.price === undefined || order.price === '0' ? what : notices.at(what, groupDigits(order.price));
}

/**
 * Sends an order and tells the user and the embedding page what became of it. Fills are told when the stream brings them.
 * Resolves to why it was refused, in words; undefined when it was accepted.
 */
export async function sendOrder(order: PlaceOrderBody, context: SendingContext): Promise<string | undefined> {
  const { store, host, text } = context;
  const named = { ...order, clientOrderId: newClientOrderId() };
  const { symbol, side, type, clientOrderId } = named;
  try {
    const reply = await store.place(named);
    host.orderCreated({
      orderId: reply.orderId,
      clientOrderId,
      symbol,
      side,
      type,
      price: named.price ?? '',
      quantity: named.quantity ?? '',
    });
    if (reply.status === 'NEW' || reply.status === 'PENDING') {
      showToast({ tone: 'success', title: text.notices.placed, detail: orderWords(text, named) });
    }
    return undefined;
  } catch (error) {
    const [code, message] = error instanceof ApiError ? [error.code, error.message] : [0, String(error)];
    host.orderFailed({ code, message, clientOrderId, symbol, side, type });
    return refusalText(text, error);
  }
}
