import type { PositionSide, Side } from '../../exchange/enums.ts';
import type { FeeBook } from './fee-book.ts';
import { ceil, least, most, UNIT } from './fraction.ts';
import type { ListedSymbol } from './listed-symbol.ts';
import { type Holding, lots, sideOf, type UserBooks } from './user-books.ts';

export interface Venue {
  readonly symbols: ReadonlyMap<string, ListedSymbol>;
  readonly fees: FeeBook;
  /** Grows with every change of a mark. */
  readonly marks: number;
  /** Grows with every change of a symbol's parameters or a fee rate. */
  readonly terms: number;
}

/** What a position is worth at the mark. */
interface Value {
  readonly notional: bigint;
  readonly pnl: bigint;
  readonly maintenance: bigint;
}

/** Sums over the positions, as long as no position, term or mark has changed. */
interface Sums {
  readonly positions: number;
  readonly terms: number;
  readonly marks: number;
  readonly values: ReadonlyMap<Holding, Value>;
  readonly cross: readonly Holding[];
  readonly crossPnl: bigint;
  readonly crossInitialMargin: bigint;
  readonly crossMaintenance: bigint;
  readonly unrealizedPnl: bigint;
}

/** What the orders of a symbol freeze, as long as no order, position or term has changed. */
interface Frozen {
  readonly orders: number;
  readonly positions: number;
  readonly terms: number;
  readonly frozen: bigint;
}

/** Ratio of who has no balance left, in 1e-8 (MRG-8). */
const NO_BALANCE = 9_999n * UNIT;

/** Every figure of a user's margin account, worked out anew from positions, orders and marks (MRG-1 to MRG-8). */
export class MarginAccount {
  readonly user: UserBooks;
  readonly #venue: Venue;
  #kept: Sums | undefined;
  readonly #frozen = new Map<string, Frozen>();

  constructor(user: UserBooks, venue: Venue) {
    this.user = user;
    this.#venue = venue;
  }

  symbol(name: string): ListedSymbol {
    const found = this.#venue.symbols.get(name);
    if (found === undefined) throw new Error(`${name} has not been listed`);
    return found;
  }

  leverage(symbol: string): bigint {
    return BigInt(this.user.leverage(symbol) ?? this.symbol(symbol).parameters.defaultLeverage);
  }

  notional(holding: Holding): bigint {
    return this.#valueOf(holding).notional;
  }

  pnl(holding: Holding): bigint {
    return this.#valueOf(holding).pnl;
  }

  maintenance(holding: Holding): bigint {
    return this.#valueOf(holding).maintenance;
  }

  initialMargin(holding: Holding): bigint {
    return ceil(holding.cost, this.leverage(holding.symbol));
  }

  get cross(): readonly Holding[] {
    return this.#sums.cross;
  }

  get crossPnl(): bigint {
    return this.#sums.crossPnl;
  }

  get unrealizedPnl(): bigint {
    return this.#sums.unrealizedPnl;
  }

  get crossInitialMargin(): bigint {
    return this.#sums.crossInitialMargin;
  }

  /** Below 0 of a position that a settlement closed beyond its margin. */
  get isolatedMargin(): bigint {
    return this.user.isolatedMargin;
  }

  get used(): bigint {
    return this.crossInitialMargin + this.isolatedMargin;
  }

  get balance(): bigint {
    return this.user.crossWallet + this.crossPnl;
  }

  get crossMaintenance(): bigint {
    return this.#sums.crossMaintenance;
  }

  get available(): bigint {
    return this.user.crossWallet - this.crossInitialMargin - this.frozen + least(0n, this.crossPnl);
  }

  /** Of the cross account, or of the isolated position. */
  ratio(of?: Holding): bigint {
    const own = of !== undefined && this.user.isIsolated(of.symbol);
    const maintenance = own ? this.maintenance(of) : this.crossMaintenance;
    const balance = own ? of.margin + this.pnl(of) : this.balance;
    if (maintenance === 0n) return 0n;
    if (balance <= 0n) return NO_BALANCE;
    return ceil(maintenance * 10_000n, balance) * (UNIT / 10_000n);
  }

  get frozen(): bigint {
    let frozen = 0n;
    for (const symbol of this.user.orderedIn) frozen += this.frozenIn(symbol);
    return frozen;
  }

