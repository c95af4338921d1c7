import type { UserPush } from '@openvenue/contract';
import { BearerAuth } from '../auth/bearer-auth.ts';
import { Backoff } from '../backoff.ts';
import { type Clock, type Random, systemClock } from '../clock.ts';
import { ApiError } from '../errors/api-error.ts';
import { errorOfRefusal } from '../errors/error-of.ts';
import { Listeners } from '../listeners.ts';
import { Connection } from './connection.ts';
import type { Frame } from './frames.ts';
import { OrderRequests, type StreamOrders } from './order-requests.ts';
import { type StreamAuth, type StreamCredential, tokenStreamAuth } from './stream-auth.ts';
import { type Subscription, Subscriptions, type TopicListener } from './subscriptions.ts';
import type { TopicName } from './topics.ts';
import { type ResyncReason, UserSequence } from './user-sequence.ts';
import type { SocketClass } from './web-socket.ts';

/**
 * `connecting`: the first connection is being made. `open`: subscribed topics flow, and the user's events where there is an
 * auth. `reconnecting`: the connection was lost and comes back by itself. `closed`: for good.
 */
export type StreamState = 'connecting' | 'open' | 'reconnecting' | 'closed';

/** A change of state. */
export interface StateChange {
  readonly state: StreamState;
  /** Why the stream was closed, when it was not by its owner: the venue accepts no credential any more. */
  readonly error?: ApiError;
}

/** The account has to be read anew by REST; the events that follow go on after `seq`. */
export interface Resync {
  readonly reason: ResyncReason;
  /** Undefined while no event has come yet. */
  readonly seq: string | undefined;
}

export interface StreamOptions {
  /** Address of the WebSocket, such as `wss://venue.example/ws`; `http` and `https` stand for `ws` and `wss`. */
  readonly url: string;
  readonly WebSocket?: SocketClass;
  /** Whose private channel it is; left out: public topics alone. */
  readonly auth?: BearerAuth | StreamAuth;
  /** Number of the last private event that the caller knows: what came after is replayed, and no `start` is told. */
  readonly since?: string;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Delays between two tries to connect. */
export const RECONNECT_DELAYS = { baseMs: 250, maxMs: 15_000 };
/** A connection that was open this long starts the delays anew. */
export const STABLE_AFTER_MS = 5_000;
/** The stream closes for good when the venue refuses this many credentials in a row. */
export const REFUSALS_MAX = 2;

const AUTH_REFUSED = 4001;
const AUTH_ENDED = 4002;
const isAuthCode = (code: number): boolean => (code > 1_000 && code < 2_000) || code === 3_006;

/**
 * One connection to the venue's WebSocket that comes back by itself, for browsers and Node. Public topics are subscribed anew and
 * begin with their current value again; private events go on where they stopped, each exactly once.
 */
export function createStream(options: StreamOptions): Stream {
  return new Stream(options);
}

export class Stream {
  readonly #url: string;
  readonly #clock: Clock;
  readonly #WebSocket: SocketClass;
  readonly #auth: StreamAuth | undefined;
  readonly #backoff: Backoff;
  readonly #subscriptions: Subscriptions;
  readonly #orders: OrderRequests;
  readonly #sequence: UserSequence;
  readonly #states = new Listeners<StateChange>();
  readonly #events = new Listeners<UserPush>();
  readonly #resyncs = new Listeners<Resync>();
  readonly #errors = new Listeners<unknown>();
  #state: StreamState = 'connecting';
  #connection: Connection | undefined;
  #cancelTimer: () => void = () => undefined;
  #openedAtMs = 0;
  #userId: string | undefined;
  #refusal: ApiError | undefined;
  #refusals = 0;

