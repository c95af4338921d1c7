import type { Socket } from 'node:net';
import { requestFrame } from '../../bench/src/ws-frames.ts';
import { openWebSocket } from '../../bench/src/ws-load.ts';

const TEXT = 0x81;
const PING = 0x89;
const CLOSE = 0x88;
const MASKED_PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
const LENGTH_16 = 126;
const LENGTH_64 = 127;
/** What is looked for stands at the beginning of a frame. */
const HEAD_BYTES = 240;
const TIME = /"event":"data","ts":(\d+),/;
const UPDATE = /"type":"update","startVersion":(\d+),"endVersion":(\d+),/;
const SNAPSHOT = /"type":"snapshot".*?"endVersion":(\d+),/;
const EVENT = /"ts":\d+,"seq":"(\d+)"/;
const RESYNC = '"eventType":"RESYNC_REQUIRED"';

/** What a socket has read, and what was missing or came twice in it. */
export interface ReadSoFar {
  messages: number;
  gaps: number;
  /** Version of the book, 0 before its snapshot. */
  bookVersion: number;
  /** Last private event, 0 for none. */
  lastEvent: number;
  /** 0 while it is open; 1006 for one that ended without a code. */
  closeCode: number;
}

/** A client on a plain socket, which looks at what it reads no more than it must: the load is not to be what is measured. */
export class SocketReader {
  readonly read: ReadSoFar = { messages: 0, gaps: 0, bookVersion: 0, lastEvent: 0, closeCode: 0 };
  readonly #socket: Socket;
  readonly #onDelivered: (delayMs: number) => void;
  /** How the messages of the one topic begin that is followed; others are only read. */
  #followed = '';
  #kept: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, onDelivered: (delayMs: number) => void) {
    this.#socket = socket;
    this.#onDelivered = onDelivered;
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    // A connection that the server has cut off ends here; what it was closed with is what counts.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (this.read.closeCode === 0) this.read.closeCode = 1006;
    });
  }

  static async open(
    at: { readonly port: number; readonly path: string; readonly localAddress: string },
    onDelivered: (delayMs: number) => void,
  ): Promise<SocketReader> {
    return new SocketReader(await openWebSocket(at.port, at.path, at.localAddress), onDelivered);
  }

  /** Subscribes, each time for new snapshots; the first topic is the one whose book is followed. */
  subscribe(topics: readonly string[]): void {
    this.#followed = `{"topic":"${topics[0]}",`;
    this.#socket.write(requestFrame(JSON.stringify({ id: 's', op: 'subscribe', args: topics })));
  }

  stall(): void {
    this.#socket.pause();
  }

  goOn(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Events before this one were read on another connection. */
  goOnAfter(event: number): void {
    this.read.lastEvent = event;
  }

  #take(bytes: Buffer): void {
    const nowMs = performance.timeOrigin + performance.now();
    const all = this.#kept.length === 0 ? bytes : Buffer.concat([this.#kept, bytes]);
    let at = 0;
    for (;;) {
      if (all.length < at + 2) break;
      const short = all[at + 1] as number;
      const headLength = short < LENGTH_16 ? 2 : short === LENGTH_64 ? 10 : 4;
      const start = at + headLength;
      if (all.length < start) break;
      const length =
        headLength === 2 ? short : headLength === 4 ? all.readUInt16BE(at + 2) : Number(all.readBigUInt64BE(at + 2));
      const end = start + length;
      if (all.length < end) break;
      this.#frame(all[at] as number, all.subarray(start, end), nowMs);
      at = end;
    }
    this.#kept = all.subarray(at);
  }

  #frame(kind: number, payload: Buffer, nowMs: number): void {
    if (kind === PING) this.#socket.write(MASKED_PONG);
    else if (kind === CLOSE) {
      this.read.closeCode = payload.length < 2 ? 1005 : payload.readUInt16BE(0);
      this.#socket.end();
    } else if (kind === TEXT) this.#text(payload.toString('latin1', 0, Math.min(HEAD_BYTES, payload.length)), nowMs);
  }

  #text(head: string, nowMs: number): void {
    const { read } = this;
    const isFollowed = this.#followed !== '' && head.startsWith(this.#followed);
    const update = isFollowed ? UPDATE.exec(head) : null;
    if (update !== null) {
      read.messages += 1;
      if (Number(update[1]) !== read.bookVersion + 1) read.gaps += 1;
      read.bookVersion = Number(update[2]);
      const time = TIME.exec(head)?.[1];
      if (time !== undefined) this.#onDelivered(nowMs - Number(time));
      return;
    }
    const snapshot = isFollowed ? SNAPSHOT.exec(head) : null;
    if (snapshot !== null) read.bookVersion = Number(snapshot[1]);
    if (head.includes(RESYNC)) read.gaps += 1;
    const event = EVENT.exec(head);
    if (event === null) return;
    const seq = Number(event[1]);
    if (read.lastEvent !== 0 && seq !== read.lastEvent + 1) read.gaps += 1;
    read.lastEvent = seq;
  }
}
