import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TRANSPORT_FAILURES } from '@openvenue/contract';
import { endWithRefusal } from './refusal-bytes.ts';
import type { RequestIds } from './request-id.ts';

const REASON: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};
const INVALID_CODE = TRANSPORT_FAILURES.badRequest.code;

/**
 * Answers bytes that are no HTTP request, and closes their connection. Whole requests that came before them on the connection are
 * answered first: else the refusal would pass for the answer to one of them.
 */
export class BrokenConnections {
  readonly #ids: RequestIds;
  readonly #underWay = new WeakMap<Socket, Set<ServerResponse>>();

  constructor(ids: RequestIds) {
    this.#ids = ids;
  }

  /** Follows the requests of a server. */
  watch(server: Server): void {
    server.on('request', ({ socket }, response) => {
      const responses = this.#underWay.get(socket) ?? new Set();
      this.#underWay.set(socket, responses.add(response));
      response.once('close', () => responses.delete(response));
    });
  }

  refuse(error: NodeJS.ErrnoException, socket: Socket): void {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    // The request that breaks off in its body is the one that is refused; its answer never comes.
    const before = [...(this.#underWay.get(socket) ?? [])].find(({ req }) => req.complete);
    if (before !== undefined) {
      before.once('close', () => this.refuse(error, socket));
      return;
    }
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
    const reason = REASON[status] ?? '';
    const requestId = this.#ids.next();
    endWithRefusal(socket, { status, reason, code: INVALID_CODE, message: reason, requestId });
  }
}
