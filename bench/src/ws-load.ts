import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Pace } from './pace.ts';
import { type LoadFigures, type LoadShape, Tally } from './tally.ts';
import { requestFrame, TextFrames } from './ws-frames.ts';

const HOST = '127.0.0.1';
const ID = /^\{"id":"(\d+)"/;
const CODE = /"code":(\d+)/;

export interface WsLoadTarget {
  readonly port: number;
  /** Path with the credential of each connection; a connection takes the next of them, in turn. */
  readonly paths: readonly string[];
  /** A new request with this id, ASCII. */
  readonly nextRequest: (id: number) => string;
}

/** Loads the WebSocket of a server of this machine over plain sockets, with several requests of a connection under way at once. */
export async function loadWs(target: WsLoadTarget, shape: LoadShape): Promise<LoadFigures> {
  const { port, paths } = target;
  const sockets = await Promise.all(
    Array.from({ length: shape.connections }, (_, i) => openWebSocket(port, paths[i % paths.length]!)),
  );
  const tally = new Tally(shape);
  const pace = new Pace(shape, tally);
  await Promise.all(sockets.map((socket) => drive(socket, target.nextRequest, { tally, pace, shape })));
  return tally.figures();
}

/** A connection on which the handshake is done and the greeting has been seen or will be skipped as a push. */
export async function openWebSocket(port: number, path: string, localAddress?: string): Promise<Socket> {
  const socket = connect({
    host: HOST,
    port,
    noDelay: true,
    ...(localAddress === undefined ? {} : { localAddress }),
  });
  await once(socket, 'connect');
  socket.write(
    [
      `GET ${path} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      '\r\n',
    ].join('\r\n'),
  );
  const [head] = (await once(socket, 'data')) as [Buffer];
  const text = head.toString('latin1');
  if (!text.startsWith('HTTP/1.1 101')) throw new Error(`no WebSocket: ${text}`);
  const rest = head.subarray(text.indexOf('\r\n\r\n') + 4);
  if (rest.length > 0) socket.unshift(rest);
  return socket;
}

function drive(
  socket: Socket,
  nextRequest: (id: number) => string,
  { tally, pace, shape }: { readonly tally: Tally; readonly pace: Pace; readonly shape: LoadShape },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { inFlight = 1 } = shape;
    const sinceMs = new Float64Array(inFlight);
    const lanes = Array.from({ length: inFlight }, (_, id) => ({
      send: (dueMs: number): void => {
        sinceMs[id] = dueMs;
        socket.write(requestFrame(nextRequest(id)));
      },
    }));
    let open = inFlight;
    const goOn = (id: number): void => {
      if (pace.free(lanes[id]!)) return;
      open -= 1;
      if (open > 0) return;
      socket.destroy();
      resolve();
    };
    const frames = new TextFrames((text) => {
      const id = ID.exec(text)?.[1];
      // Pushes of the private channel come along, as to every client.
      if (id === undefined) return;
      const refusal = text.includes('"event":"error"') ? `code ${CODE.exec(text)?.[1] ?? 'none'}` : undefined;
      tally.count({ refusal, dueMs: sinceMs[Number(id)]!, nowMs: performance.now() });
      goOn(Number(id));
    });
    socket.on('data', (bytes: Buffer) => frames.take(bytes));
    socket.on('error', reject);
    socket.on('close', () => {
      if (open > 0) reject(new Error('the server has closed a connection'));
    });
    for (const id of lanes.keys()) goOn(id);
  });
}
