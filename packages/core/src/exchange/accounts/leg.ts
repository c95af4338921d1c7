import {
  bigintOf,
  divide,
  type Money,
  ONE,
  type QuantitySteps,
  type Rate,
  Ratio,
  type Share,
  shareOf,
  ZERO_MONEY,
} from '@openvenue/money';
import type { MarginMode, PositionSide, Side } from '../enums.ts';
import { type Order, remainingOf } from '../orders/order.ts';
import { FLAT, initialMarginOf, type Position } from '../positions/position.ts';
import type { PositionLife } from '../positions/position-life.ts';
import type { Market } from '../symbols/market.ts';
import type { Account } from './account.ts';
import type { Watched } from './watched.ts';

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

/** What a side freezes, with the sums that it is true of. */
interface FrozenSide extends FrozenParts {
  readonly quantity: number;
  readonly takerTickSteps: number;
  readonly makerTickSteps: number;
  readonly frozen: bigint;
}

/** True of every side without orders. */
const NOTHING_FROZEN: FrozenSide = Object.freeze({
  quantity: 0,
  takerTickSteps: 0,
  makerTickSteps: 0,
  margin: 0n,
  fees: 0n,
  frozen: 0n,
});

/** Of orders that open with all they have. */
const ALL: Share = Object.freeze({ part: 1, whole: 1 });

/** What follows from leverage, fee rates and parameters: margin and fees of one tick times one step, and the leverage's cap (MRG-5). */
interface Scale {
  readonly margin: Ratio;
  readonly takerFee: Ratio;
  readonly makerFee: Ratio;
  readonly cap: Money;
  /** The cap in ticks times steps, at most 2^53. */
  readonly capTickSteps: number;
}

/** What all legs of a user in one market have in common. */
export interface LegTerms {
  readonly account: Account;
  readonly market: Market;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** All legs, of any user, that hold a position in the market. */
  readonly holders: Set<Leg>;
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
  /** Number of the last step that has told of a change of the position. */
  touchedInStep = 0;
  readonly buy = new SideExposure();
  readonly sell = new SideExposure();
  #kept: Scale | undefined;
  #initialMargin: Money | undefined;
  #frozen: Money | undefined;
  /** The latest answers: an order that is let in is asked about, and rests with the same sums. */
  #frozenBuy = NOTHING_FROZEN;
  #frozenSell = NOTHING_FROZEN;
  /** The mark that the figures at the mark were computed at; -1 before the first. */
  #figuresMark = -1;
  #notional = ZERO_MONEY;
  #unrealizedPnl = ZERO_MONEY;
  #maintenanceMargin: Money | undefined;

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
    if (position.quantity === 0) this.#terms.holders.delete(this);
    else if (this.#position.quantity === 0) this.#terms.holders.add(this);
    this.#position = position;
    this.#forgetPosition();
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
  }

  /** `cost / leverage`, up (MRG-2). */
  get initialMargin(): Money {
    this.#initialMargin ??= initialMarginOf(this.#position.cost, this.leverage);
    return this.#initialMargin;
  }

  /** Margin held for the open orders: the larger side (MRG-3); in hedge mode only one side opens. */
  get frozen(): Money {
    this.#frozen ??= this.#largerSide().frozen as Money;
    return this.#frozen;
  }

  /** What {@link frozen} would be with one more order. */
  frozenWith(order: Exposure): Money {
    return this.#largerSide(order).frozen as Money;
  }

  /** The two terms of the frozen margin, with one more order if one is given. */
  frozenParts(order?: Exposure): FrozenParts {
    return this.#largerSide(order);
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
    return shareOf(value, { part: open, whole: quantity }, 'up') as Money;
  }

  /** Largest value that the leverage allows on a side (MRG-5). */
  get cap(): Money {
    return this.#scale.cap;
  }

  /** Whether position and orders of a side, one more included, are within the cap even if all of the orders opened (MRG-5). */
  isWellWithinCap(side: Side, order: Exposure): boolean {
    const { takerTickSteps, makerTickSteps } = this.side(side);
    const held = side === 'BUY' ? this.#position.quantity : -this.#position.quantity;
    const tickSteps = takerTickSteps + makerTickSteps + order.tickSteps;
    return tickSteps + (held > 0 ? held * this.market.mark : 0) <= this.#scale.capTickSteps;
  }

  /** Value at the mark of the position, when it is on this side, and of all that would open on it (MRG-5). */
  valueOfSide(side: Side, order?: Exposure): Money {
    const held = side === 'BUY' ? this.#position.quantity : -this.#position.quantity;
    return ((held > 0 ? this.notional : 0n) + this.openingValue(side, order)) as Money;
  }

