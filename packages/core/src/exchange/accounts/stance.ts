import type { Money, Rate } from '@openvenue/money';
import type { MarginMode, PositionSide } from '../enums.ts';
import type { FeeRates } from '../fees/fee-level.ts';
import { OpenOrders } from '../orders/open-orders.ts';
import { type Order, remainingOf } from '../orders/order.ts';
import type { Market } from '../symbols/market.ts';
import type { Account } from './account.ts';
import { Leg } from './leg.ts';

const LEG_ORDER: readonly PositionSide[] = ['BOTH', 'LONG', 'SHORT'];

/** What one user has in one market: leverage, margin mode, open orders, and a leg for each position he can have. */
export class Stance {
  readonly account: Account;
  readonly market: Market;
  /** All legs, of any user, that hold a position in the market. */
  readonly holders: Set<Leg>;
  #leverage: number;
  #marginMode: MarginMode = 'CROSS';
  readonly #legs: Leg[] = [];
  readonly orders = new OpenOrders();

  /** What the user pays here today (FEE-1); `refresh` after a change. */
  fees: FeeRates;

  constructor(account: Account, market: Market, fees: FeeRates) {
    this.account = account;
    this.market = market;
    this.holders = account.holders.in(market);
    this.#leverage = market.parameters.defaultLeverage;
    this.fees = fees;
  }

  get leverage(): number {
    return this.#leverage;
  }

  set leverage(leverage: number) {
    this.#leverage = leverage;
    this.refresh();
  }

  get marginMode(): MarginMode {
    return this.#marginMode;
  }

  set marginMode(marginMode: MarginMode) {
    this.#marginMode = marginMode;
    this.refresh();
  }

  /** The legs that were ever asked for, BOTH before LONG before SHORT. */
  get legs(): readonly Leg[] {
    return this.#legs;
  }

  /** A leg; an empty one means nothing, so asking changes nothing. */
  leg(positionSide: PositionSide): Leg {
    for (const leg of this.#legs) if (leg.positionSide === positionSide) return leg;
    const leg = new Leg(this, positionSide);
    this.#legs.push(leg);
    this.account.legAdded();
    if (this.#legs.length > 1)
      this.#legs.sort((a, b) => LEG_ORDER.indexOf(a.positionSide) - LEG_ORDER.indexOf(b.positionSide));
    return leg;
  }

  /** Whether positions, orders or claims of the other kind, one-way or hedge, refuse this one (POS-1). */
  conflictsWith(positionSide: PositionSide): boolean {
    for (const leg of this.#legs)
      if (leg.isUsed && (leg.positionSide === 'BOTH') !== (positionSide === 'BOTH')) return true;
    return false;
  }

  /** Whether the margin mode may change: no positions, orders or claims (MRG-6). */
  get isIdle(): boolean {
    return !this.#legs.some((leg) => leg.isUsed);
  }

  /** The user's fee rate here. */
  feeRate(maker: boolean): Rate {
    return maker ? this.fees.maker : this.fees.taker;
  }

  addOrder(order: Order): void {
    this.orders.add(order);
    this.leg(order.positionSide).addOrder(order);
  }

  removeOrder(order: Order): void {
    this.orders.delete(order);
    this.leg(order.positionSide).removeOrder(order);
  }

  /** Tells that `by` of a resting order's remainder is gone (filled or cut); call it with the order still at its old price. */
  shrinkOrder(order: Order, by: number): void {
    if (!order.reduceOnly) this.leg(order.positionSide).expose(order, -by);
  }

  /** Answers a question as if an order were not there: what an amend would find without its old self (MAT-7). */
  without<T>(order: Order, ask: () => T): T {
    if (order.reduceOnly) return ask();
    const leg = this.leg(order.positionSide);
    const remaining = remainingOf(order);
    leg.expose(order, -remaining);
    try {
      return ask();
    } finally {
      leg.expose(order, remaining);
    }
  }

  /** Answers a question as if the leverage were another (MRG-6). */
  atLeverage<T>(leverage: number, ask: () => T): T {
    const own = this.#leverage;
    this.leverage = leverage;
    try {
      return ask();
    } finally {
      this.leverage = own;
    }
  }

  /** Margin held for the open orders: the sum of the legs (MRG-3). */
  get frozen(): Money {
    let frozen = 0n;
    for (const leg of this.#legs) frozen += leg.frozen;
    return frozen as Money;
  }

  /** Forgets the kept figures after a change of the market's parameters. */
  refresh(): void {
    for (const leg of this.#legs) leg.forget();
  }
}
