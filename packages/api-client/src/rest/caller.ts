import { type Authorize, authorizeByKey, authorizeByToken } from '../auth/authorizer.ts';
import { BearerAuth } from '../auth/bearer-auth.ts';
import { type ApiKeyAuth, KeySigner } from '../auth/key-signer.ts';
import { ServerClock } from '../auth/server-clock.ts';
import { waitFor } from '../auth/wait-for.ts';
import { type Clock, systemClock } from '../clock.ts';
import { errorOfRefusal } from '../errors/error-of.ts';
import type { EmbedCallOptions } from './calls.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import { type Fetch, type FetchInit, type HttpOptions, sendRequest } from './http.ts';
import { randomId } from './random-id.ts';

/** How a client reaches its venue. */
export interface ApiClientOptions {
  /** Address of the venue up to the `/v1` of its paths, such as `https://api.venue.example`. */
  readonly baseUrl: string;
  readonly fetch?: Fetch;
  readonly clock?: Clock;
  /** Whose calls these are; left out: public calls alone. */
  readonly auth?: BearerAuth | ApiKeyAuth;
  /** Wait for a reply in milliseconds; 10,000 when left out. */
  readonly timeoutMs?: number;
  /** Whether the refresh cookie travels: `same-origin` when left out, `include` for a venue on another origin. */
  readonly credentials?: FetchInit['credentials'];
}

/** What a call is given as its input. */
export type Fields = Readonly<Record<string, unknown>>;

const TIMEOUT_DEFAULT_MS = 10_000;
/** A request is sent at most this often: once more after its credential was renewed. */
const SENDS_MAX = 2;

/** Makes the calls of one client. */
export class Caller {
  readonly #baseUrl: string;
  readonly #http: HttpOptions;
  readonly #timeoutMs: number;
  readonly #bearer: BearerAuth | undefined;
  readonly #authorize: Authorize | undefined;

  constructor(options: ApiClientOptions) {
    const { auth, clock = systemClock, credentials = 'same-origin', timeoutMs = TIMEOUT_DEFAULT_MS } = options;
    this.#baseUrl = new URL(options.baseUrl).href.replace(/\/+$/, '');
    const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.#http = { fetch, clock, credentials };
    this.#timeoutMs = timeoutMs;
    this.#bearer = auth instanceof BearerAuth ? auth : undefined;
    if (auth === undefined) return;
    this.#authorize =
      auth instanceof BearerAuth
        ? authorizeByToken(auth)
        : authorizeByKey(new KeySigner(auth), new ServerClock(clock, () => this.#serverTimeMs()));
  }

  async call(endpoint: Endpoint, input: Fields, options: EmbedCallOptions): Promise<unknown> {
    const encoded = { query: endpoint.method === 'GET' ? queryOf(input) : '', body: bodyOf(endpoint, input) };
    for (let sends = 1; ; sends += 1) {
      const authorized = this.#isAnonymous(endpoint)
        ? undefined
        : await waitFor(this.#credential(encoded), options.signal);
      const { query, headers } = authorized ?? { query: encoded.query, headers: {} };
      const answer = await this.#send(endpoint, { query, body: encoded.body, headers }, options);
      if (answer.ok) {
        if (endpoint.operation === ENDPOINTS.session.logout.operation) this.#bearer?.forget();
        return answer.data;
      }
      const error = errorOfRefusal(answer.refusal);
      const canRecover = sends < SENDS_MAX && authorized !== undefined;
      if (!canRecover || !(await waitFor(authorized.recover(error), options.signal))) throw error;
    }
  }

  #isAnonymous({ auth, callerOptional }: Endpoint): boolean {
    return auth === '-' && (callerOptional === undefined || this.#authorize === undefined);
  }

  async #credential(request: { readonly query: string; readonly body: string }) {
    if (this.#authorize === undefined) throw new Error('this call needs an auth, and the client was made without one');
    return this.#authorize(request);
  }

  #send(
    { operation, method, path }: Endpoint,
    sent: { readonly query: string; readonly body: string; readonly headers: Readonly<Record<string, string>> },
    { signal, timeoutMs = this.#timeoutMs, embedOrigin }: EmbedCallOptions,
  ) {
    const { query, body } = sent;
    // Queries go without an id of ours: the header would cost browsers a preflight for public data.
    const requestId = method === 'GET' ? '' : randomId();
    const headers: Record<string, string> = { ...sent.headers };
    if (requestId !== '') headers['X-Request-ID'] = requestId;
    if (body !== '') headers['Content-Type'] = 'application/json';
    if (embedOrigin !== undefined) headers['X-Embed-Origin'] = embedOrigin;
    const url = `${this.#baseUrl}${path}${query === '' ? '' : `?${query}`}`;
    return sendRequest(this.#http, { operation, method, url, headers, body, requestId, timeoutMs, signal });
  }

  async #serverTimeMs(): Promise<number> {
    const data = await this.call(ENDPOINTS.venue.time, {}, {});
    const { timestampMs } = data as { readonly timestampMs: number };
    return timestampMs;
  }
}

function queryOf(input: Fields): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) if (value !== undefined) query.append(name, String(value));
  return query.toString();
}

function bodyOf({ method }: Endpoint, input: Fields): string {
  if (method === 'GET') return '';
  const text = JSON.stringify(input);
  return text === '{}' ? '' : text;
}
