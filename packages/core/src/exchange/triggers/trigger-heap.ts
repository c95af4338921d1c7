import type { PriceTicks } from '@openvenue/money';
import type { Trigger } from './trigger.ts';

interface Entry {
  readonly condition: Trigger;
  /** The trigger, negated where prices at or below it fire: the entry that fires first has the smallest. */
  readonly key: number;
  /** Its place in the heap. */
  index: number;
}

const isBefore = (a: Entry, b: Entry): boolean =>
  a.key === b.key ? a.condition.conditionId < b.condition.conditionId : a.key < b.key;

/**
 * Conditions by a trigger, for prices at or above it (`up`) or at or below it. Looking costs O(1), adding and removing
 * O(log n), and a price takes out no more than what it reaches.
 */
export class TriggerHeap {
  readonly #sign: 1 | -1;
  readonly #heap: Entry[] = [];
  readonly #byCondition = new Map<Trigger, Entry>();

  constructor(direction: 'up' | 'down') {
    this.#sign = direction === 'up' ? 1 : -1;
  }

  add(condition: Trigger, trigger: number): void {
    const entry: Entry = { condition, key: this.#sign * trigger, index: this.#heap.length };
    this.#byCondition.set(condition, entry);
    this.#heap.push(entry);
    this.#rise(entry);
  }

  /** @returns whether it was there */
  remove(condition: Trigger): boolean {
    const entry = this.#byCondition.get(condition);
    if (entry === undefined) return false;
    this.#byCondition.delete(condition);
    const last = this.#heap.pop();
    if (last === undefined || last === entry) return true;
    this.#place(last, entry.index);
    this.#rise(last);
    this.#sink(last);
    return true;
  }

  /** Takes out what a price reaches, the furthest past first, then by id. */
  take(price: PriceTicks, into: Trigger[]): void {
    const key = this.#sign * price;
    for (let first = this.#heap[0]; first !== undefined && first.key <= key; first = this.#heap[0]) {
      into.push(first.condition);
      this.remove(first.condition);
    }
  }

  #place(entry: Entry, index: number): void {
    entry.index = index;
    this.#heap[index] = entry;
  }

  #rise(entry: Entry): void {
    while (entry.index > 0) {
      const index = entry.index;
      const parent = this.#heap[(index - 1) >> 1];
      if (parent === undefined || !isBefore(entry, parent)) return;
      this.#place(entry, parent.index);
      this.#place(parent, index);
    }
  }

  #sink(entry: Entry): void {
    for (;;) {
      const index = entry.index;
      const left = this.#heap[2 * index + 1];
      if (left === undefined) return;
      const right = this.#heap[2 * index + 2];
      const child = right !== undefined && isBefore(right, left) ? right : left;
      if (!isBefore(child, entry)) return;
      this.#place(entry, child.index);
      this.#place(child, index);
    }
  }
}
