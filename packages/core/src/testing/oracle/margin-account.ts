import type { OrderRecord } from '../../event.ts';
import type { PositionSide, Side } from '../../exchange/enums.ts';
import type { FeeBook } from './fee-book.ts';
import { ceil, least, most, total, UNIT } from './fraction.ts';
import type { ListedSymbol } from './listed-symbol.ts';
import { type Holding, lots, sideOf, type UserBooks } from './user-books.ts';

export interface Venue {
  readonly symbols: ReadonlyMap<string, ListedSymbol>;
  readonly fees: FeeBook;
}

/** Ratio of who has no balance left, in 1e-8 (MRG-8). */
const NO_BALANCE = 9_999n * UNIT;

/** Every figure of a user's margin account, worked out anew from positions, orders and marks (MRG-1 to MRG-8). */
export class MarginAccount {
  readonly user: UserBooks;
  readonly #venue: Venue;

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
    return BigInt(this.user.leverages.get(symbol) ?? this.symbol(symbol).parameters.defaultLeverage);
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

  get cross(): Holding[] {
    return this.user.open.filter(({ symbol }) => !this.user.isIsolated(symbol));
  }

  get crossPnl(): bigint {
    return total(this.cross.map((each) => this.pnl(each)));
  }

  get unrealizedPnl(): bigint {
    return total(this.user.open.map((each) => this.pnl(each)));
  }

  get crossInitialMargin(): bigint {
    return total(this.cross.map((each) => this.initialMargin(each)));
  }

  /** Below 0 of a position that a settlement closed beyond its margin. */
  get isolatedMargin(): bigint {
    return total(this.user.holdings.map(({ margin }) => margin));
  }

  get used(): bigint {
    return this.crossInitialMargin + this.isolatedMargin;
  }

  get balance(): bigint {
    return this.user.crossWallet + this.crossPnl;
  }

  get crossMaintenance(): bigint {
    return total(this.cross.map((each) => this.maintenance(each)));
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
    const symbols = new Set([...this.user.orders.values()].map(({ symbol }) => symbol));
    return total([...symbols].map((symbol) => this.frozenIn(symbol)));
  }

  /** MRG-3: one-way the larger side; hedge: both legs. */
  frozenIn(symbol: string): bigint {
    const of = (side: Side, positionSide: PositionSide): bigint => this.#frozenOf(symbol, side, positionSide);
    return most(of('BUY', 'BOTH'), of('SELL', 'BOTH')) + of('BUY', 'LONG') + of('SELL', 'SHORT');
  }

  /** Quantity, value and fees of what the orders of a side would open. */
  opening(symbol: string, side: Side, positionSide: PositionSide): Opening {
    const listed = this.symbol(symbol);
    let quantity = 0n;
    let value = 0n;
    let fees = 0n;
    for (const order of this.#orders(symbol, side, positionSide)) {
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

  #orders(symbol: string, side: Side, positionSide: PositionSide): OrderRecord[] {
    return [...this.user.orders.values()].filter(
      (order) =>
        order.symbol === symbol && order.side === side && order.positionSide === positionSide && !order.reduceOnly,
    );
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
