import assert from 'node:assert/strict';
import type { DepthView, Event, Side } from '@openvenue/core';
import type { PriceTicks } from '@openvenue/money';
import { SideLevels } from './side-levels.ts';

export type DepthChanged = Extract<Event, { readonly type: 'depth-changed' }>;
export type ChangeListener = (side: Side, price: PriceTicks) => void;

/** The live levels of one symbol's book. */
export class SymbolBook {
  readonly symbol: string;
  readonly bids = new SideLevels('BUY');
  readonly asks = new SideLevels('SELL');
  #version: number;
  readonly #listeners = new Set<ChangeListener>();

  constructor(symbol: string, start?: DepthView) {
    this.symbol = symbol;
    this.#version = start?.version ?? 0;
    for (const [price, quantity] of start?.bids ?? []) this.bids.set(price, quantity);
    for (const [price, quantity] of start?.asks ?? []) this.asks.set(price, quantity);
  }

  /** Version of the last change that is in. */
  get version(): number {
    return this.#version;
  }

  side(side: Side): SideLevels {
    return side === 'BUY' ? this.bids : this.asks;
  }

  apply(change: DepthChanged): void {
    assert.equal(change.version, this.#version + 1, `a depth change of ${this.symbol} is missing`);
    this.#version = change.version;
    this.side(change.side).set(change.price, change.quantity);
    for (const listener of this.#listeners) listener(change.side, change.price);
  }

  /** Calls the listener after every change. Returns the function that ends it. */
  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
