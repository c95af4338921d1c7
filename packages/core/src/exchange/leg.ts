import { divide, type Money, ONE, type QuantitySteps, type Rate, ZERO_MONEY } from '@openvenue/money';
import type { Account } from './account.ts';
import type { MarginMode, PositionSide, Side } from './enums.ts';
import type { Watched } from './liquidation/risk-index.ts';
import type { Market } from './market.ts';
import { type Order, remainingOf } from './order.ts';
import { FLAT, type Position, unrealizedPnlOf } from './position.ts';
import type { PositionLife } from './position-life.ts';

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

/** What is frozen for what would open, and for its fees (MRG-3). */
export interface FrozenParts {
  readonly margin: bigint;
  readonly fees: bigint;
}

const NOTHING_FROZEN: FrozenParts = Object.freeze({ margin: 0n, fees: 0n });

/** What all legs of a user in one market have in common. */
export interface LegTerms {
  readonly account: Account;
  readonly market: Market;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** The user's fee rate in this market. */
  feeRate(maker: boolean): Rate;
}

/**
 * One position a user can have in a market, with its open orders: BOTH in one-way mode, LONG or SHORT in hedge mode. Frozen and
 * initial margin are functions of this alone and of no price but the orders' own (MRG-2, MRG-3), so they are kept until something
 * here changes.
 */
export class Leg {
  readonly positionSide: PositionSide;
  readonly #terms: LegTerms;
  #position: Position = FLAT;
  /** Set while there is a position (POS-6). */
  life: PositionLife | undefined;
  /** Whether the isolated position has had its margin call and has not recovered since (LIQ-5). */
  marginCalled = false;
  /** How the risk index watches the isolated position; it alone sets it. */
  watched: Watched | undefined;
  /** Open orders of this leg, reduce-only ones included. */
  openOrders = 0;
  /** What else speaks for this leg without being an order: conditions and waiting legs of strategies (POS-1, MRG-6). */
  claims = 0;
  readonly reduceOnlyOrders = new Set<Order>();
  readonly buy = new SideExposure();
  readonly sell = new SideExposure();
  #initialMargin: Money | undefined;
  #frozen: Money | undefined;
  #frozenBuy: FrozenParts | undefined;
  #frozenSell: FrozenParts | undefined;

  constructor(terms: LegTerms, positionSide: PositionSide) {
    this.#terms = terms;
    this.positionSide = positionSide;
  }

  get account(): Account {
    return this.#terms.account;
  }

  get market(): Market {
    return this.#terms.market;
  }

  get leverage(): number {
    return this.#terms.leverage;
  }

  get isolated(): boolean {
    return this.#terms.marginMode === 'ISOLATED';
  }

  get position(): Position {
    return this.#position;
  }

