interface Deadline {
  readonly key: string;
  atMs: number;
  /** Its place in the heap. */
  index: number;
}

const isBefore = (a: Deadline, b: Deadline): boolean => (a.atMs === b.atMs ? a.key < b.key : a.atMs < b.atMs);

/**
 * Which key is due next: earliest first, ties by key, so the order depends on the content alone and not on how it came about.
 * A binary heap that knows each key's place: looking is O(1), moving and removing O(log n), and no key is in it twice.
 */
export class DeadlineQueue {
  readonly #heap: Deadline[] = [];
  readonly #byKey = new Map<string, Deadline>();

  get size(): number {
    return this.#heap.length;
  }

  /** Adds the key, or moves it to another time. */
  set(key: string, atMs: number): void {
    let deadline = this.#byKey.get(key);
    if (deadline === undefined) {
      deadline = { key, atMs, index: this.#heap.length };
      this.#byKey.set(key, deadline);
      this.#heap.push(deadline);
    } else {
      deadline.atMs = atMs;
    }
    this.#settle(deadline);
  }

  delete(key: string): void {
    const deadline = this.#byKey.get(key);
    if (deadline === undefined) return;
    this.#byKey.delete(key);
    const last = this.#heap.pop();
    if (last === undefined || last === deadline) return;
    this.#place(last, deadline.index);
    this.#settle(last);
  }

  /** Removes and returns the first key whose time is `timeMs` or earlier; undefined when none is. */
  takeDue(timeMs: number): string | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.atMs > timeMs) return undefined;
    this.delete(first.key);
    return first.key;
  }

  #place(deadline: Deadline, index: number): void {
    deadline.index = index;
    this.#heap[index] = deadline;
  }

  #settle(deadline: Deadline): void {
    this.#rise(deadline);
    this.#sink(deadline);
  }

  #rise(deadline: Deadline): void {
    while (deadline.index > 0) {
      const index = deadline.index;
      const parent = this.#heap[(index - 1) >> 1];
      if (parent === undefined || !isBefore(deadline, parent)) return;
      this.#place(deadline, parent.index);
      this.#place(parent, index);
    }
  }

  #sink(deadline: Deadline): void {
    for (;;) {
      const index = deadline.index;
      const left = this.#heap[2 * index + 1];
      if (left === undefined) return;
      const right = this.#heap[2 * index + 2];
      const child = right !== undefined && isBefore(right, left) ? right : left;
      if (!isBefore(child, deadline)) return;
      this.#place(deadline, child.index);
      this.#place(child, index);
    }
  }
}
