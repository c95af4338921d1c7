import assert from 'node:assert/strict';
import type { PrivateEvent } from './committed-events.ts';

/** An event of a user's private stream with the time of its command, Unix milliseconds. */
export interface PrivateEntry {
  readonly timeMs: number;
  readonly event: PrivateEvent;
}

export interface PrivateLogLimits {
  /** Newest entries kept of one user. */
  readonly perUser: number;
  /** Entries kept of all users; the users whose entries were used longest ago go first. At least `perUser`. */
  readonly total: number;
}

export const PRIVATE_LOG_LIMITS: PrivateLogLimits = Object.freeze({ perUser: 5_000, total: 200_000 });

/** The user an event of a private stream is for (internal id). */
export function privateUserId(event: PrivateEvent): number {
  switch (event.type) {
    case 'order-updated':
      return event.order.userId;
    case 'condition-updated':
      return event.condition.userId;
    case 'strategy-updated':
      return event.strategy.userId;
    case 'account-updated':
    case 'margin-call':
      return event.userId;
  }
}

/** The recent private events of the users, from which a client that was away catches up. */
export class PrivateLog {
  readonly #limits: PrivateLogLimits;
  /** Ordered by use, the longest ago first. */
  readonly #entriesByUser = new Map<number, PrivateEntry[]>();
  #total = 0;

  constructor(limits = PRIVATE_LOG_LIMITS) {
    assert(limits.perUser > 0 && limits.total >= limits.perUser, 'the limit of all holds at least one user');
    this.#limits = limits;
  }

  /** Entries kept of all users. */
  get size(): number {
    return this.#total;
  }

  append(entry: PrivateEntry): void {
    const userId = privateUserId(entry.event);
    const entries = this.#use(userId) ?? [];
    const newest = entries.at(-1);
    if (newest === undefined) this.#entriesByUser.set(userId, entries);
    else
      assert.equal(entry.event.userSequence, newest.event.userSequence + 1, 'an event of a private stream is missing');
    entries.push(entry);
    this.#total++;
    if (entries.length > this.#limits.perUser) {
      entries.shift();
      this.#total--;
    }
    if (this.#total > this.#limits.total) this.#evict();
  }

  /**
   * The user's events after `userSequence`, oldest first.
   * @returns `gone` when one of them may no longer be kept, and when `userSequence` is ahead of the stream
   */
  since(userId: number, userSequence: number): readonly PrivateEntry[] | 'gone' {
    const entries = this.#use(userId);
    const oldest = entries?.[0];
    if (entries === undefined || oldest === undefined) return 'gone';
    const skip = userSequence + 1 - oldest.event.userSequence;
    return skip < 0 || skip > entries.length ? 'gone' : entries.slice(skip);
  }

  #use(userId: number): PrivateEntry[] | undefined {
    const entries = this.#entriesByUser.get(userId);
    if (entries === undefined) return undefined;
    this.#entriesByUser.delete(userId);
    this.#entriesByUser.set(userId, entries);
    return entries;
  }

  #evict(): void {
    for (const [userId, entries] of this.#entriesByUser) {
      if (this.#total <= this.#limits.total) return;
      this.#entriesByUser.delete(userId);
      this.#total -= entries.length;
    }
  }
}