  /** Signed unrealised PnL at the mark; exact. */
  get unrealizedPnl(): Money {
    if (this.#figuresMark !== this.market.mark) this.#appraise();
    return this.#unrealizedPnl;
  }

  get notional(): Money {
    if (this.#figuresMark !== this.market.mark) this.#appraise();
    return this.#notional;
  }

  get maintenanceMargin(): Money {
    if (this.#figuresMark !== this.market.mark) this.#appraise();
    if (this.#maintenanceMargin === undefined) {
      const held = this.#position.quantity !== 0;
      this.#maintenanceMargin = held ? this.market.tiers.maintenanceMargin(this.#notional) : ZERO_MONEY;
    }
    return this.#maintenanceMargin;
  }

  side(side: Side): SideExposure {
    return side === 'BUY' ? this.buy : this.sell;
  }

  /** A leg of its own with another position and the same sums, to ask what would be. It is no holder, and knows of no orders. */
  copyWith(position: Position): Leg {
    const copy = new Leg(this.#terms, this.positionSide);
    copy.#position = position;
    Object.assign(copy.buy, this.buy);
    Object.assign(copy.sell, this.sell);
    return copy;
  }

  /** Forgets the kept figures after a change of leverage, margin mode or the market's parameters. */
  forget(): void {
    this.#kept = undefined;
    this.#forgetPosition();
  }

  #forgetPosition(): void {
    this.#initialMargin = undefined;
    this.#frozen = undefined;
    this.#frozenBuy = NOTHING_FROZEN;
    this.#frozenSell = NOTHING_FROZEN;
    this.#figuresMark = -1;
  }

  /** Brings the figures at the mark up to the present one. */
  #appraise(): void {
    const { market } = this;
    const { quantity, cost } = this.#position;
    const notional = market.notionalAtMark(Math.abs(quantity) as QuantitySteps);
    this.#figuresMark = market.mark;
    this.#notional = notional;
    this.#unrealizedPnl = (quantity > 0 ? notional - cost : cost - notional) as Money;
    this.#maintenanceMargin = undefined;
  }

  get #scale(): Scale {
    if (this.#kept === undefined) {
      const { unit } = this.market;
      const feeOf = (maker: boolean): Ratio => new Ratio(unit * BigInt(Math.max(0, this.#terms.feeRate(maker))), ONE);
      const cap = this.market.tiers.capFor(this.#terms.leverage);
      this.#kept = {
        margin: new Ratio(unit, BigInt(this.#terms.leverage)),
        takerFee: feeOf(false),
        makerFee: feeOf(true),
        cap,
        capTickSteps: Math.min(Number(cap / unit), Number.MAX_SAFE_INTEGER),
      };
    }
    return this.#kept;
  }

  #largerSide(order?: Exposure): FrozenSide {
    const buy = this.#frozenSide('BUY', this.#frozenBuy, order);
    this.#frozenBuy = buy;
    const sell = this.#frozenSide('SELL', this.#frozenSell, order);
    this.#frozenSell = sell;
    return buy.frozen > sell.frozen ? buy : sell;
  }

  #frozenSide(side: Side, kept: FrozenSide, order: Exposure | undefined): FrozenSide {
    let { quantity, takerTickSteps, makerTickSteps } = this.side(side);
    if (order !== undefined && order.side === side) {
      quantity += order.quantity;
      if (order.makerOnly) makerTickSteps += order.tickSteps;
      else takerTickSteps += order.tickSteps;
    }
    if (
      kept.quantity === quantity &&
      kept.takerTickSteps === takerTickSteps &&
      kept.makerTickSteps === makerTickSteps
    ) {
      return kept;
    }
    const closable = this.closable(side);
    if (quantity <= closable) return { quantity, takerTickSteps, makerTickSteps, margin: 0n, fees: 0n, frozen: 0n };
    const { margin: marginOf } = this.#scale;
    const tickSteps = takerTickSteps + makerTickSteps;
    let margin: bigint;
    let fees: bigint;
    // Without a position on the other side all of it opens, and nothing has to be shared out.
    if (closable === 0) {
      margin = marginOf.timesUp(tickSteps);
      fees = this.#feesOf({ takerTickSteps, makerTickSteps });
    } else {
      const opening = { part: quantity - closable, whole: quantity };
      margin = marginOf.shareUp(tickSteps, opening);
      if (!this.isolated) margin = margin > this.initialMargin ? margin - this.initialMargin : 0n;
      fees = this.#feesOf({ takerTickSteps, makerTickSteps }, opening);
    }
    return { quantity, takerTickSteps, makerTickSteps, margin, fees, frozen: margin + fees };
  }

  /** Fees of a side's orders, or of the part of them that opens; both rates are summed before the one rounding. */
  #feesOf(sums: Pick<FrozenSide, 'takerTickSteps' | 'makerTickSteps'>, share: Share = ALL): bigint {
    const { takerTickSteps, makerTickSteps } = sums;
    const { takerFee, makerFee } = this.#scale;
    if (makerTickSteps === 0) return takerFee.shareUp(takerTickSteps, share);
    if (takerTickSteps === 0) return makerFee.shareUp(makerTickSteps, share);
    const ofRate = (tickSteps: number, rate: Rate): bigint =>
      this.market.valueOf(tickSteps) * bigintOf(Math.max(0, rate));
    const fees = ofRate(takerTickSteps, this.#terms.feeRate(false)) + ofRate(makerTickSteps, this.#terms.feeRate(true));
    return divide(fees * bigintOf(share.part), bigintOf(share.whole) * ONE, 'up');
  }
}
