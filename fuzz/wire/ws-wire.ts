import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A message of the server, or why the connection ended. */
export type WsHeard =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'close'; readonly code: number }
  | { readonly kind: 'fault'; readonly fault: string };

const HEAD_END = Buffer.from('\r\n\r\n');
const SILENCE_MS = 30_000;
const utf8 = new TextDecoder('utf-8', { fatal: true });
/** RFC 6455: what stands for a close without a code, and for no close at all. */
const NO_CODE = 1005;
const ABNORMAL = 1006;

/** A WebSocket of which every byte is ours: it sends what no library would. */
export class WsWire {
  readonly #socket: Socket;
  readonly #onHeard: (heard: WsHeard) => void;
  readonly ended: Promise<void>;
  /** Resolves with the HTTP status of the upgrade; 0 for none. */
  readonly upgraded: Promise<number>;
  #bytes: Buffer = Buffer.alloc(0);
  #isOpen = false;
  #hasClosed = false;
  #resolveUpgraded: (status: number) => void = () => undefined;

  constructor(
    port: number,
    request: { target: string; headers: readonly string[] },
    onHeard: (heard: WsHeard) => void,
  ) {
    this.#onHeard = onHeard;
    this.upgraded = new Promise((resolve) => {
      this.#resolveUpgraded = resolve;
    });
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setTimeout(SILENCE_MS, () => {
      onHeard({ kind: 'fault', fault: `silence of ${SILENCE_MS} ms` });
      this.#socket.destroy();
    });
    const key = randomBytes(16).toString('base64');
    const head = [`GET ${request.target} HTTP/1.1`, 'Host: 127.0.0.1', 'Upgrade: websocket', 'Connection: Upgrade'];
    head.push('Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${key}`, ...request.headers, '', '');
    this.#socket.write(head.join('\r\n'));
    this.#socket.on('data', (chunk) => this.#take(chunk));
    this.#socket.on('error', () => this.#socket.destroy());
    this.ended = new Promise((resolve) => {
      this.#socket.on('close', () => {
        this.#resolveUpgraded(0);
        if (this.#isOpen && !this.#hasClosed) onHeard({ kind: 'close', code: ABNORMAL });
        resolve();
      });
    });
  }

  send(bytes: Buffer): void {
    if (!this.#socket.destroyed && !this.#hasClosed) this.#socket.write(bytes);
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#hasClosed = true;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    if (!this.#isOpen && !this.#readHead()) return;
    while (this.#readFrame()) {}
  }

  #readHead(): boolean {
    const end = this.#bytes.indexOf(HEAD_END);
    if (end < 0) return false;
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(this.#bytes.toString('latin1', 0, end))?.[1] ?? 0);
    this.#bytes = this.#bytes.subarray(end + HEAD_END.length);
    this.#isOpen = status === 101;
    this.#resolveUpgraded(status);
    return this.#isOpen;
  }

  #readFrame(): boolean {
    const bytes = this.#bytes;
    if (bytes.length < 2) return false;
    const [first = 0, second = 0] = bytes;
    const short = second & 0x7f;
    const from = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < from) return false;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < from + length) return false;
    this.#bytes = bytes.subarray(from + length);
    this.#heard(first, second, bytes.subarray(from, from + length));
    return true;
  }

  #heard(first: number, second: number, payload: Buffer): void {
    if ((second & 0x80) !== 0) this.#onHeard({ kind: 'fault', fault: 'a frame of the server is masked' });
    switch (first) {
      case 0x81:
        this.#onHeard(textOf(payload));
        return;
      case 0x88:
        this.#hasClosed = true;
        this.#onHeard({ kind: 'close', code: payload.length >= 2 ? payload.readUInt16BE(0) : NO_CODE });
        this.#socket.end();
        return;
      case 0x89:
      case 0x8a:
        return;
      default:
        this.#onHeard({ kind: 'fault', fault: `a frame of the server begins with 0x${first.toString(16)}` });
    }
  }
}

function textOf(payload: Buffer): WsHeard {
  try {
    return { kind: 'text', text: utf8.decode(payload) };
  } catch {
    return { kind: 'fault', fault: 'a text of the server is no UTF-8' };
  }
}
