import type { CallFields, Reply } from './patient-caller.ts';
import type { Content, WalletContent } from './plan.ts';

/** What the venue answered to one send of an order. */
export interface OrderAnswer {
  readonly content: Content;
  readonly reply: Reply;
}

/** What the venue answered to one send of a wallet transfer. */
export interface WalletAnswer {
  readonly content: WalletContent;
  readonly reply: Reply;
}

/** An order whose outcome was told, and how to ask for it. */
export interface ToldOrder {
  readonly orderNo: string;
  readonly path: string;
  readonly fields: CallFields;
}

/** What the venue has told the clients: none of it may ever turn out to be untrue. */
export class Answers {
  readonly orders = new Map<string, OrderAnswer[]>();
  readonly reverses = new Map<string, Reply[]>();
  readonly wallets = new Map<string, WalletAnswer[]>();
  /** In the order in which they were first told. */
  readonly told: ToldOrder[] = [];
  readonly #isTold = new Set<string>();

  ofOrder(orderNo: string, answer: OrderAnswer): void {
    add(this.orders, orderNo, answer);
    if (answer.reply['code'] !== 0) return;
    const fields = { orderNo, orderType: `TRANSFER_${answer.content.direction}` };
    this.#tell({ orderNo, path: 'query-order', fields });
  }

  ofWallet(orderNo: string, answer: WalletAnswer): void {
    add(this.wallets, orderNo, answer);
    if (answer.reply['code'] !== 0) return;
    this.#tell({ orderNo, path: 'wallet-transfer-status', fields: { agentOrderNo: orderNo } });
  }

  ofReverse(reverseOrderNo: string, reply: Reply): void {
    add(this.reverses, reverseOrderNo, reply);
  }

  #tell(order: ToldOrder): void {
    if (this.#isTold.has(order.orderNo)) return;
    this.#isTold.add(order.orderNo);
    this.told.push(order);
  }
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
