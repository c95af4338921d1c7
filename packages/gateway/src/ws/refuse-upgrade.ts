import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Answers a request for an upgrade with a status alone and ends its socket. */
export function refuseUpgrade(socket: Duplex, status: 403 | 404 | 429 | 500 | 503): void {
  // The peer may be gone already; there is nobody to tell then.
  socket.on('error', () => socket.destroy());
  const wait = status === 429 || status === 503 ? 'Retry-After: 1\r\n' : '';
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n${wait}Content-Length: 0\r\n\r\n`);
}
