import type { PriceTicks } from '@openvenue/money';

/** Members that joined one after the other and have the same watermark. */
interface Group {
  readonly firstSeat: number;
  readonly watermark: PriceTicks;
  members: number;
}

/**
 * The watermarks of all trailing stops of one side and price kind. A watermark is the extreme of the prices since its stop
 * became active, so an older one is never less extreme than a younger one: equal ones are a group, the groups are a stack, and
 * a new extreme merges groups at its top. A price costs O(1) over time, however many stops there are.
 */
export class Watermarks {
  /** +1 when the extreme is the highest price, -1 when it is the lowest. */
  readonly #sign: 1 | -1;
  /** Most extreme first. */
  readonly #groups: Group[] = [];
  #nextSeat = 1;

  constructor(extreme: 'highest' | 'lowest') {
    this.#sign = extreme === 'highest' ? 1 : -1;
  }

  /** Joins at a watermark that is not more extreme than any other. @returns the seat, by which it is found again */
  join(watermark: PriceTicks): number {
    const seat = this.#nextSeat++;
    const last = this.#groups.at(-1);
    if (last?.watermark === watermark) last.members++;
    else this.#groups.push({ firstSeat: seat, watermark, members: 1 });
    return seat;
  }

  leave(seat: number): void {
    const index = this.#indexOf(seat);
    const group = this.#groups[index] as Group;
    group.members--;
    if (group.members === 0) this.#groups.splice(index, 1);
  }

  watermark(seat: number): PriceTicks {
    return (this.#groups[this.#indexOf(seat)] as Group).watermark;
  }

  /** Takes a new price. @returns whether a watermark has moved */
  raise(price: PriceTicks): boolean {
    let merged: Group | undefined;
    for (let last = this.#groups.at(-1); last !== undefined; last = this.#groups.at(-1)) {
      if (this.#sign * (price - last.watermark) <= 0) break;
      this.#groups.pop();
      merged = { firstSeat: last.firstSeat, watermark: price, members: last.members + (merged?.members ?? 0) };
    }
    if (merged === undefined) return false;
    const last = this.#groups.at(-1);
    if (last?.watermark === price) last.members += merged.members;
    else this.#groups.push(merged);
    return true;
  }

  /** The last group whose first seat is not after this one. */
  #indexOf(seat: number): number {
    let low = 0;
    let high = this.#groups.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#groups[middle] as Group).firstSeat <= seat) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
