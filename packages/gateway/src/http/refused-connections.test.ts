import { once } from 'node:events';
import { type AddressInfo, connect, Socket } from 'node:net';
import { operations } from '@openvenue/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OrderSocket, replyTo } from '../testing/order-socket.ts';
import { RefusedConnections } from './refused-connections.ts';

const ORDER = JSON.stringify({ symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '59900', quantity: '0.01' });
const OVERLOADED = { status: 503, code: 5002 };

let socket: OrderSocket;
let token: string;
let goOn: () => void;
let connection: RawConnection;
/** Requests that the parser of the server has seen. */
let parsed: number;

beforeEach(async () => {
  socket = await OrderSocket.start({ config: { maxOrdersUnderWay: 1 } });
  const trader = await socket.gateway.trader();
  token = trader.accessToken;
  const client = await socket.connect(trader);
  goOn = socket.gateway.node.stall();
  client.send({ id: 'under way', op: 'order.place', args: [JSON.parse(ORDER)] });
  client.send({ id: 'fence', op: 'ping' });
  await replyTo(client, 'fence');
  const { server } = socket.gateway.app;
  connection = new RawConnection((server.address() as AddressInfo).port);
  parsed = 0;
  server.on('request', () => {
    parsed++;
  });
});
afterEach(async () => {
  goOn();
  connection.socket.destroy();
  await socket.stop();
});

interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly code: number;
}

/** Writes chunks as they are given and reads replies one by one. */
class RawConnection {
  readonly socket: Socket;
  #heard = '';

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1');
    this.socket.on('data', (text) => {
      this.#heard += String(text);
    });
  }

  async reply(): Promise<RawReply> {
    for (;;) {
      const headEnd = this.#heard.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#heard)?.[1] ?? 0);
      if (headEnd >= 0 && this.#heard.length >= headEnd + 4 + length) {
        const [first = '', ...lines] = this.#heard.slice(0, headEnd).split('\r\n');
        const body = this.#heard.slice(headEnd + 4, headEnd + 4 + length);
        this.#heard = this.#heard.slice(headEnd + 4 + length);
        const headers = Object.fromEntries(lines.map((line) => line.toLowerCase().split(': ')));
        return { status: Number(first.split(' ')[1]), headers, code: length === 0 ? 0 : JSON.parse(body).code };
      }
      await once(this.socket, 'data');
    }
  }

  async ask(text: string): Promise<RawReply> {
    this.socket.write(text);
    return this.reply();
  }
}

const request = (method: string, target: string, body = ''): string => {
  const head = [`${method} ${target} HTTP/1.1`, 'Host: a', `Authorization: Bearer ${token}`];
  if (body !== '') head.push('Content-Type: application/json', `Content-Length: ${body.length}`);
  return `${head.join('\r\n')}\r\n\r\n${body}`;
};
const order = () => request('POST', operations.placeOrder.path, ORDER);
const time = () => request('GET', operations.getTime.path);

/** The connection is watched and the parser is known to await a request. */
async function watched(): Promise<void> {
  for (let call = 0; call < 2; call++) expect(await connection.ask(order())).toMatchObject(OVERLOADED);
  parsed = 0;
}

