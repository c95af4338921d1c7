import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const HOST = '127.0.0.1';
const HEAD_END = '\r\n\r\n';
const STATUS = /^HTTP\/1\.1 (\d{3})/;
const CONTENT_LENGTH = /\r\ncontent-length: (\d+)\r\n/i;
const CODE = /^\{"code":(\d+),/;

export interface LoadTarget {
  readonly port: number;
  /** A new request, ASCII; every call gives another one. */
  readonly nextRequest: () => string;
}

export interface LoadShape {
  /** Each sends its next request when it has the reply to the one before. */
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

export interface LoadFigures {
  /** Replies with code 0 per second. */
  readonly acceptedPerSecond: number;
  /** Of all replies, from the request's first byte to the reply's last. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Other replies by their status and code. */
  readonly refused: ReadonlyMap<string, number>;
  /** Share of one processor that the load itself took, 0 to 1: near 1 it is the load that is measured, not the server. */
  readonly ownLoad: number;
}

/**
 * Loads a server of this machine over plain sockets: a whole HTTP client would cost more than the servers do. Replies must be ASCII and
 * name their length. Rejects when a connection fails.
 */
export async function load(target: LoadTarget, shape: LoadShape): Promise<LoadFigures> {
  const sockets = await Promise.all(Array.from({ length: shape.connections }, () => openSocket(target.port)));
  const tally = new Tally(shape);
  await Promise.all(sockets.map((socket) => drive(socket, target.nextRequest, tally)));
  return tally.figures();
}

async function openSocket(port: number): Promise<Socket> {
  const socket = connect({ host: HOST, port, noDelay: true });
  socket.setEncoding('latin1');
  await once(socket, 'connect');
  return socket;
}

/** Sends one request after the other over one connection until the tally ends. */
function drive(socket: Socket, nextRequest: () => string, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = '';
    let sentMs = 0;
    let isDone = false;
    const send = (): void => {
      const request = nextRequest();
      sentMs = performance.now();
      socket.write(request, 'latin1');
    };
    socket.on('data', (text: string) => {
      received += text;
      const reply = wholeReply(received);
      if (reply === undefined) return;
      received = '';
      const nowMs = performance.now();
      tally.count(reply, { sentMs, nowMs });
      if (nowMs < tally.endMs) return send();
      isDone = true;
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      if (!isDone) reject(new Error('the server has closed a connection'));
    });
    send();
  });
}

interface Reply {
  readonly status: string;
  readonly body: string;
}

function wholeReply(received: string): Reply | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const length = CONTENT_LENGTH.exec(received)?.[1];
  if (length === undefined) throw new Error(`a reply without its length: ${received.slice(0, headEnd)}`);
  const body = received.slice(headEnd + HEAD_END.length);
  if (body.length < Number(length)) return undefined;
  return { status: STATUS.exec(received)?.[1] ?? '?', body };
}

class Tally {
  readonly endMs: number;
  readonly #beginMs: number;
  readonly #latenciesMs: number[] = [];
  readonly #refused = new Map<string, number>();
  #accepted = 0;
  #cpuAtBegin: NodeJS.CpuUsage | undefined;
  #cpu: NodeJS.CpuUsage | undefined;

  constructor({ warmUpMs, measuredMs }: LoadShape) {
    this.#beginMs = performance.now() + warmUpMs;
    this.endMs = this.#beginMs + measuredMs;
  }

  count(reply: Reply, { sentMs, nowMs }: { readonly sentMs: number; readonly nowMs: number }): void {
    if (nowMs < this.#beginMs) return;
    this.#cpuAtBegin ??= process.cpuUsage();
    if (nowMs >= this.endMs) {
      this.#cpu ??= process.cpuUsage(this.#cpuAtBegin);
      return;
    }
    this.#latenciesMs.push(nowMs - sentMs);
    const code = CODE.exec(reply.body)?.[1];
    if (code === '0') this.#accepted++;
    else {
      const reason = `HTTP ${reply.status}, code ${code ?? 'none'}`;
      this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
    }
  }

  figures(): LoadFigures {
    const sorted = Float64Array.from(this.#latenciesMs).sort();
    const measuredMs = this.endMs - this.#beginMs;
    const { user, system } = this.#cpu ?? { user: 0, system: 0 };
    return {
      acceptedPerSecond: (this.#accepted * 1_000) / measuredMs,
      p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
      p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      refused: this.#refused,
      ownLoad: (user + system) / 1_000 / measuredMs,
    };
  }
}
