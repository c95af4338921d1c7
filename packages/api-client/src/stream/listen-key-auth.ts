import { type Clock, systemClock } from '../clock.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Calls } from '../rest/calls.ts';
import type { StreamAuth } from './stream-auth.ts';

/** A listen key lives 60 minutes after its creation or renewal; it is renewed at half of that. */
export const LISTEN_KEY_RENEW_MS = 30 * 60_000;
/** Wait before a renewal that got no answer is tried again. */
export const LISTEN_KEY_RETRY_MS = 60_000;

/** The calls that a listen key needs: those of `client.user`. */
export type ListenKeyCalls = Pick<Calls['user'], 'createListenKey' | 'renewListenKey' | 'deleteListenKey'>;

/** Opens the private channel with a listen key, made when it is needed, renewed while it is used, deleted at the end. */
export class ListenKeyAuth implements StreamAuth {
  readonly #calls: ListenKeyCalls;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  #listenKey: string | undefined;
  #cancelTimer: () => void = () => undefined;
  #isClosed = false;

  /** `onError` hears of failed renewals and deletions, after which the stream gets itself a new key. */
  constructor(
    calls: ListenKeyCalls,
    options: { readonly clock?: Clock; readonly onError?: (error: unknown) => void } = {},
  ) {
    this.#calls = calls;
    this.#clock = options.clock ?? systemClock;
    this.#onError = options.onError ?? (() => undefined);
  }

  async credential(): Promise<{ readonly listenKey: string }> {
    if (this.#listenKey !== undefined) return { listenKey: this.#listenKey };
    const { listenKey } = await this.#calls.createListenKey();
    if (this.#isClosed) this.#delete(listenKey);
    else this.#hold(listenKey);
    return { listenKey };
  }

  discard(): void {
    this.#cancelTimer();
    this.#listenKey = undefined;
  }

  close(): void {
    this.#isClosed = true;
    const listenKey = this.#listenKey;
    this.discard();
    if (listenKey !== undefined) this.#delete(listenKey);
  }

  #hold(listenKey: string): void {
    this.#listenKey = listenKey;
    this.#renewIn(LISTEN_KEY_RENEW_MS, listenKey);
  }

  #renewIn(delayMs: number, listenKey: string): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.setTimer(delayMs, () => {
      this.#calls.renewListenKey({ listenKey }).then(
        () => this.#renewed(listenKey, LISTEN_KEY_RENEW_MS),
        (error: unknown) => {
          this.#onError(error);
          // A key that the venue does not know cannot be renewed; its connection is about to end, too.
          if (error instanceof ApiError && error.code >= 1_000 && error.code < 4_000) this.#lost(listenKey);
          else this.#renewed(listenKey, LISTEN_KEY_RETRY_MS);
        },
      );
    });
  }

  #renewed(listenKey: string, nextMs: number): void {
    if (this.#listenKey === listenKey) this.#renewIn(nextMs, listenKey);
  }

  #lost(listenKey: string): void {
    if (this.#listenKey === listenKey) this.discard();
  }

  #delete(listenKey: string): void {
    this.#calls.deleteListenKey({ listenKey }).catch(this.#onError);
  }
}
