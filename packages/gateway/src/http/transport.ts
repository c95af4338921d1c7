import type { Socket } from 'node:net';
import { TRANSPORT_FAILURES } from '@openvenue/contract';
import type { Failure } from '../failure.ts';
import { failTransport } from './body.ts';
import type { RequestIds } from './request-id.ts';

/** The failure of a request that the framework refused before an endpoint saw it; undefined for a bug of ours. */
export function failureOfFramework(error: unknown): Failure | undefined {
  const status = statusOf(error);
  switch (status) {
    case 404:
      return failTransport(TRANSPORT_FAILURES.unknownPath);
    case 413:
      return failTransport(TRANSPORT_FAILURES.bodyTooLarge);
    case 415:
      return failTransport(TRANSPORT_FAILURES.notJson);
    default:
      return status >= 400 && status < 500 ? failTransport(TRANSPORT_FAILURES.unparsableBody) : undefined;
  }
}

function statusOf(error: unknown): number {
  if (!(error instanceof Error) || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}

const REASON: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Answers bytes that are no HTTP request, and closes the connection. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket, ids: RequestIds): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const requestId = ids.next();
  const body = JSON.stringify({ code: INVALID_CODE, message: REASON[status], requestId });
  const head = [
    `HTTP/1.1 ${status} ${REASON[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-ID: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const INVALID_CODE = TRANSPORT_FAILURES.unparsableBody.code;
