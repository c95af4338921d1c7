import type { Fetch, FetchInit, FetchReply } from '../rest/http.ts';
import { Arrivals } from './arrivals.ts';

/** What a refusal says beside its code. */
export interface FakeRefusal {
  readonly message?: string;
  readonly details?: object;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request that a client has made; the test answers it, or does not. */
export class FakeRequest {
  readonly method: string;
  readonly path: string;
  /** The query as it was sent. */
  readonly rawQuery: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it was sent, empty for none. */
  readonly rawBody: string;
  readonly init: FetchInit;
  readonly #resolve: (reply: FetchReply) => void;
  readonly #reject: (error: unknown) => void;

  constructor(
    url: string,
    init: FetchInit,
    settle: { resolve: (reply: FetchReply) => void; reject: (error: unknown) => void },
  ) {
    const target = new URL(url);
    this.method = init.method;
    this.path = target.pathname;
    this.rawQuery = target.search.slice(1);
    this.query = Object.fromEntries(target.searchParams);
    this.headers = init.headers;
    this.rawBody = init.body ?? '';
    this.init = init;
    this.#resolve = settle.resolve;
    this.#reject = settle.reject;
    init.signal.addEventListener('abort', () => settle.reject(init.signal.reason));
  }

  /** The body as JSON; `{}` for none. */
  get body(): unknown {
    return JSON.parse(this.rawBody === '' ? '{}' : this.rawBody) as unknown;
  }

  /** Answers with success. */
  succeed(data: object = {}): void {
    this.respond(200, JSON.stringify({ code: 0, message: 'success', data, requestId: this.#requestId }));
  }

  /** Answers with an error of the catalogue. */
  refuse(code: number, { message = `refused with ${code}`, details, status = 200, headers }: FakeRefusal = {}): void {
    const envelope = { code, message, requestId: this.#requestId, ...(details === undefined ? {} : { details }) };
    this.respond(status, JSON.stringify(envelope), headers);
  }

  /** Answers with any text, such as the page of a proxy. */
  respond(status: number, text: string, headers: Readonly<Record<string, string>> = {}): void {
    const get = (name: string) => headers[name.toLowerCase()] ?? null;
    this.#resolve({ status, headers: { get }, text: async () => text });
  }

  /** Breaks the connection. */
  fail(error: unknown = new TypeError('fetch failed')): void {
    this.#reject(error);
  }

  get #requestId(): string {
    return this.headers['X-Request-ID'] ?? 'fake-request';
  }
}

/** Stands in for `fetch`: the test takes the requests one by one, or gives a function that answers all. */
export class FakeFetch {
  readonly #arrivals = new Arrivals<FakeRequest>();
  readonly #answer: ((request: FakeRequest) => void) | undefined;

  constructor(answer?: (request: FakeRequest) => void) {
    this.#answer = answer;
  }

  readonly fetch: Fetch = (url, init) =>
    new Promise((resolve, reject) => {
      const request = new FakeRequest(url, init, { resolve, reject });
      if (this.#answer === undefined) this.#arrivals.add(request);
      else this.#answer(request);
    });

  /** The oldest request that the test has not taken yet. */
  next(): Promise<FakeRequest> {
    return this.#arrivals.next();
  }

  /** Requests that the test has not taken yet. */
  get untaken(): number {
    return this.#arrivals.untaken.length;
  }
}
