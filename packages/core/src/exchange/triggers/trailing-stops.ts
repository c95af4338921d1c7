import type { PriceTicks } from '@openvenue/money';
import type { Side } from '../enums.ts';
import { firingTick } from './firing-tick.ts';
import type { Trigger } from './trigger.ts';
import { Watermarks } from './watermarks.ts';

/**
 * The active trailing stops of one side and price kind. There are only 100 callback rates, and among those of one rate the one
 * that is active longest has the most extreme watermark and fires first: so a price looks at one stop a rate in use, and at
 * none as long as it is neither a new extreme nor reaches the first tick that fires.
 */
export class TrailingStops {
  readonly #side: Side;
  readonly #watermarks: Watermarks;
  /** By callback rate, longest active first. */
  readonly #byRate = new Map<number, Set<Trigger>>();
  readonly #seats = new Map<Trigger, number>();
  /** The first tick that fires any of them; undefined when it must be looked up anew. */
  #nextTick: number | undefined;

  constructor(side: Side) {
    this.#side = side;
    this.#watermarks = new Watermarks(side === 'SELL' ? 'highest' : 'lowest');
  }

  /** `watermark` is not more extreme than that of any other. */
  add(condition: Trigger, watermark: PriceTicks): void {
    this.#seats.set(condition, this.#watermarks.join(watermark));
    const ofRate = this.#byRate.get(condition.callbackRate);
    if (ofRate === undefined) this.#byRate.set(condition.callbackRate, new Set([condition]));
    else ofRate.add(condition);
    this.#nextTick = undefined;
  }

  /** @returns whether it was there */
  remove(condition: Trigger): boolean {
    const seat = this.#seats.get(condition);
    if (seat === undefined) return false;
    this.#watermarks.leave(seat);
    this.#seats.delete(condition);
    const ofRate = this.#byRate.get(condition.callbackRate);
    ofRate?.delete(condition);
    if (ofRate?.size === 0) this.#byRate.delete(condition.callbackRate);
    this.#nextTick = undefined;
    return true;
  }

  watermark(condition: Trigger): PriceTicks | undefined {
    const seat = this.#seats.get(condition);
    return seat === undefined ? undefined : this.#watermarks.watermark(seat);
  }

  raise(price: PriceTicks): void {
    if (this.#seats.size > 0 && this.#watermarks.raise(price)) this.#nextTick = undefined;
  }

  /** Takes out what a price fires. Each keeps the watermark that it fired with. */
  take(price: PriceTicks, into: Trigger[]): void {
    if (this.#seats.size === 0) return;
    this.#nextTick ??= this.#firstTick();
    if (!this.#reaches(price, this.#nextTick)) return;
    for (const ofRate of this.#byRate.values()) {
      for (const condition of ofRate) {
        if (!this.#reaches(price, this.#tickOf(condition))) break;
        condition.watermark = this.watermark(condition) as PriceTicks;
        this.remove(condition);
        into.push(condition);
      }
    }
  }

  #firstTick(): number {
    const ticks: number[] = [];
    for (const ofRate of this.#byRate.values()) {
      const { value: first } = ofRate.values().next();
      if (first !== undefined) ticks.push(this.#tickOf(first));
    }
    return this.#side === 'SELL' ? Math.max(...ticks) : Math.min(...ticks);
  }

  #tickOf(condition: Trigger): PriceTicks {
    return firingTick(this.#side, this.watermark(condition) as PriceTicks, condition.callbackRate);
  }

  #reaches(price: PriceTicks, tick: number): boolean {
    return this.#side === 'SELL' ? price <= tick : price >= tick;
  }
}
