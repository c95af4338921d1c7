import type { PositionSide, Side } from '../../exchange/enums.ts';
import type { FeeBook } from './fee-book.ts';
import { ceil, least, most, total, UNIT } from './fraction.ts';
import type { ListedSymbol } from './listed-symbol.ts';
import { type Holding, lots, sideOf, type UserBooks } from './user-books.ts';

export interface Venue {
  readonly symbols: ReadonlyMap<string, ListedSymbol>;
  readonly fees: FeeBook;
  /** Grows with every change of a mark, a symbol's parameters or a fee rate. */
  readonly revision: number;
}

/** Sums over the cross positions, as long as nothing has changed. */
interface CrossSums {
  readonly positions: number;
  readonly venue: number;
  readonly held: readonly Holding[];
  readonly initialMargin: bigint;
  readonly pnl: bigint;
  readonly maintenance: bigint;
}

/** Ratio of who has no balance left, in 1e-8 (MRG-8). */
const NO_BALANCE = 9_999n * UNIT;

/** Every figure of a user's margin account, worked out anew from positions, orders and marks (MRG-1 to MRG-8). */
export class MarginAccount {
  readonly user: UserBooks;
  readonly #venue: Venue;
  #keptCross: CrossSums | undefined;
  #keptFrozen: { positions: number; orders: number; venue: number; frozen: bigint } | undefined;

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
    const symbol = this.symbol(holding.symbol);
    return symbol.value(symbol.mark, lots(holding));
  }

  pnl(holding: Holding): bigint {
    return sideOf(holding) * (this.notional(holding) - holding.cost);
  }

  initialMargin(holding: Holding): bigint {
    return ceil(holding.cost, this.leverage(holding.symbol));
  }

  maintenance(holding: Holding): bigint {
    return this.symbol(holding.symbol).maintenance(this.notional(holding));
  }

  get cross(): readonly Holding[] {
    return this.#cross.held;
  }

  get crossPnl(): bigint {
    return this.#cross.pnl;
  }

  get unrealizedPnl(): bigint {
    return total(this.user.open.map((each) => this.pnl(each)));
  }

  get crossInitialMargin(): bigint {
    return this.#cross.initialMargin;
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
    return this.#cross.maintenance;
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
    const { user } = this;
    const { revision } = this.#venue;
    const kept = this.#keptFrozen;
    if (kept?.positions === user.positionRevision && kept.orders === user.orderRevision && kept.venue === revision)
      return kept.frozen;
    let frozen = 0n;
    for (const symbol of user.orderedIn) frozen += this.frozenIn(symbol);
    this.#keptFrozen = { positions: user.positionRevision, orders: user.orderRevision, venue: revision, frozen };
    return frozen;
  }

  /** MRG-3: one-way the larger side; hedge: both legs. */
  frozenIn(symbol: string): bigint {
    if (this.user.ordersIn(symbol).size === 0) return 0n;
    const of = (side: Side, positionSide: PositionSide): bigint => this.#frozenOf(symbol, side, positionSide);
    return most(of('BUY', 'BOTH'), of('SELL', 'BOTH')) + of('BUY', 'LONG') + of('SELL', 'SHORT');
  }

  /** Quantity, value and fees of what the orders of a side would open. */
  opening(symbol: string, side: Side, positionSide: PositionSide): Opening {
    const listed = this.symbol(symbol);
    let quantity = 0n;
    let value = 0n;
    let fees = 0n;
    for (const order of this.user.ordersIn(symbol).values()) {
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

  get #cross(): CrossSums {
    const { user } = this;
    const { revision } = this.#venue;
    const kept = this.#keptCross;
    if (kept?.positions === user.positionRevision && kept.venue === revision) return kept;
    const held = user.open.filter(({ symbol }) => !user.isIsolated(symbol));
    let [initialMargin, pnl, maintenance] = [0n, 0n, 0n];
    for (const holding of held) {
      initialMargin += this.initialMargin(holding);
      pnl += this.pnl(holding);
      maintenance += this.maintenance(holding);
    }
    this.#keptCross = { positions: user.positionRevision, venue: revision, held, initialMargin, pnl, maintenance };
    return this.#keptCross;
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
