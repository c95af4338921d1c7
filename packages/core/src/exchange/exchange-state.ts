import { type Money, ZERO_MONEY } from '@openvenue/money';
import { Account } from './account.ts';
import type { OrderBook } from './book/order-book.ts';
import { EndedOrders } from './ended-orders.ts';
import type { Market } from './market.ts';
import type { Order } from './order.ts';
import type { SymbolParameters } from './symbol-parameters.ts';

/** Everything the exchange remembers between two commands. */
export class ExchangeState {
  /** Makes the book of a newly listed symbol. */
  readonly createBook: () => OrderBook;
  /** In listing order. */
  readonly markets = new Map<string, Market>();
  /** Accepted configurations that wait for the next price command (SYM-1). */
  readonly pendingParameters = new Map<string, SymbolParameters>();
  readonly accounts = new Map<number, Account>();
  /** Open orders and those ended at most 24 h ago. */
  readonly orders = new Map<number, Order>();
  /** Ended orders in the order of their end. */
  endedOrders = new EndedOrders();
  nextOrderId = 1;
  nextTradeId = 1;
  nextFillId = 1;
  nextEntryId = 1;
  nextPositionId = 1;
  /** Fees the venue has taken, less rebates. */
  fees: Money = ZERO_MONEY;
  /** Residues of funding; never falls (SYM-3). */
  rounding: Money = ZERO_MONEY;
  /** All that came in minus all that went out (INV-1). */
  external: Money = ZERO_MONEY;

  constructor(createBook: () => OrderBook) {
    this.createBook = createBook;
  }

  /** The account as it is, or as it would begin: asking changes nothing. */
  peekAccount(userId: number): Account {
    return this.accounts.get(userId) ?? new Account(userId);
  }

  account(userId: number): Account {
    let account = this.accounts.get(userId);
    if (account === undefined) {
      account = new Account(userId);
      this.accounts.set(userId, account);
    }
    return account;
  }
}
