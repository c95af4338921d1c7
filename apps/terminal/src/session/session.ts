import {
  type ApiClient,
  ApiError,
  BearerAuth,
  createApiClient,
  createStream,
  OpenVenueError,
  type OutputOf,
  type Stream,
  type TokenReason,
} from '@openvenue/api-client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { NoHostTokenError } from './no-host-token-error.ts';
import { UserStream } from './user-stream.ts';

/** An access token and its end in Unix seconds. */
export type AccessToken = OutputOf<'login'>;

/** Why nobody is signed in: nobody was, the user left, or the venue ended the session. */
export type SignedOutReason = 'none' | 'signed-out' | 'ended';

export type AuthState =
  | { readonly status: 'signed-out'; readonly reason: SignedOutReason }
  | { readonly status: 'signing-in' }
  /** `stream` carries the user's private events; `onResync` tells when the account has to be read. */
  | { readonly status: 'signed-in'; readonly stream: UserStream };

/** Gets a token without the user's doing: by the cookie, or from the embedding page. */
export type SilentSignIn = (client: ApiClient, reason: TokenReason) => Promise<AccessToken>;

export interface SessionOptions {
  /** Where the venue is; its `/ws` is on the same origin. */
  readonly origin: string;
  readonly silentSignIn: SilentSignIn;
  /** Every token opens a session of its own, which ends with it; so the next one is asked for ahead of that end. */
  readonly hasSessionPerToken: boolean;
}

/** Before the end of a session the next one is opened; the client renews tokens that end within 30 seconds. */
export const RENEWAL_AHEAD_MS = 29_000;
/** Wait after a renewal that failed, and the shortest wait for one at all. */
export const RENEWAL_RETRY_MS = 5_000;

/** The user of this page and the venue: one client for all calls, one stream for the market, one for the user. */
export class Session {
  readonly client: ApiClient;
  /** Public topics; lives as long as the page. */
  readonly marketStream: Stream;
  readonly auth: StoreApi<AuthState>;
  readonly #bearer: BearerAuth;
  readonly #wsUrl: string;
  /** Token of a sign-in that has just succeeded; the bearer takes it as its first. */
  #granted: AccessToken | undefined;
  readonly #hasSessionPerToken: boolean;
  #renewalTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ origin, silentSignIn, hasSessionPerToken }: SessionOptions) {
    this.#wsUrl = new URL('/ws', origin).href;
    this.#hasSessionPerToken = hasSessionPerToken;
    this.#bearer = new BearerAuth(async (reason) => {
      const granted = this.#granted;
      this.#granted = undefined;
      const token = granted ?? (await silentSignIn(this.client, reason));
      this.#obtained(token);
      return token;
    });
    this.client = createApiClient({ baseUrl: origin, auth: this.#bearer });
    this.marketStream = createStream({ url: this.#wsUrl });
    this.auth = createStore<AuthState>(() => ({ status: 'signed-out', reason: 'none' }));
  }

  /** Signs in without the user's doing where that is possible. Resolves to whether it was; faults of the network reject. */
  async resume(): Promise<boolean> {
    if (this.auth.getState().status !== 'signed-out') return true;
    this.#change({ status: 'signing-in' });
    try {
      await this.#bearer.token();
    } catch (error) {
      this.#change({ status: 'signed-out', reason: 'none' });
      if (error instanceof ApiError) return false;
      throw error;
    }
    this.#signedIn();
    return true;
  }

  /** Signs in with a name and a password. @throws as `enter` */
  async signIn(credentials: { readonly username: string; readonly password: string }): Promise<void> {
    await this.enter(() => this.client.session.login(credentials));
  }

  /**
   * Signs in with a token that is obtained now; whoever was signed in before is not any more.
   * @throws ApiError when the venue refuses, UnreachableError or OutcomeUnknownError when it does not answer
   */
  async enter(obtain: () => Promise<AccessToken>): Promise<void> {
    this.#closeUserStream();
    this.#change({ status: 'signing-in' });
    try {
      this.#granted = await obtain();
      this.#bearer.forget();
      await this.#bearer.token();
    } catch (error) {
      this.#change({ status: 'signed-out', reason: 'none' });
      throw error;
    }
    this.#signedIn();
  }

  /** Ends the session here and at the venue. The user is signed out here even when the venue does not hear of it. */
  async signOut(): Promise<void> {
    try {
      await this.client.session.logout();
    } finally {
      this.#signedOut('signed-out');
    }
  }

  /** Ends both streams for good, as when the embedding page takes the terminal away. */
  close(): void {
    this.#signedOut('signed-out');
    this.marketStream.close();
  }

  #signedIn(): void {
    const stream = new UserStream((since) =>
      createStream({ url: this.#wsUrl, auth: this.#bearer, ...(since === undefined ? {} : { since }) }),
    );
    stream.onState(({ state, error }) => {
      if (state === 'closed' && error !== undefined) this.#signedOut('ended');
    });
    this.#change({ status: 'signed-in', stream });
  }

  /** A token has come; a stream of the session before goes over to its session once the bearer holds it. */
  #obtained({ accessExpire }: AccessToken): void {
    if (!this.#hasSessionPerToken) return;
    const endMs = accessExpire * 1_000;
    this.#renewAt(endMs - RENEWAL_AHEAD_MS, endMs);
    const state = this.auth.getState();
    if (state.status === 'signed-in') setTimeout(() => state.stream.renew());
  }

  #renewAt(timeMs: number, endMs: number): void {
    const renew = () => {
      if (this.auth.getState().status !== 'signed-in') return;
      this.#bearer.token().catch((error: unknown) => {
        if (!(error instanceof OpenVenueError || error instanceof NoHostTokenError)) throw error;
        // Whoever could not give a token has told of it. After the end the stream asks by itself when it reconnects.
        if (Date.now() < endMs) this.#renewAt(Date.now(), endMs);
      });
    };
    clearTimeout(this.#renewalTimer);
    this.#renewalTimer = setTimeout(renew, Math.max(RENEWAL_RETRY_MS, timeMs - Date.now()));
  }

  #signedOut(reason: SignedOutReason): void {
    clearTimeout(this.#renewalTimer);
    this.#closeUserStream();
    this.#change({ status: 'signed-out', reason });
    this.#bearer.forget();
  }

  #closeUserStream(): void {
    const state = this.auth.getState();
    if (state.status === 'signed-in') state.stream.close();
  }

  #change(state: AuthState): void {
    this.auth.setState(state, true);
  }
}
