import { connect } from 'node:net';
import { type HttpAnswer, HttpReader } from './http-reader.ts';
import type { Sendable } from './pipeline.ts';

/** What came back on a connection, up to its end. */
export interface Heard {
  readonly answers: readonly HttpAnswer[];
  /** What is wrong with what came; undefined where it was answers, or nothing. */
  readonly fault: string | undefined;
}

/** A server that neither answers nor closes is left after this. */
const PATIENCE_MS = 400;

/** Sends bytes over a connection of their own, then ends it, and hears what comes back. `cuts`: where the bytes are parted into packets. */
export function sendAlone(port: number, { method, bytes }: Sendable, cuts: readonly number[] = []): Promise<Heard> {
  return new Promise((resolve) => {
    const reader = new HttpReader();
    const answers: HttpAnswer[] = [];
    let fault: string | undefined;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on('connect', () => {
      let from = 0;
      for (const cut of [...cuts, bytes.length].toSorted((a, b) => a - b)) {
        socket.write(bytes.subarray(from, cut));
        from = cut;
      }
      socket.end();
    });
    socket.on('data', (chunk) => {
      if (fault !== undefined) return;
      reader.push(chunk);
      try {
        for (let answer = reader.next(method); answer !== undefined; answer = reader.next(method)) answers.push(answer);
      } catch (error) {
        fault = String(error);
      }
    });
    // A server that closes on garbage may do so while the rest of it is on its way.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (fault === undefined && reader.hasRest) fault = 'the last answer is cut';
      resolve({ answers, fault });
    });
  });
}
