import { type Money, ZERO_MONEY } from '@openvenue/money';
import { DeadlineQueue } from '../identity/deadline-queue.ts';
import { Account } from './accounts/account.ts';
import { Holders } from './accounts/holders.ts';
import type { OrderBook } from './book/order-book.ts';
import type { Condition } from './conditions/condition.ts';
import type { FeeSchedule } from './fees/fee-schedule.ts';
import { RiskIndex } from './liquidation/risk-index.ts';
import { EndedOrders } from './orders/ended-orders.ts';
import { OrderPool } from './orders/order-pool.ts';
import { OrdersById } from './orders/orders-by-id.ts';
import type { Strategy } from './strategies/strategy.ts';
import type { Market } from './symbols/market.ts';
import type { SymbolParameters } from './symbols/symbol-parameters.ts';
import { FastTriggers } from './triggers/fast-triggers.ts';
import type { TriggerIndex } from './triggers/trigger-index.ts';

/** A configuration and the time from which a price command puts it into effect. */
export interface PendingParameters {
  readonly parameters: SymbolParameters;
  readonly effectiveAtMs: number;
}

/** A dead man's switch that is on (MAT-14). */
export interface CancelDeadline {
  readonly deadlineMs: number;
  readonly keepReduceOnly: boolean;
}

/** What the exchange is given beside its books. */
export interface ExchangeWiring {
  /** Makes a trigger index; the fast one when left out. */
  readonly createTriggers?: (() => TriggerIndex) | undefined;
  /** The agent that bound a user, 0 for none; it never changes for a user who has an account. */
  readonly agentOf?: (userId: number) => number;
}

/** Everything the exchange remembers between two commands. */
export class ExchangeState {
  /** Makes the book of a newly listed symbol. */
  readonly createBook: () => OrderBook;
  /** In listing order. */
  readonly markets = new Map<string, Market>();
  /** Accepted configurations that wait for the next price command (SYM-1). */
  readonly pendingParameters = new Map<string, PendingParameters>();
  /** Symbols whose end is announced and has not come (SYM-5). */
  readonly delistings = new Set<Market>();
  readonly accounts = new Map<number, Account>();
  readonly holders = new Holders();
  /** Open orders and those ended at most 24 h ago. */
  readonly orders = new OrdersById();
  /** Forgotten orders, to be used again; it means nothing to any command. */
  readonly orderPool = new OrderPool();
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
  nextPositionId = 1;
  nextLiquidationId = 1;
  /** Fees the venue has taken, less rebates. */
  fees: Money = ZERO_MONEY;
  /** Residues of funding; never falls (SYM-3). */
  rounding: Money = ZERO_MONEY;
  /** All that came in minus all that went out (INV-1). */
  external: Money = ZERO_MONEY;

  /** Makes the two trigger indexes of a newly listed symbol. */
  readonly createTriggers: () => TriggerIndex;
  /** Agents with fees of their own (FEE-1). */
  readonly feeSchedules = new Map<number, FeeSchedule>();
  /** Agents' parts of the fees, by agent. */
  readonly commissions = new Map<number, Money>();
  /** The UTC day for which fee levels are set (FEE-2). */
  feeDay = 0;
  /** Counts commands since the start, for what is kept between two of them. */
  revision = 0;
  /** Finds who falls below maintenance; follows from the rest. */
  readonly risk = new RiskIndex();
  readonly #agentOf: (userId: number) => number;
  /** The account that was found last: a command asks for the same one many times. */
  #recent: Account | undefined;

  constructor(createBook: () => OrderBook, { createTriggers, agentOf }: ExchangeWiring = {}) {
    this.createBook = createBook;
    this.createTriggers = createTriggers ?? (() => new FastTriggers());
    this.#agentOf = agentOf ?? (() => 0);
  }

  /** The account as it is, or as it would begin: asking changes nothing. */
  peekAccount(userId: number): Account {
    return this.#find(userId) ?? this.#begin(userId, this.#agentOf(userId));
  }

  account(userId: number): Account {
    let account = this.#find(userId);
    if (account === undefined) {
      account = this.#begin(userId, this.#agentOf(userId));
      this.#enter(account);
    }
    return account;
  }

  /** An account out of a snapshot, which names its agent. */
  restoreAccount(userId: number, agentId: number): Account {
    const account = this.#begin(userId, agentId);
    this.#enter(account);
    return account;
  }

  #find(userId: number): Account | undefined {
    if (this.#recent?.userId === userId) return this.#recent;
    const account = this.accounts.get(userId);
    if (account !== undefined) this.#recent = account;
    return account;
  }

  #enter(account: Account): void {
    account.place = this.accounts.size;
    this.accounts.set(account.userId, account);
  }

  #begin(userId: number, agentId: number): Account {
    return new Account(userId, { agentId, schedule: this.feeSchedules.get(agentId) }, this.holders);
  }
}
