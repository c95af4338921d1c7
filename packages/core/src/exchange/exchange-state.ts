import { type Money, ZERO_MONEY } from '@openvenue/money';
import { Account } from './account.ts';
import type { OrderBook } from './book/order-book.ts';
import { EndedOrders } from './ended-orders.ts';
import type { FeeSchedule } from './fees/fee-schedule.ts';
import { RiskIndex } from './liquidation/risk-index.ts';
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
  nextLiquidationId = 1;
  /** Fees the venue has taken, less rebates. */
  fees: Money = ZERO_MONEY;
  /** Residues of funding; never falls (SYM-3). */
  rounding: Money = ZERO_MONEY;
  /** All that came in minus all that went out (INV-1). */
  external: Money = ZERO_MONEY;

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

  /** `agentOf` names the agent that bound a user, 0 for none; it never changes for a user who has an account. */
  constructor(createBook: () => OrderBook, agentOf: (userId: number) => number = () => 0) {
    this.createBook = createBook;
    this.#agentOf = agentOf;
  }

  /** The account as it is, or as it would begin: asking changes nothing. */
  peekAccount(userId: number): Account {
    return this.accounts.get(userId) ?? this.#begin(userId, this.#agentOf(userId));
  }

  account(userId: number): Account {
    let account = this.accounts.get(userId);
    if (account === undefined) {
      account = this.#begin(userId, this.#agentOf(userId));
      this.accounts.set(userId, account);
    }
    return account;
  }

  /** An account out of a snapshot, which names its agent. */
  restoreAccount(userId: number, agentId: number): Account {
    const account = this.#begin(userId, agentId);
    this.accounts.set(userId, account);
    return account;
  }

  #begin(userId: number, agentId: number): Account {
    return new Account(userId, { agentId, schedule: this.feeSchedules.get(agentId) });
  }
}
