/** The ids of the orders that rest, from which a generator draws: any of them by position, or one of the youngest. */
export class LiveOrders {
  readonly #ids: number[] = [];
  readonly #positions = new Map<number, number>();
  /** The last ids added, each at its own number modulo the length; some of them may have left. */
  readonly #recent: number[];
  #added = 0;

  constructor(recentCount: number) {
    this.#recent = Array.from({ length: recentCount }, () => -1);
  }

  get count(): number {
    return this.#ids.length;
  }

  has(orderId: number): boolean {
    return this.#positions.has(orderId);
  }

  at(position: number): number {
    return this.#ids[position]!;
  }

  /** One of the last ids added, whether it still rests or not; -1 before there were so many. */
  recentAt(position: number): number {
    return this.#recent[position]!;
  }

  add(orderId: number): void {
    this.#positions.set(orderId, this.#ids.length);
    this.#ids.push(orderId);
    this.#recent[this.#added++ % this.#recent.length] = orderId;
  }

  delete(orderId: number): void {
    const position = this.#positions.get(orderId)!;
    const last = this.#ids.pop()!;
    this.#positions.delete(orderId);
    if (last === orderId) return;
    this.#ids[position] = last;
    this.#positions.set(last, position);
  }
}
