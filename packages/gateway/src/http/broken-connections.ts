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
  readonly #responses = new WeakMap<Socket, ResponsesInTurn<ServerResponse>>();

  constructor(ids: RequestIds) {
    this.#ids = ids;
  }

  /** Follows the requests of a server. */
  watch(server: Server): void {
    server.on('request', ({ socket }, response) => {
      const responses = this.#responses.get(socket) ?? new ResponsesInTurn();
      this.#responses.set(socket, responses);
      responses.add(response);
    });
  }

  refuse(error: NodeJS.ErrnoException, socket: Socket): void {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    // The request that breaks off in its body is the one that is refused; its answer never comes.
    const before = this.#responses.get(socket)?.firstToCome();
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

/** The responses of one connection. Those that have gone are forgotten with the next request. */
export class ResponsesInTurn<Response extends Pick<ServerResponse, 'closed' | 'req'>> {
  readonly #oldestFirst: Response[] = [];

  /** Responses that are kept. */
  get length(): number {
    return this.#oldestFirst.length;
  }

  add(response: Response): void {
    while (this.#oldestFirst[0]?.closed === true) this.#oldestFirst.shift();
    this.#oldestFirst.push(response);
  }

  /** The first one still to come, to a request that has come as a whole. */
  firstToCome(): Response | undefined {
    return this.#oldestFirst.find(({ closed, req }) => !closed && req.complete);
  }
}
