import type { Port } from '../platform.ts';

type Listener = (event: { readonly data: unknown }) => void;

/** One side of a channel. Messages are cloned, wait for `start`, and arrive in order in a microtask. */
export class FakePort implements Port {
  closed = false;
  peer: FakePort | undefined;
  readonly #listeners: Listener[] = [];
  readonly #waiting: unknown[] = [];
  #started = false;

  postMessage(message: unknown): void {
    const { peer } = this;
    if (this.closed || peer === undefined || peer.closed) return;
    peer.#waiting.push(structuredClone(message));
    queueMicrotask(() => peer.#drain());
  }

  addEventListener(type: 'message' | 'messageerror', listener: Listener): void {
    if (type === 'message') this.#listeners.push(listener);
  }

  start(): void {
    this.#started = true;
    this.#drain();
  }

  /** What was posted before still arrives, at both sides. */
  close(): void {
    this.closed = true;
  }

  #drain(): void {
    if (!this.#started) return;
    for (const data of this.#waiting.splice(0)) for (const listener of this.#listeners) listener({ data });
  }
}

/** A `MessageChannel` that needs no event loop turn of the platform and keeps no process alive. */
export class FakeMessageChannel {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}
