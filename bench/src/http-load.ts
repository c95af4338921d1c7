import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Pace } from './pace.ts';
import { type LoadFigures, type LoadShape, Tally } from './tally.ts';

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

/**
 * Loads a server of this machine over plain sockets: a whole HTTP client would cost more than the servers do. Replies must be ASCII and
 * name their length. Rejects when a connection fails.
 */
export async function load(target: LoadTarget, shape: LoadShape): Promise<LoadFigures> {
  const sockets = await Promise.all(Array.from({ length: shape.connections }, () => openSocket(target.port)));
  const tally = new Tally(shape);
  const pace = new Pace(shape, tally);
  await Promise.all(sockets.map((socket) => drive(socket, target.nextRequest, { tally, pace })));
  return tally.figures();
}

async function openSocket(port: number): Promise<Socket> {
  const socket = connect({ host: HOST, port, noDelay: true });
  socket.setEncoding('latin1');
  await once(socket, 'connect');
  return socket;
}

/** Sends one request after the other over one connection until it's over. */
function drive(
  socket: Socket,
  nextRequest: () => string,
  { tally, pace }: { readonly tally: Tally; readonly pace: Pace },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = '';
    let sinceMs = 0;
    let isDone = false;
    const lane = {
      send: (dueMs: number): void => {
        sinceMs = dueMs;
        socket.write(nextRequest(), 'latin1');
      },
    };
    const goOn = (): void => {
      if (pace.free(lane)) return;
      isDone = true;
      socket.destroy();
      resolve();
    };
    socket.on('data', (text: string) => {
      received += text;
      const reply = wholeReply(received);
      if (reply === undefined) return;
      received = '';
      tally.count({ refusal: refusalOf(reply), dueMs: sinceMs, nowMs: performance.now() });
      goOn();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      if (!isDone) reject(new Error('the server has closed a connection'));
    });
    goOn();
  });
}

interface Reply {
  readonly status: string;
  readonly body: string;
}

function refusalOf({ status, body }: Reply): string | undefined {
  const code = CODE.exec(body)?.[1];
  return code === '0' ? undefined : `HTTP ${status}, code ${code ?? 'none'}`;
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