describe('a connection that was refused an order', () => {
  test('is refused the next ones the same, past the parser', async () => {
    const { headers: first } = await connection.ask(order());
    await watched();
    for (let call = 0; call < 3; call++) {
      const { headers, ...reply } = await connection.ask(order());
      expect(reply).toEqual(OVERLOADED);
      const { date: _date, connection: _kept, 'keep-alive': _for, ...rest } = first;
      const drawn = {
        'x-request-id': expect.stringMatching(/^req-/),
        'x-ratelimit-remaining': expect.stringMatching(/^\d+$/),
        'x-ratelimit-reset': expect.stringMatching(/^\d+$/),
      };
      expect(headers).toEqual({ ...rest, ...drawn });
      expect(socket.lines.at(-1)).toMatchObject({ ...OVERLOADED, route: operations.placeOrder.path });
    }
    expect(parsed).toBe(0);
  });

  test('is served all else, and orders when there is room', async () => {
    await watched();
    expect(await connection.ask(time())).toMatchObject({ status: 200, code: 0 });
    const preview = request('POST', operations.previewOrder.path, ORDER);
    expect(await connection.ask(preview)).toMatchObject({ status: 200, code: 0 });
    expect(parsed).toBe(2);
    expect(await connection.ask(order())).toMatchObject(OVERLOADED);
    expect(parsed).toBe(2);
    goOn();
    expect(await connection.ask(order())).toMatchObject({ status: 200, code: 0 });
  });

  test('may send its orders in parts, or several at once', async () => {
    await watched();
    const text = order();
    connection.socket.write(text.slice(0, 30));
    expect(await connection.ask(text.slice(30))).toMatchObject(OVERLOADED);
    expect(await connection.ask(text + time())).toMatchObject(OVERLOADED);
    expect(await connection.reply()).toMatchObject({ status: 200 });
  });

  test('has its replies in the order of its requests, though it does not wait for them', async () => {
    await watched();
    for (let call = 0; call < 5; call++) {
      connection.socket.write(order());
      connection.socket.write(time());
    }
    for (let call = 0; call < 5; call++) {
      expect(await connection.reply()).toMatchObject(OVERLOADED);
      expect(await connection.reply()).toMatchObject({ status: 200 });
    }
  });

  test('can become a WebSocket', async () => {
    await watched();
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    const head = ['GET /ws HTTP/1.1', 'Host: a', ...upgrade, `Sec-WebSocket-Key: ${'A'.repeat(22)}==`];
    expect(await connection.ask(`${head.join('\r\n')}\r\n\r\n`)).toMatchObject({ status: 101 });
  });
});

describe('bytes that look like an order are none', () => {
  test('in the body of a request that was refused before it had come', async () => {
    await watched();
    const body = order();
    const head = request('POST', operations.placeOrder.path, body).slice(0, -body.length);
    expect(await connection.ask(head)).toMatchObject(OVERLOADED);
    connection.socket.write(body);
    expect(await connection.ask(time())).toMatchObject({ status: 200 });
  });

  test('after the begin of a request that came with the one that was refused', async () => {
    connection.socket.write(`${order()}GET ${operations.getTime.path} HTTP/1.1\r\nHost: a\r\nX-A: `);
    expect(await connection.reply()).toMatchObject(OVERLOADED);
    expect(await connection.ask(request('POST', operations.placeOrder.path))).toMatchObject({ status: 200, code: 0 });
    parsed = 0;
    expect(await connection.ask(order())).toMatchObject(OVERLOADED);
    expect(parsed).toBe(0);
  });

  test('after the begin of a handshake: the connection ends', async () => {
    connection.socket.write(`${order()}GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-A: `);
    expect(await connection.reply()).toMatchObject(OVERLOADED);
    connection.socket.write(request('POST', operations.placeOrder.path));
    await once(connection.socket, 'close');
  });
});

test('to a connection that does not read no refusal is added, the parser has its requests', () => {
  const refused: string[] = [];
  const parsedBy: Buffer[] = [];
  const silent = new Socket();
  silent.on('data', (chunk: Buffer) => parsedBy.push(chunk));
  let underWay = [{ complete: true }];
  const connections = new RefusedConnections({
    underWay: () => underWay,
    refusalOf:
      ({ target }) =>
      () =>
        refused.push(target),
    inTurn: (refuse) => refuse(),
  });
  connections.watch(silent);
  const send = (): boolean => silent.emit('data', Buffer.from('GET /a HTTP/1.1\r\nHost: a\r\n\r\n'));
  send();
  underWay = [];
  send();
  expect([parsedBy.length, refused]).toEqual([1, ['/a']]);
  Object.defineProperty(silent, 'writableLength', { value: 1 });
  underWay = [];
  send();
  expect([parsedBy.length, refused.length]).toEqual([2, 1]);
});
