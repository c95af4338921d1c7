import { once } from 'node:events';
import WebSocket from 'ws';
import type { Json, ServedSchemas } from './served-schemas.ts';

/** Time within which a frame that is waited for must come. */
const WAIT_MS = 20_000;
const BUSY: readonly unknown[] = [5002, 5003];
const BUSY_PAUSE_MS = 50;

// biome-ignore lint/suspicious/noExplicitAny: the served schema has checked it, and tests read it as any client does
export type Data = any;

export interface CallOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CallReply {
  readonly status: number;
  readonly code: number;
  readonly data: Data;
  readonly details: Data;
  readonly headers: Headers;
}

/** Calls as any HTTP client; every reply is held against what the venue serves about itself. */
export class Client {
  readonly url: string;
  readonly schemas: ServedSchemas;

  constructor(url: string, schemas: ServedSchemas) {
    this.url = url;
    this.schemas = schemas;
  }

  /** `target`: method and path, such as `GET /v1/time`. */
  async call(target: string, { query = {}, body, token, headers = {} }: CallOptions = {}): Promise<CallReply> {
    const [method = '', path = ''] = target.split(' ');
    const search = Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`;
    const response = await fetch(this.url + path + search, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const reply = (await response.json()) as Json;
    const { status } = response;
    this.schemas.checkExchange({ method, path, query, body, status, headers: response.headers, reply });
    const { code, data, details } = reply;
    return { status, code: code as number, data, details, headers: response.headers };
  }

  /** A call that must succeed. @returns its data */
  async succeed(target: string, options: CallOptions = {}): Promise<Data> {
    for (const deadline = Date.now() + WAIT_MS; ; ) {
      const { code, data, details } = await this.call(target, options);
      if (code === 0) return data;
      // The histories follow the log, and open beside it.
      if (!BUSY.includes(code) || Date.now() > deadline)
        throw new Error(`${target} was refused: ${code} ${JSON.stringify(details)} ${JSON.stringify(options)}`);
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
    }
  }

  /** Asks again until the answer is as it should be: histories follow the log. */
  async until(target: string, options: CallOptions, fits: (data: Data) => boolean): Promise<Data> {
    for (const deadline = Date.now() + WAIT_MS; ; ) {
      const data = await this.succeed(target, options);
      if (fits(data)) return data;
      if (Date.now() > deadline) throw new Error(`${target} still answers ${JSON.stringify(data)}`);
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
    }
  }
}

/** A socket whose every frame is held against what the venue serves about itself. */
export class Socket {
  readonly frames: Data[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #socket: WebSocket;
  #look: () => void = () => undefined;
  #seen = 0;

  private constructor(url: string, schemas: ServedSchemas, headers: Readonly<Record<string, string>>) {
    this.#socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
    this.closed = new Promise((resolve) => {
      this.#socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
    this.#socket.on('message', (message) => {
      const frame = JSON.parse(String(message)) as Json;
      schemas.checkFrame(frame);
      this.frames.push(frame);
      this.#look();
    });
  }

  static async open(
    { url, schemas }: Client,
    query: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Socket> {
    const socket = new Socket(`${url}/ws?${new URLSearchParams(query)}`, schemas, headers);
    await once(socket.#socket, 'open');
    return socket;
  }

  /** The events of the account that came so far. */
  get events(): readonly Data[] {
    return this.frames.filter(({ seq }) => seq !== undefined).map(({ data }) => data);
  }

  /** The numbers of those events. */
  get sequence(): readonly number[] {
    return this.frames.filter(({ seq }) => seq !== undefined).map(({ seq }) => Number(seq));
  }

  send(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  close(): void {
    this.#socket.close();
  }

  /** The first frame that fits after the one that was found last in this way. */
  async next(fits: (frame: Data) => boolean): Promise<Data> {
    const found = await this.ever((frame, index) => index >= this.#seen && fits(frame));
    this.#seen = this.frames.indexOf(found) + 1;
    return found;
  }

  /** The first of all frames that fits. */
  async ever(fits: (frame: Data, index: number) => boolean): Promise<Data> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      await this.#another();
    }
  }

  /** All that the venue has sent before now: a ping is answered after it. */
  async settled(): Promise<void> {
    const id = `fence-${this.frames.length}`;
    this.send({ id, op: 'ping' });
    await this.next((frame) => frame.id === id);
  }

  #another(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no such frame within ${WAIT_MS} ms; last: ${JSON.stringify(this.frames.at(-1))}`)),
        WAIT_MS,
      );
      this.#look = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
