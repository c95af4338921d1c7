import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { Connection, MAX_GATHERED_BYTES } from './connection.ts';
import { textFrame } from './frame.ts';
import { DEFAULT_WS_LIMITS } from './limits.ts';
import { PUBLIC_WRITES_PER_TURN } from './write-turns.ts';

/** A socket that notes what it is given in one call of the system. */
class NotingSocket extends Duplex {
  readonly writes: Buffer[] = [];

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.writes.push(Buffer.from(chunk));
    callback();
  }

  override _writev(chunks: { readonly chunk: Buffer }[], callback: () => void): void {
    this.writes.push(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    callback();
  }
}

/** The server's end of a WebSocket after its handshake. */
function connected() {
  const socket = new NotingSocket();
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  request.headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.alloc(16).toString('base64'),
  };
  let webSocket: WebSocket | undefined;
  new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false }).handleUpgrade(
    request,
    socket,
    Buffer.alloc(0),
    (opened) => {
      webSocket = opened;
    },
  );
  if (webSocket === undefined) throw new Error('the handshake was refused');
  const handshake = socket.writes.length;
  const connection = new Connection('c-1', { webSocket, socket }, DEFAULT_WS_LIMITS);
  return { socket, connection, written: () => socket.writes.slice(handshake) };
}

const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const frames = (count: number, bytes: number): Buffer[] =>
  Array.from({ length: count }, (_, n) => textFrame(String(n).padEnd(bytes - 4, '.')));

it('frames of one turn leave in one write, in order', async () => {
  const { connection, written } = connected();
  const gathered = [...frames(3, 200), textFrame('last')];
  for (const frame of gathered) connection.send(frame);
  expect(written()).toEqual([]);
  await endOfTurn();
  expect(written()).toEqual([Buffer.concat(gathered)]);
  connection.send(textFrame('of the next turn'));
  await endOfTurn();
  expect(written().slice(1)).toEqual([textFrame('of the next turn')]);
});

it('at the limit what is gathered leaves at once, and the rest of the turn with its end', async () => {
  const { connection, written } = connected();
  const many = frames(17, MAX_GATHERED_BYTES / 16);
  expect(many[0]).toHaveLength(MAX_GATHERED_BYTES / 16);
  for (const frame of many.slice(0, 15)) connection.send(frame);
  expect(written()).toEqual([]);
  connection.send(many[15] as Buffer);
  expect(written()).toEqual([Buffer.concat(many.slice(0, 16))]);
  connection.send(many[16] as Buffer);
  expect(written()).toHaveLength(1);
  await endOfTurn();
  expect(written().slice(1)).toEqual([many[16]]);
});

it('a frame beyond the limit leaves with what was gathered before it', () => {
  const { connection, written } = connected();
  const [small, large] = [textFrame('small'), textFrame('x'.repeat(MAX_GATHERED_BYTES))];
  connection.send(small);
  connection.send(large);
  expect(written()).toEqual([Buffer.concat([small, large])]);
});

it('nothing is held back when the connection is closed: the close follows what was gathered', async () => {
  const { connection, written } = connected();
  const gathered = frames(2, 100);
  for (const frame of gathered) connection.send(frame);
  connection.close(1001, 'away');
  connection.send(textFrame('too late'));
  await endOfTurn();
  const close = Buffer.from([0x88, 6, 0x03, 0xe9, ...Buffer.from('away')]);
  expect(Buffer.concat(written())).toEqual(Buffer.concat([...gathered, close]));
});

it('a socket that is gone in the midst of a turn takes nothing more, and harms nothing', async () => {
  const { connection, socket, written } = connected();
  connection.send(textFrame('gathered'));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.destroy();
  await closed;
  connection.send(textFrame('too late'));
  await endOfTurn();
  expect(written()).toEqual([]);
  expect(connection.isOpen).toBe(false);
});

it('readers of a topic get its frames in line, so many in a turn', async () => {
  const count = 2 * PUBLIC_WRITES_PER_TURN + 1;
  const readers = Array.from({ length: count }, connected);
  const frame = textFrame('for all');
  const served = (): number => readers.filter(({ written }) => written().length > 0).length;
  for (const { connection } of readers) connection.publish(frame);
  expect(served()).toBe(0);
  for (const expected of [PUBLIC_WRITES_PER_TURN, 2 * PUBLIC_WRITES_PER_TURN, count]) {
    await endOfTurn();
    expect(served()).toBe(expected);
  }
  for (const { written } of readers) expect(written()).toEqual([frame]);
});

it('a reply does not stand in line: it leaves with its turn, and takes along what was published before it', async () => {
  const readers = Array.from({ length: 2 * PUBLIC_WRITES_PER_TURN }, connected);
  for (const { connection } of readers) connection.publish(textFrame('for all'));
  const last = readers.at(-1) as (typeof readers)[number];
  last.connection.send(textFrame('reply'));
  await new Promise((resolve) => process.nextTick(resolve));
  expect(readers.map(({ written }) => written().length)).toEqual([...readers.slice(1).map(() => 0), 1]);
  expect(last.written()).toEqual([Buffer.concat([textFrame('for all'), textFrame('reply')])]);
  await endOfTurn();
  await endOfTurn();
  expect(readers.map(({ written }) => written().length)).toEqual(readers.map(() => 1));
});

it('what is published while a reader stands in line leaves in the same write', async () => {
  const { connection, written } = connected();
  connection.publish(textFrame('first'));
  connection.publish(textFrame('second'));
  await endOfTurn();
  expect(written()).toEqual([Buffer.concat([textFrame('first'), textFrame('second')])]);
});
