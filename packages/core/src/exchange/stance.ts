import { divide, type Money, ONE, type QuantitySteps, ZERO_MONEY } from '@openvenue/money';
import type { Side } from './enums.ts';
import type { Market } from './market.ts';
import { type Order, remainingOf } from './order.ts';

/** Exact sums over one side's open orders that are not reduce-only. */
export class SideExposure {
  quantity = 0;
  /** Price x remaining quantity, of the orders that pay the taker rate at worst. */
  takerTickSteps = 0;
  /** The same of the maker-only orders. */
  makerTickSteps = 0;
}

/** An order as the margin of its side sees it: quantity and value, at the prices it would have now. */
export interface Exposure {
  readonly side: Side;
  readonly quantity: number;
  readonly tickSteps: number;
  readonly makerOnly: boolean;
}

/**
 * What one user has in one market: leverage, one-way cross position, open orders. Frozen and initial margin are functions of
 * this alone and of no price but the orders' own (MRG-2, MRG-3), so they are kept until something here changes.
 */
export class Stance {
  readonly market: Market;
  #leverage: number;
  /** Negative for a short. */
  #quantity = 0 as QuantitySteps;
  /** Exact sum of the opening values of what is open (POS-6); never negative. */
  #cost: Money = ZERO_MONEY;
  /** Opening fees of what is still open; negative after rebates. */
  openFees: Money = ZERO_MONEY;
  /** Open orders, in the order in which they came to rest last. */
  readonly orders = new Map<number, Order>();
  readonly reduceOnlyOrders = new Set<Order>();
  readonly buy = new SideExposure();
  readonly sell = new SideExposure();
  #initialMargin: Money | undefined;
  #frozen: Money | undefined;

  constructor(market: Market, leverage: number) {
    this.market = market;
    this.#leverage = leverage;
  }

  get leverage(): number {
    return this.#leverage;
  }

  set leverage(leverage: number) {
    this.#leverage = leverage;
    this.#forget();
  }

  get quantity(): QuantitySteps {
    return this.#quantity;
  }

  get cost(): Money {
    return this.#cost;
  }

  setPosition(quantity: QuantitySteps, cost: Money): void {
    this.#quantity = quantity;
    this.#cost = cost;
    this.#forget();
  }

