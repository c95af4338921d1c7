import type { Core, Event, FillRecord } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';

const ONE_USDT = 100_000_000n;

interface Held {
  readonly userId: number;
  readonly symbol: string;
  readonly positionSide: string;
  readonly quantity: number;
  readonly cost: bigint;
  readonly margin: bigint;
}

interface Rank {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly quantity: number;
  readonly userId: number;
}

/**
 * LIQ-3 seen from outside: wallets, positions and marks are followed by the events alone, and whoever is deleveraged must at that
 * moment be first among all of his side whom the price does not take beyond their bankruptcy.
 */
export class AdlOrder {
  readonly #wallets = new Map<number, bigint>();
  readonly #held = new Map<string, Held>();
  readonly #marks = new Map<string, number>();
  readonly #isolated = new Set<string>();

  check(core: Core, { events }: Committed): void {
    const trades = new Set<number>();
    const takers = new Map<number, number>();
    for (const event of events) {
      if (event.type === 'trade') trades.add(event.tradeId);
      if (event.type === 'order-updated' && event.fill?.role === 'taker')
        takers.set(event.fill.tradeId, event.fill.userId);
    }
    for (const event of events) {
      if (event.type === 'order-updated' && event.fill?.role === 'maker' && !trades.has(event.fill.tradeId)) {
        const taker = takers.get(event.fill.tradeId);
        // The fund takes over, and the legs of a hedge are set off against each other, in no order.
        if (event.fill.userId !== 0 && event.fill.userId !== taker) this.#checkFirst(core, event.fill, taker);
      }
      this.#follow(event);
    }
  }

  #follow(event: Event): void {
    switch (event.type) {
      case 'ledger':
        this.#wallets.set(event.entry.userId, event.entry.walletAfter);
        return;
      case 'position-changed': {
        const { position } = event;
        const key = `${position.userId} ${position.symbol} ${position.positionSide}`;
        if (position.quantity === 0) this.#held.delete(key);
        else this.#held.set(key, position);
        return;
      }
      case 'margin-mode-changed': {
        const key = `${event.userId} ${event.symbol}`;
        if (event.marginMode === 'ISOLATED') this.#isolated.add(key);
        else this.#isolated.delete(key);
        return;
      }
      case 'prices-updated':
        this.#marks.set(event.symbol, event.mark);
        return;
      default:
    }
  }

  #checkFirst(core: Core, fill: FillRecord, taker: number | undefined): void {
    const { symbol, price, positionSide } = fill;
    const own = this.#held.get(`${fill.userId} ${symbol} ${positionSide}`);
    if (own === undefined) throw new Error(`LIQ-3: user ${fill.userId} was deleveraged without a position`);
    const sign = Math.sign(own.quantity);
    const first = this.#rank(core, own);
    for (const other of this.#held.values()) {
      if (other === own || other.symbol !== symbol || Math.sign(other.quantity) !== sign) continue;
      if (other.userId === 0 || other.userId === taker || this.#isBeyond(core, other, price)) continue;
      if (isBefore(this.#rank(core, other), first))
        throw new Error(`LIQ-3: user ${fill.userId} was deleveraged in ${symbol} before user ${other.userId}`);
    }
    if (this.#isBeyond(core, own, price))
      throw new Error(`LIQ-3: user ${fill.userId} was deleveraged in ${symbol} at ${price}, beyond his bankruptcy`);
  }

  #rank(core: Core, held: Held): Rank {
    const profit = this.#profit(core, held);
    const place = { quantity: Math.abs(held.quantity), userId: held.userId };
    const { wallet, balance, maintenance } = this.#figures(core, held);
    if (profit <= 0n || balance <= 0n) return { ...place, numerator: 0n, denominator: 1n };
    const least = wallet > ONE_USDT ? wallet : ONE_USDT;
    return { ...place, numerator: profit * maintenance, denominator: least * balance };
  }

  #isBeyond(core: Core, held: Held, price: number): boolean {
    const { balance } = this.#figures(core, held);
    const moved = BigInt(price - this.#mark(held)) * BigInt(held.quantity) * this.#unit(core, held);
    return balance + moved < 0n;
  }

  /** Of the cross account, or of the isolated position. */
  #figures(
    core: Core,
    held: Held,
  ): { readonly wallet: bigint; readonly balance: bigint; readonly maintenance: bigint } {
    const { userId } = held;
    const isIsolated = (each: Held): boolean => this.#isolated.has(`${each.userId} ${each.symbol}`);
    const legs = isIsolated(held) ? [held] : [...this.#held.values()].filter((each) => each.userId === userId);
    let wallet = isIsolated(held) ? held.margin : (this.#wallets.get(userId) ?? 0n);
    let profit = 0n;
    let maintenance = 0n;
    for (const each of legs) {
      if (each !== held && isIsolated(each)) {
        wallet -= each.margin;
        continue;
      }
      profit += this.#profit(core, each);
      maintenance += this.#maintenance(core, each);
    }
    return { wallet, balance: wallet + profit, maintenance };
  }

  #profit(core: Core, held: Held): bigint {
    const notional = this.#notional(core, held);
    return held.quantity > 0 ? notional - held.cost : held.cost - notional;
  }

  #maintenance(core: Core, held: Held): bigint {
    const notional = this.#notional(core, held);
    let exact = 0n;
    const { tiers } = this.#parameters(core, held);
    for (const [k, { floor, cap, maintenanceMarginRate }] of tiers.entries()) {
      const top = k === tiers.length - 1 || notional < cap ? notional : cap;
      if (top > floor) exact += (top - floor) * BigInt(maintenanceMarginRate);
    }
    return (exact + ONE_USDT - 1n) / ONE_USDT;
  }

  #notional(core: Core, held: Held): bigint {
    return BigInt(Math.abs(held.quantity)) * BigInt(this.#mark(held)) * this.#unit(core, held);
  }

  #mark({ symbol }: Held): number {
    return this.#marks.get(symbol) ?? 0;
  }

  #unit(core: Core, held: Held): bigint {
    const { tickSize, stepSize } = this.#parameters(core, held);
    return (tickSize * stepSize) / ONE_USDT;
  }

  #parameters({ exchange }: Core, { symbol }: Held) {
    const view = exchange.symbol(symbol);
    if (view === undefined) throw new Error(`no symbol ${symbol}`);
    return view.parameters;
  }
}

/** The higher score, then the larger position, then the older user. */
function isBefore(a: Rank, b: Rank): boolean {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  if (left !== right) return left > right;
  return a.quantity === b.quantity ? a.userId < b.userId : a.quantity > b.quantity;
}
