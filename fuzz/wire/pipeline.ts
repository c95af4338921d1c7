import { connect, type Socket } from 'node:net';
import { type HttpAnswer, HttpReader } from './http-reader.ts';

/** What is sent, and by which method, which says whether its answer has a body. */
export interface Sendable {
  readonly method: string;
  readonly bytes: Buffer;
}

/** What became of a request: its answer, or why there is none. */
export type Outcome = HttpAnswer | { readonly lost: string };

/** Requests that are under way on one connection. */
const DEPTH = 8;
const SILENCE_MS = 20_000;

/** Sends whole requests over one connection that is kept, several under way at once, and gives each its answer. */
export async function pipeline<T extends Sendable>(
  port: number,
  requests: readonly T[],
  onOutcome: (request: T, outcome: Outcome) => void,
): Promise<void> {
  let at = 0;
  while (at < requests.length) at += await oneConnection(port, requests.slice(at), onOutcome);
}

/** @returns how many of the requests are over, at least one */
function oneConnection<T extends Sendable>(
  port: number,
  requests: readonly T[],
  onOutcome: (request: T, outcome: Outcome) => void,
): Promise<number> {
  return new Promise((resolve) => {
    const reader = new HttpReader();
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let sent = 0;
    let answered = 0;
    let why = 'the connection was closed';
    const send = (): void => {
      while (sent < requests.length && sent - answered < DEPTH) socket.write((requests[sent++] as T).bytes);
    };
    socket.setTimeout(SILENCE_MS, () => {
      why = `no answer in ${SILENCE_MS} ms`;
      socket.destroy();
    });
    socket.on('connect', send);
    socket.on('data', (chunk) => {
      reader.push(chunk);
      try {
        for (;;) {
          const request = requests[answered];
          if (request === undefined || answered === sent) break;
          const answer = reader.next(request.method);
          if (answer === undefined) break;
          answered++;
          onOutcome(request, answer);
        }
      } catch (error) {
        why = `what came is no answer: ${String(error)}`;
        socket.destroy();
        return;
      }
      if (answered === requests.length) socket.end();
      else send();
    });
    socket.on('error', (error) => {
      why = String(error);
    });
    socket.on('close', () => {
      for (let lost = answered; lost < sent; lost++) onOutcome(requests[lost] as T, { lost: why });
      if (sent === 0) onOutcome(requests[0] as T, { lost: why });
      resolve(Math.max(1, sent));
    });
  });
}
