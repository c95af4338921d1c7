/** Seconds that are remembered. */
export const HISTORY_SECONDS = 60;
/** Fewer moves than this tell nothing. */
const FEWEST_MOVES = 5;
/** Mean move of a second that is assumed until then: 0.3 basis points. */
const ASSUMED_MOVE_BP = 0.3;
const MOMENTUM_SECONDS = 3;
const BASIS_POINTS = 10_000;

/** The last minute of one symbol's index, one value a second. It begins empty and knows enough after a few seconds. */
export class IndexHistory {
  readonly #prices: number[] = [];
  #second = -1;

  /** Notes the index of a second; a later value of the same second replaces the earlier one. */
  observe(second: number, index: number): void {
    if (second === this.#second) this.#prices.pop();
    this.#second = second;
    this.#prices.push(index);
    if (this.#prices.length > HISTORY_SECONDS) this.#prices.shift();
  }

  /** Mean absolute move of a second, in basis points. */
  get volatilityBp(): number {
    const moves = this.#prices.length - 1;
    if (moves < FEWEST_MOVES) return ASSUMED_MOVE_BP;
    let sum = 0;
    for (let i = 1; i <= moves; i++) sum += Math.abs(this.#at(i) - this.#at(i - 1));
    return (sum / moves / this.#at(moves)) * BASIS_POINTS;
  }

  /** Signed move of the last three seconds, in basis points. */
  get momentumBp(): number {
    const newest = this.#prices.length - 1;
    if (newest < MOMENTUM_SECONDS) return 0;
    return (this.#at(newest) / this.#at(newest - MOMENTUM_SECONDS) - 1) * BASIS_POINTS;
  }

  #at(i: number): number {
    return this.#prices[i] as number;
  }
}
