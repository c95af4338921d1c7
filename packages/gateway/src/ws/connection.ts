import type { Duplex } from 'node:stream';
import { WS_CLOSE_CODE } from '@openvenue/contract';
import { WebSocket } from 'ws';
import type { WsLimits } from './limits.ts';

/** One open WebSocket. Frames are built by the caller, so that one buffer serves all readers of a topic. */
export class Connection {
  readonly id: string;
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  readonly #limits: WsLimits;
  #graceTimer: NodeJS.Timeout | undefined;
  #isGathering = false;
  #sincePingMs = 0;
  #sincePongMs = 0;

  constructor(id: string, transport: { readonly webSocket: WebSocket; readonly socket: Duplex }, limits: WsLimits) {
    this.id = id;
    this.#webSocket = transport.webSocket;
    this.#socket = transport.socket;
    this.#limits = limits;
    this.#webSocket.on('pong', () => {
      this.#sincePongMs = 0;
    });
    this.#webSocket.once('close', () => clearTimeout(this.#graceTimer));
  }

  get isOpen(): boolean {
    return this.#webSocket.readyState === WebSocket.OPEN;
  }

  /** Whether so much waits for the client that public topics should wait, too. */
  get isSlow(): boolean {
    return this.#socket.writableLength > this.#limits.slowBytes;
  }

  /**
   * Writes a whole frame. Between the writes of the WebSocket itself this is safe: without compression those are whole frames, too.
   * A client for which too much is waiting is disconnected instead; after that, frames go nowhere.
   *
   * Small frames of one turn of the event loop leave together, because a system call costs more than a frame. What is gathered
   * counts as waiting, so there is never much of it: a reader is not slow for what was not even offered to it.
   */
  send(frame: Buffer): void {
    if (!this.isOpen) return;
    if (this.#socket.writableLength > this.#limits.maxBufferedBytes) {
      this.close(WS_CLOSE_CODE.TOO_SLOW, 'reads too slowly');
      return;
    }
    if (!this.#isGathering) {
      this.#isGathering = true;
      this.#socket.cork();
      process.nextTick(() => this.#letGo());
    }
    this.#socket.write(frame);
    if (this.#socket.writableLength >= MAX_GATHERED_BYTES) this.#letGo();
  }

  /** Calls back when the client has taken what waits for it; never after the connection has gone. */
  onceDrained(callback: () => void): void {
    this.#socket.once('drain', () => {
      if (this.isOpen) callback();
    });
  }

  #letGo(): void {
    this.#isGathering = false;
    this.#socket.uncork();
  }

  /** Closes after what was written; a peer that does not answer in time is cut off. */
  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    const { closeGraceMs, endGraceMs } = this.#limits;
    const graceMs = code === WS_CLOSE_CODE.AUTH_ENDED ? endGraceMs : closeGraceMs;
    this.#webSocket.close(code, reason);
    this.#graceTimer = setTimeout(() => this.#webSocket.terminate(), graceMs);
  }

  /** Counts `elapsedMs` since the last call: pings when it is time, and closes when a pong is overdue. */
  beat(elapsedMs: number): void {
    if (!this.isOpen) return;
    this.#sincePingMs += elapsedMs;
    this.#sincePongMs += elapsedMs;
    if (this.#sincePongMs >= this.#limits.pongTimeoutMs) {
      this.close(NO_PONG, 'no pong');
      return;
    }
    if (this.#sincePingMs < this.#limits.pingIntervalMs) return;
    this.#sincePingMs = 0;
    this.#webSocket.ping();
  }
}

/** Beyond it a system call costs little beside its bytes. */
export const MAX_GATHERED_BYTES = 16 * 1_024;
/** RFC 6455 "policy violation". */
const NO_PONG = 1008;
