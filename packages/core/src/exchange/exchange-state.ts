import { type Money, ZERO_MONEY } from '@openvenue/money';
import { DeadlineQueue } from '../identity/deadline-queue.ts';
import { Account } from './account.ts';
import type { OrderBook } from './book/order-book.ts';
import type { CancelDeadline } from './cancel-all-after.ts';
import type { Condition } from './conditions/condition.ts';
import { FastTriggers } from './conditions/fast-triggers.ts';
import type { TriggerIndex } from './conditions/trigger-index.ts';
import { EndedOrders } from './ended-orders.ts';
import type { Market } from './market.ts';
import type { Order } from './order.ts';
import type { Strategy } from './strategies/strategy.ts';
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
  /** Conditions that have not ended and those that ended at most 24 h ago, and the latter in the order of their end. */
  readonly conditions = new Map<number, Condition>();
  endedConditions = new EndedOrders<Condition>();
  readonly strategies = new Map<number, Strategy>();
  endedStrategies = new EndedOrders<Strategy>();
  /** Switches that are on, by user, and the users by deadline (MAT-14). */
  readonly cancelDeadlines = new Map<number, CancelDeadline>();
  readonly cancelQueue = new DeadlineQueue();
  nextOrderId = 1;
  nextConditionId = 1;
  nextStrategyId = 1;
  nextTradeId = 1;
  nextFillId = 1;
  nextEntryId = 1;
  /** Fees the venue has taken, less rebates. */
  fees: Money = ZERO_MONEY;
  /** All that came in minus all that went out (INV-1). */
  external: Money = ZERO_MONEY;

  /** Makes the two trigger indexes of a newly listed symbol. */
  readonly createTriggers: () => TriggerIndex;

  constructor(createBook: () => OrderBook, createTriggers: () => TriggerIndex = () => new FastTriggers()) {
    this.createBook = createBook;
    this.createTriggers = createTriggers;
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