  /** MRG-3: one-way the larger side; hedge: both legs. */
  frozenIn(symbol: string): bigint {
    const { revision, orders } = this.user.ordersIn(symbol);
    if (orders.size === 0) return 0n;
    const { terms } = this.#venue;
    const positions = this.user.positionRevision;
    const kept = this.#frozen.get(symbol);
    if (kept?.orders === revision && kept.positions === positions && kept.terms === terms) return kept.frozen;
    const of = (side: Side, positionSide: PositionSide): bigint => this.#frozenOf(symbol, side, positionSide);
    const frozen = most(of('BUY', 'BOTH'), of('SELL', 'BOTH')) + of('BUY', 'LONG') + of('SELL', 'SHORT');
    this.#frozen.set(symbol, { orders: revision, positions, terms, frozen });
    return frozen;
  }

  /** Quantity, value and fees of what the orders of a side would open. */
  opening(symbol: string, side: Side, positionSide: PositionSide): Opening {
    const listed = this.symbol(symbol);
    let quantity = 0n;
    let value = 0n;
    let fees = 0n;
    for (const order of this.user.ordersIn(symbol).orders.values()) {
      if (order.side !== side || order.positionSide !== positionSide || order.reduceOnly) continue;
      const left = BigInt(order.quantity - order.filledQuantity);
      const own = listed.value(BigInt(order.price), left);
      const { base, markup } = this.#venue.fees.rates(this.user, listed, order.makerOnly ? 'maker' : 'taker');
      quantity += left;
      value += own;
      fees += own * most(0n, base + markup);
    }
    const closable = positionSide === 'BOTH' ? this.closable(symbol, side, 'BOTH') : 0n;
    return { quantity, value, fees, closable, open: most(0n, quantity - closable) };
  }

  /** How much of a position an order of this side can close. */
  closable(symbol: string, side: Side, positionSide: PositionSide): bigint {
    const held = this.user.holding(symbol, positionSide).quantity;
    return most(0n, side === 'BUY' ? -held : held);
  }

  #valueOf(holding: Holding): Value {
    return this.#sums.values.get(holding) ?? this.#valueAnew(holding);
  }

  #valueAnew(holding: Holding): Value {
    const symbol = this.symbol(holding.symbol);
    const notional = symbol.value(symbol.mark, lots(holding));
    const pnl = sideOf(holding) * (notional - holding.cost);
    return { notional, pnl, maintenance: symbol.maintenance(notional) };
  }

  get #sums(): Sums {
    const { user } = this;
    const { marks, terms } = this.#venue;
    const positions = user.positionRevision;
    const kept = this.#kept;
    if (kept?.positions === positions && kept.marks === marks && kept.terms === terms) return kept;
    const values = new Map<Holding, Value>();
    const cross: Holding[] = [];
    let [crossPnl, crossInitialMargin, crossMaintenance, unrealizedPnl] = [0n, 0n, 0n, 0n];
    for (const holding of user.open) {
      const value = this.#valueAnew(holding);
      values.set(holding, value);
      unrealizedPnl += value.pnl;
      if (user.isIsolated(holding.symbol)) continue;
      cross.push(holding);
      crossPnl += value.pnl;
      crossInitialMargin += this.initialMargin(holding);
      crossMaintenance += value.maintenance;
    }
    const of = { positions, terms, marks };
    this.#kept = { ...of, values, cross, crossPnl, crossInitialMargin, crossMaintenance, unrealizedPnl };
    return this.#kept;
  }

  #frozenOf(symbol: string, side: Side, positionSide: PositionSide): bigint {
    const { quantity, value, fees, closable, open } = this.opening(symbol, side, positionSide);
    if (open === 0n) return 0n;
    const margin = ceil(value * open, quantity * this.leverage(symbol));
    const setOff =
      closable > 0n && !this.user.isIsolated(symbol) ? this.initialMargin(this.user.holding(symbol, 'BOTH')) : 0n;
    return most(0n, margin - setOff) + ceil(fees * open, quantity * UNIT);
  }
}

export interface Opening {
  readonly quantity: bigint;
  readonly value: bigint;
  readonly fees: bigint;
  readonly closable: bigint;
  readonly open: bigint;
}
