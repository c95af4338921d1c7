import type { AccessToken } from '@openvenue/contract';
import { type Clock, systemClock } from '../clock.ts';

/** Why a token is asked for: the first one, ahead of its end, or because the venue has called it expired. */
export type TokenReason = 'initial' | 'refresh' | 'expired';

/** Gets an access token, such as from `session.refresh()` or from the embedding page. `accessExpire` in Unix seconds. */
export type TokenProvider = (reason: TokenReason) => Promise<AccessToken>;

/** A token is renewed this long before its end. */
export const RENEW_AHEAD_MS = 30_000;
/** Renewals ahead of the end are at least this far apart, so that a wrong clock here does not renew with every call. */
export const RENEW_AHEAD_INTERVAL_MS = 60_000;

/**
 * The access token of one login, in memory alone. Client and stream can share it. However many calls need a token at once,
 * the provider is asked once; its error is theirs, and the next call asks again.
 */
export class BearerAuth {
  readonly #provider: TokenProvider;
  readonly #clock: Clock;
  #held: AccessToken | undefined;
  #obtainedAtMs = 0;
  #running: Promise<AccessToken> | undefined;

  constructor(provider: TokenProvider, clock: Clock = systemClock) {
    this.#provider = provider;
    this.#clock = clock;
  }

  /** The token of now; asks for one when there is none, and for the next one shortly before its end. */
  async token(): Promise<string> {
    const held = this.#held;
    if (held === undefined) return (await this.#obtain('initial')).accessToken;
    const nowMs = this.#clock.nowMs();
    const endMs = held.accessExpire * 1_000;
    if (nowMs < endMs - RENEW_AHEAD_MS || nowMs < this.#obtainedAtMs + RENEW_AHEAD_INTERVAL_MS) return held.accessToken;
    return (await this.#obtain('refresh')).accessToken;
  }

  /** Another token than the one that was called expired; asks for it unless somebody has it already. */
  async renewed(expired: string): Promise<string> {
    const held = this.#held;
    if (held !== undefined && held.accessToken !== expired) return held.accessToken;
    return (await this.#obtain('expired')).accessToken;
  }

  /** Forgets the token, as after a log-out. */
  forget(): void {
    this.#held = undefined;
    this.#running = undefined;
  }

  #obtain(reason: TokenReason): Promise<AccessToken> {
    if (this.#running !== undefined) return this.#running;
    const running: Promise<AccessToken> = this.#provider(reason)
      .then((token) => {
        if (this.#running === running) {
          this.#held = token;
          this.#obtainedAtMs = this.#clock.nowMs();
        }
        return token;
      })
      .finally(() => {
        if (this.#running === running) this.#running = undefined;
      });
    this.#running = running;
    return running;
  }
}