  /** How much of the position an order of this side would close. */
  closable(side: Side): QuantitySteps {
    return Math.max(0, side === 'BUY' ? -this.#quantity : this.#quantity) as QuantitySteps;
  }

  addOrder(order: Order): void {
    this.orders.set(order.orderId, order);
    if (order.reduceOnly) this.reduceOnlyOrders.add(order);
    else this.#expose(order, remainingOf(order));
  }

  removeOrder(order: Order): void {
    this.orders.delete(order.orderId);
    if (order.reduceOnly) this.reduceOnlyOrders.delete(order);
    else this.#expose(order, -remainingOf(order));
  }

  /** Tells that `by` of a resting order's remainder is gone (filled or cut); call it with the order still at its old price. */
  shrinkOrder(order: Order, by: number): void {
    if (!order.reduceOnly) this.#expose(order, -by);
  }

  /** Answers a question as if an order were not there: what an amend would find without its old self (MAT-7). */
  without<T>(order: Order, ask: () => T): T {
    if (order.reduceOnly) return ask();
    const remaining = remainingOf(order);
    this.#expose(order, -remaining);
    try {
      return ask();
    } finally {
      this.#expose(order, remaining);
    }
  }

  /** `cost / leverage`, up (MRG-2). */
  get initialMargin(): Money {
    this.#initialMargin ??= divide(this.#cost, BigInt(this.#leverage), 'up') as Money;
    return this.#initialMargin;
  }

  /** Margin held for the open orders: the larger side (MRG-3). */
  get frozen(): Money {
    this.#frozen ??= larger(this.#frozenSide('BUY'), this.#frozenSide('SELL'));
    return this.#frozen;
  }

  /** What {@link frozen} would be with one more order. */
  frozenWith(order: Exposure): Money {
    const other: Side = order.side === 'BUY' ? 'SELL' : 'BUY';
    return larger(this.#frozenSide(order.side, order), this.#frozenSide(other));
  }

  /** How much an order would add to the opening quantity of its side. */
  openingPart(side: Side, quantity: number): number {
    const before = this.#side(side).quantity;
    const closable = this.closable(side);
    return Math.max(0, before + quantity - closable) - Math.max(0, before - closable);
  }

  /** Value of the opening part of a side's orders, one more included (MRG-5); up, which a whole cap compares with exactly. */
  openingValue(side: Side, order?: Exposure): Money {
    const exposure = this.#side(side);
    const quantity = exposure.quantity + (order?.quantity ?? 0);
    const open = quantity - this.closable(side);
    if (open <= 0) return ZERO_MONEY;
    const tickSteps = exposure.takerTickSteps + exposure.makerTickSteps + (order?.tickSteps ?? 0);
    return divide(this.market.valueOf(tickSteps) * BigInt(open), BigInt(quantity), 'up') as Money;
  }

  /** Signed unrealised PnL at the mark; exact. */
  get unrealizedPnl(): Money {
    if (this.#quantity === 0) return ZERO_MONEY;
    return this.unrealizedPnlAt(this.market.mark);
  }

  unrealizedPnlAt(price: number): Money {
    const value = BigInt(this.#quantity) * BigInt(price) * this.market.unit;
    return (value - (this.#quantity < 0 ? -this.#cost : this.#cost)) as Money;
  }

  get notional(): Money {
    return this.market.notionalAtMark(Math.abs(this.#quantity) as QuantitySteps);
  }

  get maintenanceMargin(): Money {
    return this.#quantity === 0 ? ZERO_MONEY : this.market.tiers.maintenanceMargin(this.notional);
  }

  #side(side: Side): SideExposure {
    return side === 'BUY' ? this.buy : this.sell;
  }

  #expose(order: Order, quantity: number): void {
    const exposure = this.#side(order.side);
    exposure.quantity += quantity;
    if (order.makerOnly) exposure.makerTickSteps += quantity * order.price;
    else exposure.takerTickSteps += quantity * order.price;
    this.#frozen = undefined;
  }

  #frozenSide(side: Side, order?: Exposure): Money {
    const exposure = this.#side(side);
    const quantity = exposure.quantity + (order?.quantity ?? 0);
    const closable = this.closable(side);
    const open = quantity - closable;
    if (open <= 0) return ZERO_MONEY;
    const makerTickSteps = exposure.makerTickSteps + (order?.makerOnly === true ? order.tickSteps : 0);
    const takerTickSteps = exposure.takerTickSteps + (order?.makerOnly === false ? order.tickSteps : 0);
    const share = BigInt(open);
    const whole = BigInt(quantity);
    const value = this.market.valueOf(makerTickSteps + takerTickSteps);
    let margin = divide(value * share, whole * BigInt(this.#leverage), 'up');
    if (closable > 0) margin = margin > this.initialMargin ? margin - this.initialMargin : 0n;
    const taker = Math.max(0, this.market.feeRate(0, false));
    const maker = Math.max(0, this.market.feeRate(0, true));
    const fees =
      this.market.valueOf(takerTickSteps) * BigInt(taker) + this.market.valueOf(makerTickSteps) * BigInt(maker);
    return (margin + divide(fees * share, whole * ONE, 'up')) as Money;
  }

  /** Forgets the kept figures after a change of the market's parameters. */
  refresh(): void {
    this.#forget();
  }

  #forget(): void {
    this.#initialMargin = undefined;
    this.#frozen = undefined;
  }
}

const larger = (a: Money, b: Money): Money => (a > b ? a : b);
