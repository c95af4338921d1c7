import type { Money } from '@openvenue/money';
import type { Event, FillRecord, OrderRecord, PositionRecord } from '../event.ts';
import type { Account } from './accounts/account.ts';
import { accountFigures } from './accounts/account-figures.ts';
import type { Leg } from './accounts/leg.ts';
import type { AccountReason } from './accounts/touch.ts';
import { type Condition, conditionRecordOf } from './conditions/condition.ts';
import type { ChangeType, ExecutionType, Side } from './enums.ts';
import type { ExchangeState } from './exchange-state.ts';
import { type Order, recordOf } from './orders/order.ts';
import { type Strategy, strategyRecordOf } from './strategies/strategy.ts';
import type { Market } from './symbols/market.ts';

/**
 * The running command: its time, the events it has caused so far, and whose accounts it has touched. One step serves all commands, one
 * after the other, because most of them use little of it: whatever a command has not drained is emptied before the next.
 */
export class Step {
  readonly state: ExchangeState;
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
  #timeMs = 0;
  #events: Event[] = [];
  #number = 0;
  readonly #touched: Account[] = [];

  constructor(state: ExchangeState) {
    this.state = state;
  }

  /** Time of the command, Unix ms. */
  get timeMs(): number {
    return this.#timeMs;
  }

  get events(): Event[] {
    return this.#events;
  }

  /** Adds an event; for whoever takes a function. */
  readonly emit = (event: Event): void => {
    this.#events.push(event);
  };

  /** The next command. The events of the one before are its caller's. */
  begin(timeMs: number): void {
    this.#timeMs = timeMs;
    this.#number++;
    this.#events = [];
    this.pricesMoved = false;
    this.checkedChanges = 0;
    empty(this.fires);
    empty(this.endedParts);
    empty(this.changed);
    empty(this.#touched);
    if (this.dueStrategies.size > 0) this.dueStrategies.clear();
  }

  /** Tells of an order as it stands now. @returns its record, for a reply with nothing in between */
  orderUpdated(order: Order, executionType: ExecutionType, fill?: FillRecord): OrderRecord {
    order.updatedAtMs = this.#timeMs;
    const account = this.state.account(order.userId);
    const { leverage, marginMode } = account.peek(order.market);
    order.leverage = leverage;
    order.marginMode = marginMode;
    const userSequence = ++account.eventSequence;
    const record = recordOf(order);
    this.#events.push(
      fill === undefined
        ? { type: 'order-updated', userSequence, executionType, order: record }
        : { type: 'order-updated', userSequence, executionType, order: record, fill },
    );
    this.touch(account, fill === undefined ? 'ORDER' : 'TRADE');
    return record;
  }

  conditionUpdated(condition: Condition): void {
    condition.updatedAtMs = this.#timeMs;
    const account = this.state.account(condition.userId);
    const { leverage, marginMode } = account.peek(condition.market);
    const record = conditionRecordOf(condition);
    const userSequence = ++account.eventSequence;
    this.#events.push({ type: 'condition-updated', userSequence, condition: record, leverage, marginMode });
  }

  strategyUpdated(strategy: Strategy): void {
    strategy.updatedAtMs = this.#timeMs;
    const userSequence = ++this.state.account(strategy.userId).eventSequence;
    this.#events.push({ type: 'strategy-updated', userSequence, strategy: strategyRecordOf(strategy) });
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
    this.#events.push({
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
        createdAtMs: this.#timeMs,
      },
    });
  }

  depthChanged(market: Market, side: Side, price: Order['price']): void {
    const quantity = market.book.levelQuantity(side, price);
    this.#events.push({
      type: 'depth-changed',
      symbol: market.symbol,
      version: ++market.depthVersion,
      side,
      price,
      quantity,
    });
  }

  positionChanged(account: Account, leg: Leg, reason: AccountReason = 'TRADE'): void {
    if (leg.life !== undefined) leg.life.updatedAtMs = this.#timeMs;
    this.#events.push({ type: 'position-changed', position: positionRecord(account, leg) });
    this.changed.push(account);
    this.touch(account, reason, leg);
  }

  touch(account: Account, reason: AccountReason, leg?: Leg): void {
    const { touch } = account;
    if (touch.step !== this.#number) {
      touch.step = this.#number;
      touch.reason = reason;
      empty(touch.legs);
      this.#touched.push(account);
    } else if (reason !== 'ORDER') touch.reason = reason;
    if (leg === undefined || leg.touchedInStep === this.#number) return;
    leg.touchedInStep = this.#number;
    touch.legs.push(leg);
  }

  /** Ends the command: each touched user gets one account event, in the order in which they were touched. */
  finish(): readonly Event[] {
    for (const account of this.#touched) {
      const { reason, legs } = account.touch;
      this.#events.push({
        type: 'account-updated',
        userSequence: ++account.eventSequence,
        userId: account.userId,
        reason,
        account: accountFigures(account),
        positions: legs.length === 0 ? NO_POSITIONS : legs.map((leg) => positionRecord(account, leg)),
      });
    }
    return this.#events;
  }
}

const NO_POSITIONS: readonly PositionRecord[] = Object.freeze([]);

/** Faster than a new length, which gives the array's memory back each time. */
function empty(array: unknown[]): void {
  while (array.length > 0) array.pop();
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