  constructor(options: StreamOptions) {
    const url = new URL(options.url);
    url.protocol = url.protocol.replace('http', 'ws');
    this.#url = url.href;
    this.#clock = options.clock ?? systemClock;
    this.#WebSocket = options.WebSocket ?? globalThis.WebSocket;
    this.#auth = options.auth instanceof BearerAuth ? tokenStreamAuth(options.auth) : options.auth;
    const random = options.random ?? Math.random;
    this.#backoff = new Backoff(RECONNECT_DELAYS, random);
    this.#sequence = new UserSequence(options.since);
    this.#subscriptions = new Subscriptions({
      clock: this.#clock,
      send: (request) => this.#connection?.send(request),
    });
    this.#orders = new OrderRequests({
      clock: this.#clock,
      random,
      isOpen: () => this.#state === 'open',
      send: (request) => this.#connection?.send(request),
    });
    void this.#connect();
  }

  /** Orders on this connection; it needs an auth with trade permission. */
  get orders(): StreamOrders {
    return this.#orders;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** External id of the user, once the private channel was open. */
  get userId(): string | undefined {
    return this.#userId;
  }

  /** Number of the last private event, to resume a later stream from; undefined before the first. */
  get seq(): string | undefined {
    return this.#sequence.last;
  }

  /**
   * Listens to a public topic. The current value comes at once, again after a lost connection, and again for all listeners of
   * the topic when one joins or refreshes. @throws RangeError above 200 topics, Error on a closed stream
   */
  subscribe<Name extends TopicName>(topic: Name, listener: TopicListener<Name>): Subscription {
    if (this.#state === 'closed') throw new Error('the stream is closed');
    return this.#subscriptions.add(topic, listener);
  }

  /** Hears of every change of state. All of these return the function that ends the listening. */
  onState(listener: (change: StateChange) => void): () => void {
    return this.#states.add(listener);
  }

  /** Hears every private event once and in order. */
  onUserEvent(listener: (event: UserPush) => void): () => void {
    return this.#events.add(listener);
  }

  /** Hears when the account has to be read by REST: at the start, and when events are missing. */
  onResync(listener: (resync: Resync) => void): () => void {
    return this.#resyncs.add(listener);
  }

  /** Hears of faults that the stream gets over by itself, such as an auth that had no credential. */
  onError(listener: (error: unknown) => void): () => void {
    return this.#errors.add(listener);
  }

  /** Ends the stream for good; nothing is heard any more but the state. */
  close(): void {
    this.#close();
  }

  async #connect(): Promise<void> {
    let credential: StreamCredential | undefined;
    try {
      credential = await this.#auth?.credential();
    } catch (error) {
      if (this.#state === 'closed') return;
      this.#errors.tell(error);
      if (error instanceof ApiError && isAuthCode(error.code)) this.#refused(error);
      this.#reconnectLater();
      return;
    }
    if (this.#state === 'closed') return;
    this.#refusal = undefined;
    this.#connection = new Connection({
      url: this.#urlWith(credential),
      WebSocket: this.#WebSocket,
      clock: this.#clock,
      onOpen: () => {
        if (this.#auth === undefined) this.#opened();
      },
      onFrame: (frame) => this.#received(frame),
      onEnd: (code) => this.#ended(code),
    });
  }

  #urlWith(credential: StreamCredential | undefined): string {
    const url = new URL(this.#url);
    for (const [name, value] of Object.entries(credential ?? {})) url.searchParams.set(name, String(value));
    const since = this.#sequence.last;
    if (credential !== undefined && since !== undefined) url.searchParams.set('since', since);
    return url.href;
  }

  #opened(): void {
    this.#openedAtMs = this.#clock.nowMs();
    this.#refusals = 0;
    this.#change({ state: 'open' });
    this.#subscriptions.connected();
    if (this.#auth !== undefined && this.#sequence.last === undefined) this.#resync('start');
  }

  #received(frame: Frame): void {
    if ('topic' in frame) {
      if ('event' in frame) this.#subscriptions.received(frame);
      else if ('seq' in frame) this.#userEvent(frame);
      else if (frame.data.eventType === 'RESYNC_REQUIRED') {
        this.#sequence.skipTo(frame.data.seq);
        this.#resync('not-kept');
      }
      return;
    }
    switch (frame.event) {
      case 'auth':
        this.#userId = frame.data;
        this.#opened();
        return;
      case 'subscribe':
      case 'unsubscribe':
        this.#subscriptions.acknowledged(frame);
        return;
      case 'order.place':
      case 'order.cancel':
      case 'order.move':
        this.#orders.answered(frame);
        return;
      case 'error':
        if (this.#subscriptions.refused(frame) || this.#orders.refused(frame)) return;
        this.#refusal = errorOfRefusal(frame);
        this.#errors.tell(this.#refusal);
        return;
      case 'pong':
    }
  }

  #userEvent(push: UserPush): void {
    const verdict = this.#sequence.take(push.seq);
    if (verdict === 'seen') return;
    if (verdict === 'gap') this.#resync('gap');
    this.#events.tell(push);
  }

  #resync(reason: ResyncReason): void {
    this.#resyncs.tell({ reason, seq: this.#sequence.last });
  }

  #ended(code: number): void {
    this.#connection = undefined;
    this.#subscriptions.disconnected();
    this.#orders.disconnected();
    if (this.#state === 'open' && this.#clock.nowMs() - this.#openedAtMs >= STABLE_AFTER_MS) this.#backoff.reset();
    if (code === AUTH_ENDED) this.#auth?.discard();
    if (code === AUTH_REFUSED && this.#refusal !== undefined && isAuthCode(this.#refusal.code)) {
      this.#refused(this.#refusal);
    }
    this.#reconnectLater();
  }

  #refused(error: ApiError): void {
    this.#auth?.discard();
    this.#refusals += 1;
    if (this.#refusals >= REFUSALS_MAX) this.#close(error);
  }

  #reconnectLater(): void {
    if (this.#state === 'closed') return;
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.setTimer(this.#backoff.nextMs(), () => void this.#connect());
    if (this.#state === 'open') this.#change({ state: 'reconnecting' });
  }

  #close(error?: ApiError): void {
    if (this.#state === 'closed') return;
    this.#cancelTimer();
    this.#subscriptions.disconnected();
    this.#orders.disconnected();
    this.#connection?.close();
    this.#connection = undefined;
    this.#change({ state: 'closed', ...(error === undefined ? {} : { error }) });
    this.#auth?.close();
  }

  #change(change: StateChange): void {
    this.#state = change.state;
    this.#states.tell(change);
  }
}
