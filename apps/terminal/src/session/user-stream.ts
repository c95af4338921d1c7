import type { Stream, StreamState } from '@openvenue/api-client';

/** What is used of one connection. */
export type OneStream = Pick<Stream, 'state' | 'seq' | 'onState' | 'onUserEvent' | 'onResync' | 'close'>;

/** Makes a connection whose private events go on after `since`, or begin with now. */
export type OpenStream = (since: string | undefined) => OneStream;

type Handler<Name extends 'onState' | 'onUserEvent' | 'onResync'> = Parameters<OneStream[Name]>[0];

/**
 * The user's private events, over one connection after another. A connection ends with the session that it was opened for;
 * `renew` opens the next one and lets the old one go when the new one is there, so that nothing is missed and nothing is
 * seen twice.
 */
export class UserStream {
  readonly #open: OpenStream;
  readonly #stateHandlers = new Set<Handler<'onState'>>();
  readonly #eventHandlers = new Set<Handler<'onUserEvent'>>();
  readonly #resyncHandlers = new Set<Handler<'onResync'>>();
  #current: OneStream;
  #next: OneStream | undefined;
  #lastSeq: bigint | undefined;

  constructor(open: OpenStream) {
    this.#open = open;
    this.#current = this.#connect(undefined);
  }

  get state(): StreamState {
    return this.#current.state;
  }

  /** Hears of every change of state. All of these return the function that ends the listening. */
  onState(handler: Handler<'onState'>): () => void {
    return added(this.#stateHandlers, handler);
  }

  /** Hears every private event once and in order. */
  onUserEvent(handler: Handler<'onUserEvent'>): () => void {
    return added(this.#eventHandlers, handler);
  }

  /** Hears when the account has to be read by REST. */
  onResync(handler: Handler<'onResync'>): () => void {
    return added(this.#resyncHandlers, handler);
  }

  /** Goes over to a new connection, for which the credential of now counts. */
  renew(): void {
    if (this.#current.state === 'closed') return;
    this.#next?.close();
    const before = this.#current;
    const next = this.#connect(this.#lastSeq?.toString());
    this.#next = next;
    next.onState(({ state }) => {
      if (this.#next !== next || state === 'connecting') return;
      this.#next = undefined;
      if (state !== 'open') return next.close();
      const changes = before.state !== state;
      this.#current = next;
      before.close();
      if (changes) this.#tellState({ state });
    });
  }

  close(): void {
    this.#next?.close();
    this.#next = undefined;
    this.#current.close();
  }

  #connect(since: string | undefined): OneStream {
    const stream = this.#open(since);
    stream.onState((change) => {
      if (stream === this.#current) this.#tellState(change);
    });
    stream.onUserEvent((event) => {
      const seq = BigInt(event.seq);
      if (stream !== this.#current || (this.#lastSeq !== undefined && seq <= this.#lastSeq)) return;
      this.#lastSeq = seq;
      for (const handler of this.#eventHandlers) handler(event);
    });
    stream.onResync((resync) => {
      if (stream !== this.#current) return;
      if (resync.seq !== undefined) this.#lastSeq = BigInt(resync.seq);
      for (const handler of this.#resyncHandlers) handler(resync);
    });
    return stream;
  }

  #tellState(change: Parameters<Handler<'onState'>>[0]): void {
    for (const handler of this.#stateHandlers) handler(change);
  }
}

function added<T>(set: Set<T>, handler: T): () => void {
  set.add(handler);
  return () => set.delete(handler);
}