  set position(position: Position) {
    if (position.quantity === 0) this.market.holders.delete(this);
    else if (this.#position.quantity === 0) this.market.holders.add(this);
    this.#position = position;
    this.forget();
  }

  /** Negative for a short. */
  get quantity(): QuantitySteps {
    return this.#position.quantity;
  }

  get cost(): Money {
    return this.#position.cost;
  }

  /** Whether positions, orders or claims bind the user to this kind of position (POS-1). */
  get isUsed(): boolean {
    return this.#position.quantity !== 0 || this.openOrders > 0 || this.claims > 0;
  }

  /** How much of the position an order of this side would close. */
  closable(side: Side): QuantitySteps {
    const { quantity } = this.#position;
    return Math.max(0, side === 'BUY' ? -quantity : quantity) as QuantitySteps;
  }

  addOrder(order: Order): void {
    this.openOrders++;
    if (order.reduceOnly) this.reduceOnlyOrders.add(order);
    else this.expose(order, remainingOf(order));
  }

  removeOrder(order: Order): void {
    this.openOrders--;
    if (order.reduceOnly) this.reduceOnlyOrders.delete(order);
    else this.expose(order, -remainingOf(order));
  }

  /** Counts a quantity of an order, at its present price, into its side; negative takes it out. */
  expose(order: Order, quantity: number): void {
    const exposure = this.side(order.side);
    exposure.quantity += quantity;
    if (order.makerOnly) exposure.makerTickSteps += quantity * order.price;
    else exposure.takerTickSteps += quantity * order.price;
    this.#frozen = undefined;
    if (order.side === 'BUY') this.#frozenBuy = undefined;
    else this.#frozenSell = undefined;
  }

  /** `cost / leverage`, up (MRG-2). */
  get initialMargin(): Money {
    this.#initialMargin ??= divide(this.#position.cost, BigInt(this.#terms.leverage), 'up') as Money;
    return this.#initialMargin;
  }

  /** Margin held for the open orders: the larger side (MRG-3); in hedge mode only one side opens. */
  get frozen(): Money {
    if (this.#frozen === undefined) {
      const { margin, fees } = this.frozenParts();
      this.#frozen = (margin + fees) as Money;
    }
    return this.#frozen;
  }

  /** What {@link frozen} would be with one more order. */
  frozenWith(order: Exposure): Money {
    const { margin, fees } = this.frozenParts(order);
    return (margin + fees) as Money;
  }

  /** The two terms of the frozen margin, with one more order if one is given. */
  frozenParts(order?: Exposure): FrozenParts {
    const buy = order?.side === 'BUY' ? this.#frozenSide('BUY', order) : this.#frozenOfBuys();
    const sell = order?.side === 'SELL' ? this.#frozenSide('SELL', order) : this.#frozenOfSells();
    return buy.margin + buy.fees > sell.margin + sell.fees ? buy : sell;
  }

  /** How much an order would add to the opening quantity of its side. */
  openingPart(side: Side, quantity: number): number {
    const before = this.side(side).quantity;
    const closable = this.closable(side);
    return Math.max(0, before + quantity - closable) - Math.max(0, before - closable);
  }

  /** Value of the opening part of a side's orders, one more included (MRG-5); up, which a whole cap compares with exactly. */
  openingValue(side: Side, order?: Exposure): Money {
    const exposure = this.side(side);
    const quantity = exposure.quantity + (order?.quantity ?? 0);
    const open = quantity - this.closable(side);
    if (open <= 0) return ZERO_MONEY;
    const tickSteps = exposure.takerTickSteps + exposure.makerTickSteps + (order?.tickSteps ?? 0);
    const value = this.market.valueOf(tickSteps);
    if (open === quantity) return value;
    return divide(value * BigInt(open), BigInt(quantity), 'up') as Money;
  }

  /** Value at the mark of the position, when it is on this side, and of all that would open on it (MRG-5). */
  valueOfSide(side: Side, order?: Exposure): Money {
    const held = side === 'BUY' ? this.#position.quantity : -this.#position.quantity;
    return ((held > 0 ? this.notional : 0n) + this.openingValue(side, order)) as Money;
  }

  /** Signed unrealised PnL at the mark; exact. */
  get unrealizedPnl(): Money {
    return unrealizedPnlOf(this.#position, this.market);
  }

  get notional(): Money {
    return this.market.notionalAtMark(Math.abs(this.#position.quantity) as QuantitySteps);
  }

  get maintenanceMargin(): Money {
    return this.#position.quantity === 0 ? ZERO_MONEY : this.market.tiers.maintenanceMargin(this.notional);
  }

  side(side: Side): SideExposure {
    return side === 'BUY' ? this.buy : this.sell;
  }

  /** A leg of its own with another position and the same sums, to ask what would be. The market knows nothing of it, and it of no orders. */
  copyWith(position: Position): Leg {
    const copy = new Leg(this.#terms, this.positionSide);
    copy.#position = position;
    Object.assign(copy.buy, this.buy);
    Object.assign(copy.sell, this.sell);
    return copy;
  }

  /** Forgets the kept figures after a change of leverage, margin mode or the market's parameters. */
  forget(): void {
    this.#initialMargin = undefined;
    this.#frozen = undefined;
    this.#frozenBuy = undefined;
    this.#frozenSell = undefined;
  }

  #frozenOfBuys(): FrozenParts {
    this.#frozenBuy ??= this.#frozenSide('BUY');
    return this.#frozenBuy;
  }

  #frozenOfSells(): FrozenParts {
    this.#frozenSell ??= this.#frozenSide('SELL');
    return this.#frozenSell;
  }

  #frozenSide(side: Side, order?: Exposure): FrozenParts {
    const exposure = this.side(side);
    const quantity = exposure.quantity + (order?.quantity ?? 0);
    const closable = this.closable(side);
    const open = quantity - closable;
    if (open <= 0) return NOTHING_FROZEN;
    const makerTickSteps = exposure.makerTickSteps + (order?.makerOnly === true ? order.tickSteps : 0);
    const takerTickSteps = exposure.takerTickSteps + (order?.makerOnly === false ? order.tickSteps : 0);
    const value = this.market.valueOf(makerTickSteps + takerTickSteps);
    const taker = Math.max(0, this.#terms.feeRate(false));
    const maker = Math.max(0, this.#terms.feeRate(true));
    let fees = this.market.valueOf(takerTickSteps) * BigInt(taker);
    if (makerTickSteps > 0) fees += this.market.valueOf(makerTickSteps) * BigInt(maker);
    const leverage = BigInt(this.#terms.leverage);
    // Without a position on the other side all of it opens, and nothing has to be shared out.
    if (closable === 0) return { margin: divide(value, leverage, 'up'), fees: divide(fees, ONE, 'up') };
    const share = BigInt(open);
    const whole = BigInt(quantity);
    let margin = divide(value * share, whole * leverage, 'up');
    if (!this.isolated) margin = margin > this.initialMargin ? margin - this.initialMargin : 0n;
    return { margin, fees: divide(fees * share, whole * ONE, 'up') };
  }
}
