import type { Event, OrderRecord } from '../../event.ts';
import type { Side } from '../../exchange/enums.ts';
import { agree, hold } from './difference.ts';

type DepthChanged = Extract<Event, { type: 'depth-changed' }>;

/** A price at which orders rest, or have rested. */
export interface Level {
  readonly symbol: string;
  readonly side: Side;
  readonly price: number;
  quantity: number;
}

/** What rests in one symbol. */
interface Rest {
  readonly BUY: Map<number, Level>;
  readonly SELL: Map<number, Level>;
  version: number;
  orders: number;
}

/** INV-3 as the events go by: every level is the sum of its orders, and each change of one is told. */
export class Levels {
  readonly #rests = new Map<string, Rest>();
  /** Levels that the command has changed, with what they were before. */
  readonly #before = new Map<Level, number>();
  readonly #told = new Map<Level, number>();

  begin(): void {
    this.#before.clear();
    this.#told.clear();
  }

  /** An order is another one than it was; undefined for one that is not open. */
  move(before: OrderRecord | undefined, now: OrderRecord | undefined): void {
    if (before !== undefined) this.#add(before, -1);
    if (now !== undefined) this.#add(now, 1);
  }

  take({ symbol, side, price, quantity, version }: DepthChanged): void {
    agree(`depth version of ${symbol}`, { core: version, oracle: ++this.#rest(symbol).version });
    this.#told.set(this.#level(symbol, side, price), quantity);
  }

  /** At the end of a command what was told is what rests, and nothing was left out. */
  finish(): void {
    for (const [level, core] of this.#told)
      agree(`INV-3: ${level.side} level ${level.price} of ${level.symbol}`, { core, oracle: level.quantity });
    for (const [level, before] of this.#before) {
      const told = level.quantity === before || this.#told.has(level);
      hold('INV-3: a changed level is told', told, { seen: level });
      if (level.quantity === 0) this.#rest(level.symbol)[level.side].delete(level.price);
    }
  }

  /** Levels that the command has changed. */
  get changed(): Iterable<Level> {
    return this.#before.keys();
  }

  /** How many orders rest in a symbol. */
  ordersIn(symbol: string): number {
    return this.#rests.get(symbol)?.orders ?? 0;
  }

  #add({ symbol, side, price, quantity, filledQuantity }: OrderRecord, sign: 1 | -1): void {
    const level = this.#level(symbol, side, price);
    if (!this.#before.has(level)) this.#before.set(level, level.quantity);
    level.quantity += sign * (quantity - filledQuantity);
    this.#rest(symbol).orders += sign;
  }

  #rest(symbol: string): Rest {
    const known = this.#rests.get(symbol);
    if (known !== undefined) return known;
    const begun: Rest = { BUY: new Map(), SELL: new Map(), version: 0, orders: 0 };
    this.#rests.set(symbol, begun);
    return begun;
  }

  #level(symbol: string, side: Side, price: number): Level {
    const levels = this.#rest(symbol)[side];
    const known = levels.get(price);
    if (known !== undefined) return known;
    const begun = { symbol, side, price, quantity: 0 };
    levels.set(price, begun);
    return begun;
  }
}
