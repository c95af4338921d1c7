const NONE: ReadonlySet<never> = new Set<never>();

/** The keys that each user owns, oldest first. Users without keys take no memory. */
export class OwnerIndex<Key> {
  readonly #keysByOwner = new Map<number, Set<Key>>();

  of(userId: number): ReadonlySet<Key> {
    return this.#keysByOwner.get(userId) ?? NONE;
  }

  count(userId: number): number {
    return this.of(userId).size;
  }

  oldest(userId: number): Key | undefined {
    return this.of(userId).values().next().value;
  }

  add(userId: number, key: Key): void {
    const keys = this.#keysByOwner.get(userId);
    if (keys === undefined) this.#keysByOwner.set(userId, new Set([key]));
    else keys.add(key);
  }

  remove(userId: number, key: Key): void {
    const keys = this.#keysByOwner.get(userId);
    if (keys === undefined) return;
    keys.delete(key);
    if (keys.size === 0) this.#keysByOwner.delete(userId);
  }
}
