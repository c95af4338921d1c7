import type { Money } from '@openvenue/money';
import type { Event, ExchangeEvent, FillRecord, PositionRecord } from '../event.ts';
import type { Account } from './account.ts';
import { type Condition, conditionRecordOf } from './conditions/condition.ts';
import type { ChangeType, ExecutionType, Side } from './enums.ts';
import type { ExchangeState } from './exchange-state.ts';
import type { Leg } from './leg.ts';
import { availableOf, marginFigures, usedMargin } from './margin.ts';
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
  /** Set by a price command: any position can have come below maintenance (LIQ-1). */
  pricesMoved = false;
  /** Accounts whose wallet or positions have changed, once for each change: who has read it so far misses no later one. */
  readonly changed: Account[] = [];
  /** How many of `changed` have been looked at for liquidation. */
  checkedChanges = 0;
  readonly #touched = new Map<Account, { reason: AccountReason; readonly legs: Set<Leg> }>();

  constructor(state: ExchangeState, timeMs: number) {
    this.state = state;
    this.timeMs = timeMs;
  }

  orderUpdated(order: Order, executionType: ExecutionType, fill?: FillRecord): void {
    order.updatedAtMs = this.timeMs;
    const account = this.state.account(order.userId);
    const { leverage, marginMode } = account.peek(order.market);
    order.leverage = leverage;
    order.marginMode = marginMode;
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
    const account = this.state.account(condition.userId);
    const { leverage, marginMode } = account.peek(condition.market);
    const record = conditionRecordOf(condition);
    const userSequence = ++account.eventSequence;
    this.events.push({ type: 'condition-updated', userSequence, condition: record, leverage, marginMode });
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
    this.changed.push(account);
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

  positionChanged(account: Account, leg: Leg, reason: AccountReason = 'TRADE'): void {
    if (leg.life !== undefined) leg.life.updatedAtMs = this.timeMs;
    this.events.push({ type: 'position-changed', position: positionRecord(account, leg) });
    this.changed.push(account);
    this.touch(account, reason, leg);
  }

  touch(account: Account, reason: AccountReason, leg?: Leg): void {
    let touched = this.#touched.get(account);
    if (touched === undefined) {
      touched = { reason, legs: new Set() };
      this.#touched.set(account, touched);
    }
    if (reason !== 'ORDER') touched.reason = reason;
    if (leg !== undefined) touched.legs.add(leg);
  }

  /** Ends the command: each touched user gets one account event, in the order in which they were touched. */
  finish(): readonly Event[] {
    for (const [account, { reason, legs }] of this.#touched) {
      const figures = marginFigures(account);
      this.events.push({
        type: 'account-updated',
        userSequence: ++account.eventSequence,
        userId: account.userId,
        reason,
        account: {
          wallet: account.wallet,
          frozen: figures.frozen,
          used: usedMargin(figures),
          available: availableOf(figures),
        },
        positions: [...legs].map((leg) => positionRecord(account, leg)),
      });
    }
    return this.events;
  }
}

function positionRecord(account: Account, leg: Leg): PositionRecord {
  return {
    userId: account.userId,
    symbol: leg.market.symbol,
    positionSide: leg.positionSide,
    positionId: leg.life?.positionId ?? 0,
    quantity: leg.quantity,
    cost: leg.cost,
    margin: leg.position.margin,
  };
}
