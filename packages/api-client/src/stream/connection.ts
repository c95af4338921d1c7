import type { Clock } from '../clock.ts';
import { type Frame, frameOf } from './frames.ts';
import type { Socket, SocketClass } from './web-socket.ts';

/** Silence after which the venue is asked for a sign of life, and the wait for that sign. */
export const SILENCE_MS = 15_000;
export const PONG_TIMEOUT_MS = 10_000;
/** Wait for a connection to open. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Close code of a connection that ended without one, as RFC 6455 names it. */
export const ABNORMAL_CLOSE = 1006;

export interface ConnectionOptions {
  readonly url: string;
  readonly WebSocket: SocketClass;
  readonly clock: Clock;
  readonly onOpen: () => void;
  readonly onFrame: (frame: Frame) => void;
  /** Called once, whoever ends the connection but for `close`. */
  readonly onEnd: (code: number) => void;
}

/** One WebSocket from opening to its end. It takes silence for death, because a network can die without a word. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  #cancelTimer: () => void;
  #isOpen = false;
  #isEnded = false;
  #heardAtMs = 0;
  #framesHeard = 0;

  constructor(options: ConnectionOptions) {
    const { WebSocket, url, clock } = options;
    this.#options = options;
    this.#cancelTimer = clock.setTimer(CONNECT_TIMEOUT_MS, () => this.#die());
    this.#socket = new WebSocket(url);
    this.#socket.addEventListener('open', () => this.#opened());
    this.#socket.addEventListener('message', ({ data }) => this.#heard(data));
    this.#socket.addEventListener('close', ({ code }) => this.#end(code ?? ABNORMAL_CLOSE));
    // A close follows every error; the listener is there because some implementations throw without one.
    this.#socket.addEventListener('error', () => undefined);
  }

  get isOpen(): boolean {
    return this.#isOpen && !this.#isEnded;
  }

  send(request: object): void {
    if (this.isOpen) this.#socket.send(JSON.stringify(request));
  }

  /** Ends it from here; nothing is called any more. */
  close(): void {
    this.#isEnded = true;
    this.#cancelTimer();
    this.#socket.close();
  }

  #opened(): void {
    if (this.#isEnded) return;
    this.#isOpen = true;
    this.#listen();
    this.#options.onOpen();
  }

  #heard(data: unknown): void {
    if (this.#isEnded) return;
    this.#heardAtMs = this.#options.clock.nowMs();
    this.#framesHeard += 1;
    const frame = frameOf(data);
    if (frame === undefined) this.#die();
    else this.#options.onFrame(frame);
  }

  #listen(): void {
    const { clock } = this.#options;
    this.#heardAtMs = clock.nowMs();
    const look = () => {
      const silentMs = clock.nowMs() - this.#heardAtMs;
      if (silentMs >= SILENCE_MS) this.#askForLife();
      else this.#setTimer(SILENCE_MS - silentMs, look);
    };
    this.#setTimer(SILENCE_MS, look);
  }

  #askForLife(): void {
    const before = this.#framesHeard;
    this.send({ op: 'ping' });
    this.#setTimer(PONG_TIMEOUT_MS, () => {
      if (this.#framesHeard === before) this.#die();
      else this.#listen();
    });
  }

  #setTimer(delayMs: number, task: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.setTimer(delayMs, task);
  }

  /** Ends it without waiting for the other side, which may not be there any more. */
  #die(): void {
    this.#socket.close();
    this.#end(ABNORMAL_CLOSE);
  }

  #end(code: number): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#cancelTimer();
    this.#options.onEnd(code);
  }
}
