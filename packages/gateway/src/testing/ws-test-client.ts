import { type ClientOptions, WebSocket } from 'ws';

/** A message as a test reads it. */
export type WsMessage = Readonly<Record<string, unknown>> & {
  readonly topic?: string;
  readonly event?: string;
  readonly id?: string;
  readonly code?: number;
  readonly seq?: string;
  readonly data?: Readonly<Record<string, unknown>>;
};

/** A WebSocket client that keeps what it receives until it is asked for. */
export class WsTestClient {
  readonly webSocket: WebSocket;
  /** Resolves when the connection is open or refused. */
  readonly settled: Promise<void>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** HTTP status of a refused upgrade. */
  status: number | undefined;
  readonly #waiting: WsMessage[] = [];
  #wake: () => void = () => {};
  #isClosed = false;

  constructor(address: string, options: ClientOptions = {}) {
    this.webSocket = new WebSocket(address, options);
    this.settled = new Promise((resolve) => {
      this.webSocket.once('open', () => resolve());
      this.webSocket.once('unexpected-response', (request, response) => {
        this.status = response.statusCode;
        response.resume();
        request.destroy();
        resolve();
      });
      this.webSocket.once('error', () => resolve());
    });
    this.closed = new Promise((resolve) => {
      this.webSocket.once('close', (code, reason) => {
        this.#isClosed = true;
        this.#wake();
        resolve({ code, reason: reason.toString() });
      });
    });
    this.webSocket.on('message', (data) => {
      this.#waiting.push(JSON.parse(data.toString()));
      this.#wake();
    });
  }

  terminate(): void {
    this.webSocket.terminate();
  }

  send(request: object | string): void {
    this.webSocket.send(typeof request === 'string' ? request : JSON.stringify(request));
  }

  subscribe(...topics: readonly string[]): void {
    this.send({ id: 's', op: 'subscribe', args: topics });
  }

  /** The next message; fails when the connection closes before. */
  async next(): Promise<WsMessage> {
    for (;;) {
      const message = this.#waiting.shift();
      if (message !== undefined) return message;
      if (this.#isClosed) throw new Error('the connection closed before the next message');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The next message that the condition holds for; those before it are dropped. */
  async nextThat(condition: (message: WsMessage) => boolean): Promise<WsMessage> {
    for (;;) {
      const message = await this.next();
      if (condition(message)) return message;
    }
  }

  /** All that was received so far: a ping is answered after everything that was sent before it. */
  async received(): Promise<WsMessage[]> {
    const id = `fence-${Math.trunc(performance.now() * 1_000)}`;
    this.send({ id, op: 'ping' });
    const messages: WsMessage[] = [];
    for (;;) {
      const message = await this.next();
      if (message.id === id) return messages;
      messages.push(message);
    }
  }
}
