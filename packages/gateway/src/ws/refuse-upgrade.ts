import { randomBytes } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorOf, TRANSPORT_FAILURES } from '@openvenue/contract';
import { endWithRefusal } from '../http/refusal-bytes.ts';
import { RequestIds } from '../http/request-id.ts';

const ids = new RequestIds(randomBytes);

type UpgradeStatus = 400 | 403 | 404 | 429 | 500 | 503;

const REFUSALS: Readonly<Record<UpgradeStatus, { readonly code: number; readonly message: string }>> = {
  400: TRANSPORT_FAILURES.badRequest,
  403: errorOf('PERMISSION_DENIED'),
  404: TRANSPORT_FAILURES.unknownPath,
  429: errorOf('RATE_LIMITED'),
  500: errorOf('INTERNAL_ERROR'),
  503: errorOf('TEMPORARILY_UNAVAILABLE'),
};

/** Answers a request for an upgrade as any other request is refused, and ends its socket. */
export function refuseUpgrade({ headers }: IncomingMessage, socket: Duplex, status: UpgradeStatus): void {
  // The peer may be gone already; there is nobody to tell then.
  socket.on('error', () => socket.destroy());
  const { code, message } = REFUSALS[status];
  endWithRefusal(socket, {
    status,
    reason: STATUS_CODES[status] ?? '',
    code,
    message,
    requestId: ids.of(headers['x-request-id']),
    ...(status === 429 || status === 503 ? { retryAfterSeconds: 1 } : {}),
  });
}
