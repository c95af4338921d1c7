import type { Event, LedgerEntry } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';

/** What a listener may rely on: sequences without gaps, wallets that chain, fills within limits. */
export class Streams {
  readonly #userSequences = new Map<number, number>();
  readonly #depthVersions = new Map<string, number>();
  readonly #wallets = new Map<number, bigint>();
  #timeMs = 0;

  check({ timeMs, events }: Committed): void {
    if (timeMs < this.#timeMs) throw new Error(`the time of commands went back from ${this.#timeMs} to ${timeMs}`);
    this.#timeMs = timeMs;
    for (const event of events) this.#checkEvent(event);
  }

  #checkEvent(event: Event): void {
    switch (event.type) {
      case 'order-updated': {
        this.#followUser(event.order.userId, event.userSequence);
        const { order, fill } = event;
        if (fill === undefined || order.type !== 'LIMIT') return;
        const isWorse = order.side === 'BUY' ? fill.price > order.price : fill.price < order.price;
        if (isWorse) throw new Error(`order ${order.orderId} with limit ${order.price} was filled at ${fill.price}`);
        return;
      }
      case 'condition-updated':
        this.#followUser(event.condition.userId, event.userSequence);
        return;
      case 'strategy-updated':
        this.#followUser(event.strategy.userId, event.userSequence);
        return;
      case 'account-updated':
      case 'margin-call':
        this.#followUser(event.userId, event.userSequence);
        return;
      case 'depth-changed':
        this.#follow(this.#depthVersions, { key: event.symbol, value: event.version, what: 'depth version' });
        return;
      case 'ledger':
        this.#checkEntry(event.entry);
        return;
      default:
    }
  }

  #checkEntry(entry: LedgerEntry): void {
    const { userId, walletBefore, walletAfter, amount } = entry;
    if (walletBefore !== (this.#wallets.get(userId) ?? 0n) || walletAfter !== walletBefore + amount)
      throw new Error(`ledger entry ${entry.entryId} of user ${userId} does not chain: ${walletBefore} + ${amount}`);
    this.#wallets.set(userId, walletAfter);
  }

  #followUser(userId: number, userSequence: number): void {
    this.#follow(this.#userSequences, { key: userId, value: userSequence, what: 'user sequence' });
  }

  #follow<K>(
    last: Map<K, number>,
    { key, value, what }: { readonly key: K; readonly value: number; readonly what: string },
  ): void {
    const expected = (last.get(key) ?? 0) + 1;
    if (value !== expected) throw new Error(`${what} of ${key} is ${value}, expected ${expected}`);
    last.set(key, value);
  }
}
