/** Things that arrive one by one, and those who wait for the next. */
export class Arrivals<T> {
  readonly #arrived: T[] = [];
  readonly #waiting: ((value: T) => void)[] = [];

  add(value: T): void {
    const taker = this.#waiting.shift();
    if (taker === undefined) this.#arrived.push(value);
    else taker(value);
  }

  /** The oldest that nobody has taken, at once or when it arrives. */
  next(): Promise<T> {
    const [first] = this.#arrived.splice(0, 1);
    return first === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(first);
  }

  /** Takes all that nobody has taken. */
  takeAll(): readonly T[] {
    return this.#arrived.splice(0);
  }

  /** Those that nobody has taken. */
  get untaken(): readonly T[] {
    return this.#arrived;
  }
}
