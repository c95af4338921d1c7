import type { Socket } from 'node:net';
import { readWholeRequest, type WholeRequest } from './whole-request.ts';

export interface RefusedConnectionsOptions {
  /** Requests of the connection that are not answered yet, and whether each has come as a whole. */
  readonly underWay: (socket: Socket) => readonly { readonly complete: boolean }[];
  /** Says how to refuse the request if it is to be refused; else it goes its way. */
  readonly refusalOf: (request: WholeRequest, socket: Socket) => (() => void) | undefined;
  /** Runs it when refusals have their turn. */
  readonly inTurn: (refuse: () => void) => void;
}

/**
 * Looks at the bytes of connections that were refused an order before the parser of the HTTP server does, as the next one is likely to be
 * refused, too: parsing a request and making a response cost more than twice as much as reading and writing their bytes.
 *
 * What is refused here the parser never sees, so that must be a whole request at a place where the parser awaits one: the request before it
 * was whole, and is answered. With the first chunk that is anything else the connection is the parser's alone again.
 */
export class RefusedConnections {
  readonly #options: RefusedConnectionsOptions;
  readonly #watched = new WeakSet<Socket>();

  constructor(options: RefusedConnectionsOptions) {
    this.#options = options;
  }

  /** Watches a connection of an HTTP server from its next chunk on, until one is no whole request. */
  watch(socket: Socket): void {
    const [parse, ...others] = socket.listeners('data') as ((chunk: Buffer) => void)[];
    if (this.#watched.has(socket) || parse === undefined || others.length > 0) return;
    const { underWay, refusalOf, inTurn } = this.#options;
    let isParserAtBegin = false;
    let waiting: (() => void) | undefined;
    const refuse = (): void => {
      const write = waiting;
      waiting = undefined;
      if (socket.writable) write?.();
    };
    const take = (chunk: Buffer): void => {
      // Who does not wait for the reply has it before anything else.
      refuse();
      const request = readWholeRequest(chunk);
      if (request === undefined) {
        this.#watched.delete(socket);
        socket.on('data', parse);
        socket.removeListener('data', take);
        parse.call(socket, chunk);
        return;
      }
      // To who does not read, the parser's server stops listening; nothing is added to what waits for it here.
      const isIdle = isParserAtBegin && underWay(socket).length === 0 && socket.writableLength === 0;
      waiting = isIdle ? refusalOf(request, socket) : undefined;
      if (waiting !== undefined) {
        inTurn(refuse);
        return;
      }
      parse.call(socket, chunk);
      const [begun, ...more] = underWay(socket);
      isParserAtBegin = begun?.complete === true && more.length === 0;
      // The parser took it for a part of something else, whose begin was not seen here.
      if (begun === undefined) socket.destroy();
    };
    this.#watched.add(socket);
    // The server's parser reads from the handle below the socket until there is another listener, and then from its own.
    socket.on('data', take);
    socket.removeListener('data', parse);
  }
}
