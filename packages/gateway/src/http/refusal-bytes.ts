import type { Duplex } from 'node:stream';

/** A refusal that goes out without the framework. */
export interface BareRefusal {
  readonly status: number;
  readonly reason: string;
  readonly code: number;
  readonly message: string;
  readonly requestId: string;
  /** Left out where a repetition helps nothing. */
  readonly retryAfterSeconds?: number;
}

/** Writes the contract's envelope as a whole reply on a socket that is no request's any more, and ends it. */
export function endWithRefusal(socket: Duplex, refusal: BareRefusal): void {
  const { status, reason, code, message, requestId, retryAfterSeconds } = refusal;
  const body = JSON.stringify({ code, message, requestId });
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-ID: ${requestId}`,
    'Connection: close',
    ...(retryAfterSeconds === undefined ? [] : [`Retry-After: ${retryAfterSeconds}`]),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
