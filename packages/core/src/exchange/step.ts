import type { Money, QuantitySteps } from '@openvenue/money';
import type { Event, ExchangeEvent, FillRecord, PositionRecord } from '../event.ts';
import type { Account } from './account.ts';
import { type Condition, conditionRecordOf } from './conditions/condition.ts';
import type { ChangeType, ExecutionType, Side } from './enums.ts';
import type { ExchangeState } from './exchange-state.ts';
import { availableBalance, marginFigures } from './margin.ts';
import type { Market } from './market.ts';
import { type Order, recordOf } from './order.ts';
import { type Strategy, strategyRecordOf } from './strategies/strategy.ts';

type AccountReason = Extract<ExchangeEvent, { type: 'account-updated' }>['reason'];

/** The running command: its time, the events it has caused so far, and whose accounts it has touched. */
export class Step {
  readonly state: ExchangeState;
  readonly timeMs: number;
  readonly events: Event[] = [];
  /** Conditions that a price has met, in the order in which they fire: one queue, first in, first out (MAT-13). */
  readonly fires: Condition[] = [];
  /** Orders of conditions and strategies that have ended and whose conditions and strategies do not know it yet. */
  readonly endedParts: Order[] = [];
  /** Strategies whose legs are to be placed or sized once the running order is through. */
  readonly dueStrategies = new Set<Strategy>();
  readonly #touched = new Map<Account, { reason: AccountReason; readonly markets: Set<Market> }>();

  constructor(state: ExchangeState, timeMs: number) {
    this.state = state;
    this.timeMs = timeMs;
  }

  orderUpdated(order: Order, executionType: ExecutionType, fill?: FillRecord): void {
    order.updatedAtMs = this.timeMs;
    const account = this.state.account(order.userId);
    const userSequence = ++account.eventSequence;
    const record = recordOf(order);
    this.events.push(
      fill === undefined
        ? { type: 'order-updated', userSequence, executionType, order: record }
        : { type: 'order-updated', userSequence, executionType, order: record, fill },
    );
    this.touch(account, fill === undefined ? 'ORDER' : 'TRADE');
  }

  conditionUpdated(condition: Condition): void {
    condition.updatedAtMs = this.timeMs;
    const userSequence = ++this.state.account(condition.userId).eventSequence;
    this.events.push({ type: 'condition-updated', userSequence, condition: conditionRecordOf(condition) });
  }

  strategyUpdated(strategy: Strategy): void {
    strategy.updatedAtMs = this.timeMs;
    const userSequence = ++this.state.account(strategy.userId).eventSequence;
    this.events.push({ type: 'strategy-updated', userSequence, strategy: strategyRecordOf(strategy) });
  }

  /** Has a strategy looked at before the command ends; one that has ended is not. */
  strategyDue(strategyId: number): void {
    const strategy = this.state.strategies.get(strategyId);
    if (strategy?.status === 'WORKING') this.dueStrategies.add(strategy);
  }

  /** Changes a wallet; every change is a ledger entry with before and after (MRG-1). A change of 0 is none. */
  changeWallet(
    account: Account,
    change: { amount: bigint; changeType: ChangeType; symbol: string; referenceId: number; frozen: Money },
  ): void {
    if (change.amount === 0n) return;
    const walletBefore = account.wallet;
    account.wallet = (walletBefore + change.amount) as Money;
    this.events.push({
      type: 'ledger',
      entry: {
        entryId: this.state.nextEntryId++,
        userId: account.userId,
        changeType: change.changeType,
        amount: change.amount as Money,
        walletBefore,
        walletAfter: account.wallet,
        frozenBefore: change.frozen,
        frozenAfter: change.frozen,
        symbol: change.symbol,
        referenceId: change.referenceId,
        createdAtMs: this.timeMs,
      },
    });
  }

  depthChanged(market: Market, side: Side, price: Order['price']): void {
    const quantity = market.book.levelQuantity(side, price);
    this.events.push({
      type: 'depth-changed',
      symbol: market.symbol,
      version: ++market.depthVersion,
      side,
      price,
      quantity,
    });
  }

  positionChanged(account: Account, market: Market): void {
    this.events.push({ type: 'position-changed', position: positionRecord(account, market) });
    this.touch(account, 'TRADE', market);
  }

  touch(account: Account, reason: AccountReason, market?: Market): void {
    let touched = this.#touched.get(account);
    if (touched === undefined) {
      touched = { reason, markets: new Set() };
      this.#touched.set(account, touched);
    }
    if (reason !== 'ORDER') touched.reason = reason;
    if (market !== undefined) touched.markets.add(market);
  }

  /** Ends the command: each touched user gets one account event, in the order in which they were touched. */
  finish(): readonly Event[] {
    for (const [account, { reason, markets }] of this.#touched) {
      const figures = marginFigures(account);
      this.events.push({
        type: 'account-updated',
        userSequence: ++account.eventSequence,
        userId: account.userId,
        reason,
        account: {
          wallet: account.wallet,
          frozen: figures.frozen,
          used: figures.initialMargin,
          available: availableBalance(account),
        },
        positions: [...markets].map((market) => positionRecord(account, market)),
      });
    }
    return this.events;
  }
}

function positionRecord(account: Account, market: Market): PositionRecord {
  const stance = account.stance(market);
  return {
    userId: account.userId,
    symbol: market.symbol,
    quantity: stance.quantity as QuantitySteps,
    cost: stance.cost,
  };
}
