/** Heaps smaller than this are never compacted. */
const MIN_COMPACTION = 64;

/** An entry that may have become stale; it is dropped when it is met, or when too many are. */
export interface HeapEntry {
  live: boolean;
}

/** Entries by price, the nearest to a falling (`down`) or a rising (`up`) mark first. Adding and taking cost O(log n). */
export class PriceHeap<T extends HeapEntry> {
  readonly #sign: 1 | -1;
  #prices: number[] = [];
  #entries: T[] = [];

  constructor(direction: 'down' | 'up') {
    this.#sign = direction === 'up' ? 1 : -1;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** An infinite price is never met, so it is not kept. */
  add(price: number, entry: T): void {
    if (!Number.isFinite(price)) return;
    this.#prices.push(this.#sign * price);
    this.#entries.push(entry);
    this.#rise(this.#entries.length - 1);
  }

  /** Takes the live entry whose price `mark` has reached, or undefined. */
  take(mark: number): T | undefined {
    const reached = this.#sign * mark;
    while (this.#entries.length > 0 && (!this.#entries[0]?.live || (this.#prices[0] as number) <= reached)) {
      const entry = this.#shift();
      if (entry.live) return entry;
    }
    return undefined;
  }

  /** Drops stale entries when they are more than half; `live` is how many entries live at most. */
  compact(live: number): void {
    if (this.#entries.length < MIN_COMPACTION || this.#entries.length <= 2 * live) return;
    const prices: number[] = [];
    const entries: T[] = [];
    this.#entries.forEach((entry, i) => {
      if (!entry.live) return;
      prices.push(this.#prices[i] as number);
      entries.push(entry);
    });
    this.#prices = prices;
    this.#entries = entries;
    for (let i = (entries.length >> 1) - 1; i >= 0; i--) this.#sink(i);
  }

  #shift(): T {
    const first = this.#entries[0] as T;
    const price = this.#prices.pop() as number;
    const entry = this.#entries.pop() as T;
    if (this.#entries.length > 0) {
      this.#prices[0] = price;
      this.#entries[0] = entry;
      this.#sink(0);
    }
    return first;
  }

  #rise(from: number): void {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      if ((this.#prices[parent] as number) <= (this.#prices[i] as number)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #sink(from: number): void {
    const { length } = this.#entries;
    for (let i = from; ; ) {
      const left = 2 * i + 1;
      if (left >= length) return;
      const right = left + 1;
      const child = right < length && (this.#prices[right] as number) < (this.#prices[left] as number) ? right : left;
      if ((this.#prices[i] as number) <= (this.#prices[child] as number)) return;
      this.#swap(i, child);
      i = child;
    }
  }

  #swap(a: number, b: number): void {
    const price = this.#prices[a] as number;
    const entry = this.#entries[a] as T;
    this.#prices[a] = this.#prices[b] as number;
    this.#entries[a] = this.#entries[b] as T;
    this.#prices[b] = price;
    this.#entries[b] = entry;
  }
}
