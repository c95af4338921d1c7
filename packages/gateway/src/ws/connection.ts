import type { Duplex } from 'node:stream';
import { WS_CLOSE_CODE } from '@openvenue/contract';
import { WebSocket } from 'ws';
import type { WsLimits } from './limits.ts';
import { writeAfterTurn, writeInLine } from './write-turns.ts';

/** One open WebSocket. Frames are built by the caller, so that one buffer serves all readers of a topic. */
export class Connection {
  readonly id: string;
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  readonly #limits: WsLimits;
  #graceTimer: NodeJS.Timeout | undefined;
  /** What is gathered: mostly one frame, for which no list is made. */
  #gathered: Buffer | undefined;
  #gatheredMore: Buffer[] | undefined;
  #gatheredBytes = 0;
  #leavesWithTurn = false;
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
    return this.#waitingBytes > this.#limits.slowBytes;
  }

  /**
   * Writes a whole frame: a reply or an event of this client. Between the writes of the WebSocket itself this is safe: without compression
   * those are whole frames, too. A client for which too much is waiting is disconnected instead; after that, frames go nowhere.
   *
   * Small frames of one turn of the event loop leave together, because a system call costs more than a frame. What is gathered
   * counts as waiting, so there is never much of it: a reader is not slow for what was not even offered to it.
   */
  send(frame: Buffer): void {
    this.#gather(frame);
    if (this.#gathered === undefined || this.#leavesWithTurn) return;
    this.#leavesWithTurn = true;
    writeAfterTurn(this);
  }

  /** The same with a frame that many get: it leaves when those before this client have theirs, or with the next frame of its own. */
  publish(frame: Buffer): void {
    const isFirst = this.#gathered === undefined;
    this.#gather(frame);
    if (isFirst && this.#gathered !== undefined) writeInLine(this);
  }

  #gather(frame: Buffer): void {
    if (!this.isOpen) return;
    if (this.#waitingBytes > this.#limits.maxBufferedBytes) {
      this.close(WS_CLOSE_CODE.TOO_SLOW, 'reads too slowly');
      return;
    }
    if (this.#gathered === undefined) this.#gathered = frame;
    else if (this.#gatheredMore === undefined) this.#gatheredMore = [this.#gathered, frame];
    else this.#gatheredMore.push(frame);
    this.#gatheredBytes += frame.length;
    if (this.#gatheredBytes >= MAX_GATHERED_BYTES) this.letGo();
  }

  /** Calls back when the client has taken what waits for it; never after the connection has gone. */
  onceDrained(callback: () => void): void {
    this.letGo();
    // Written when all before it is.
    this.#socket.write(NOTHING, () => {
      if (this.isOpen) callback();
    });
  }

  /** Writes what was gathered. */
  letGo(): void {
    this.#leavesWithTurn = false;
    const [first, all, length] = [this.#gathered, this.#gatheredMore, this.#gatheredBytes];
    if (first === undefined) return;
    this.#gathered = undefined;
    this.#gatheredMore = undefined;
    this.#gatheredBytes = 0;
    const bytes = all === undefined ? first : Buffer.concat(all, length);
    if (this.isOpen) this.#socket.write(bytes);
  }

  get #waitingBytes(): number {
    return this.#socket.writableLength + this.#gatheredBytes;
  }

  /** Closes after what was written; a peer that does not answer in time is cut off. */
  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    const { closeGraceMs, endGraceMs } = this.#limits;
    const graceMs = code === WS_CLOSE_CODE.AUTH_ENDED ? endGraceMs : closeGraceMs;
    this.letGo();
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

const NOTHING = Buffer.alloc(0);
