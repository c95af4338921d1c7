import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallLine } from '../logging/call-log.ts';
import { type ApiKey, TestGateway } from '../testing/venue.ts';

const WIDE = { perSecond: 100_000, burst: 100_000 };
let gateway: TestGateway;
let key: ApiKey;
let accessToken: string;
const lines: CallLine[] = [];
/** Of each logged call, whether it went through the framework, which gives each of its requests a logger of its own. */
const wentThrough: boolean[] = [];
let loggers = 0;
beforeAll(async () => {
  const rateLimits = { public: WIDE, private: WIDE, order: WIDE, authentication: WIDE };
  const stream = new Writable({
    write(chunk, _encoding, done) {
      const line = JSON.parse(String(chunk)) as { readonly msg: string };
      if (line.msg === 'call') wentThrough.push(loggers > 0);
      loggers = 0;
      done();
    },
  });
  const onChild = (): void => {
    loggers++;
  };
  const logger = { level: 'info', stream, onChild };
  gateway = await TestGateway.start({ rateLimits }, { logger, onAnswered: (line) => lines.push(line) });
  ({ accessToken } = await gateway.trader());
  key = await gateway.apiKey(accessToken);
  await gateway.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => gateway.close());

interface Raw {
  readonly method: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A body that is written in chunks. */
  readonly chunks?: string;
}

interface Heard {
  readonly status: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function speak({ method, target, headers = {}, body, chunks = '' }: Raw): Promise<Heard> {
  const address = gateway.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const socket = connect(address.port, '127.0.0.1').setEncoding('utf8');
  const all = {
    Host: 'a',
    'X-Request-ID': 'req-1',
    Connection: 'close',
    ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${target} HTTP/1.1\r\n${head.join('')}\r\n${body ?? chunks}`);
  let answer = '';
  socket.on('data', (text) => {
    answer += text;
  });
  await once(socket, 'close');
  const [top = '', text = ''] = answer.split('\r\n\r\n');
  const [status = '', ...rows] = top.split('\r\n');
  const pairs = rows.map((row) => [row.slice(0, row.indexOf(':')).toLowerCase(), row.slice(row.indexOf(':') + 2)]);
  return { status, headers: Object.fromEntries(pairs) as Record<string, string>, body: text };
}

/** An expectation that nobody knows changes nothing in the answer, but keeps a call from being plain. */
const throughFramework = (raw: Raw): Promise<Heard> => speak({ ...raw, headers: { ...raw.headers, Expect: 'x' } });

const bearer = () => ({ Authorization: `Bearer ${accessToken}` });
const order = (clientOrderId: string): string =>
  JSON.stringify({
    symbol: 'BTCUSDT',
    type: 'LIMIT',
    side: 'BUY',
    price: '10000',
    quantity: '0.010',
    timeInForce: 'IOC',
    clientOrderId,
  });
const place = '/v1/private/order/place';

describe('a call past the framework is answered as through it:', () => {
  const calls: readonly (readonly [string, () => Raw])[] = [
    ['open to anyone', () => ({ method: 'GET', target: '/v1/time' })],
    ['with a query', () => ({ method: 'GET', target: '/v1/public/market/depth?symbol=BTCUSDT&limit=5' })],
    ['with a broken query', () => ({ method: 'GET', target: '/v1/public/market/depth?symbol=%zz' })],
    ['without a caller', () => ({ method: 'GET', target: '/v1/private/user/asset' })],
    ['of a session', () => ({ method: 'GET', target: '/v1/private/user/asset', headers: bearer() })],
    ['without a body', () => ({ method: 'POST', target: place, headers: bearer() })],
    ['with a field missing', () => ({ method: 'POST', target: place, headers: bearer(), body: '{}' })],
    ['with a body that is no JSON', () => ({ method: 'POST', target: place, headers: bearer(), body: '{' })],
    [
      'of another type',
      () => ({ method: 'POST', target: place, headers: { ...bearer(), 'Content-Type': 'text/plain' }, body: '{}' }),
    ],
    ['with characters of more bytes', () => ({ method: 'POST', target: place, headers: bearer(), body: order('é') })],
    ['with a name that is too long', () => ({ method: 'GET', target: '/v1/time', headers: { 'X-Request-ID': 'ü' } })],
  ];
  test.each(calls)('%s', async (_name, rawOf) => {
    wentThrough.length = 0;
    const [direct, framed] = [comparable(await speak(rawOf())), comparable(await throughFramework(rawOf()))];
    expect(direct).toEqual(framed);
    expect(wentThrough).toEqual([false, true]);
  });
});

/** Without what differs between any two calls. */
function comparable({ status, headers, body }: Heard) {
  const { date: _date, 'x-ratelimit-remaining': remaining, ...rest } = headers;
  const text = body.replace(/"requestId":"req-[0-9a-f]{24}"/, '"requestId":"drawn"');
  const id = rest['x-request-id']?.replace(/^req-[0-9a-f]{24}$/, 'drawn');
  return { status, headers: { ...rest, 'x-request-id': id, hasRemaining: remaining !== undefined }, body: text };
}

const leftToFramework: readonly (readonly [string, () => Raw])[] = [
  ['an unknown path', () => ({ method: 'GET', target: '/v1/time/' })],
  ['a path that is written otherwise', () => ({ method: 'GET', target: '/v1/%74ime' })],
  ['a page of an origin', () => ({ method: 'GET', target: '/v1/time', headers: { Origin: 'https://a.example' } })],
  ['a body of a call that has none', () => ({ method: 'GET', target: '/v1/time', body: '{}' })],
  ['too large a body', () => ({ method: 'POST', target: place, headers: bearer(), body: 'x'.repeat(65_537) })],
  ['a body in chunks', () => ({ method: 'POST', target: place, headers: { 'Transfer-Encoding': 'chunked' } })],
  ['a cookie', () => ({ method: 'POST', target: '/v1/public/user/login', body: '{}' })],
];
test.each(leftToFramework)('%s is left to the framework', async (_name, rawOf) => {
  wentThrough.length = 0;
  const raw = rawOf();
  await speak(raw.headers?.['Transfer-Encoding'] === undefined ? raw : { ...raw, chunks: '0\r\n\r\n' });
  expect(wentThrough).toEqual([true]);
});

describe('a signed order', () => {
  const signed = (body: string, timestampMs: number): Raw => {
    const { url, headers } = gateway.sign(key, { method: 'POST', url: place, body }, timestampMs);
    return { method: 'POST', target: url, headers: headers ?? {}, body };
  };

  test('is placed, and its signature is taken on both ways', async () => {
    const raw = signed(order('direct-1'), gateway.clock.ms);
    expect(JSON.parse((await speak(raw)).body)).toMatchObject({ code: 0, data: { clientOrderId: 'direct-1' } });
    for (const again of [await speak(raw), await throughFramework(raw)])
      expect(JSON.parse(again.body)).toMatchObject({ code: 3004 });
  });

  test('is told of once it is answered', async () => {
    lines.length = 0;
    await speak(signed(order('direct-2'), gateway.clock.ms + 1));
    expect(lines).toEqual([
      {
        requestId: 'req-1',
        method: 'POST',
        route: place,
        status: 200,
        code: 0,
        durationMs: expect.any(Number),
        userId: '1188041529',
      },
    ]);
  });
});

test('a bug is 500 with its name, and says no more', async () => {
  gateway.node.refuseNext(new Error('planted'));
  const raw = { method: 'POST', target: '/v1/private/user/listen-key', headers: bearer() };
  const heard = await speak(raw);
  expect(heard.status).toBe('HTTP/1.1 500 Internal Server Error');
  expect(JSON.parse(heard.body)).toMatchObject({ code: 5001, requestId: 'req-1' });
  expect(heard.body).not.toContain('planted');
});

test('a body that breaks off is no call, and harms no other', async () => {
  lines.length = 0;
  const { port } = gateway.app.server.address() as { readonly port: number };
  const begun = once(gateway.app.server, 'request') as Promise<[IncomingMessage]>;
  const socket = connect(port, '127.0.0.1');
  socket.write(`POST ${place} HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{`);
  const [request] = await begun;
  const gone = new Promise((resolve) => request.once('close', resolve));
  socket.destroy();
  await gone;
  expect((await speak({ method: 'GET', target: '/v1/time' })).status).toBe('HTTP/1.1 200 OK');
  expect(lines.map(({ route }) => route)).toEqual(['/v1/time']);
});

test('a gateway that closes ends idle connections', async () => {
  const closing = await TestGateway.start();
  await closing.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = closing.app.server.address() as { readonly port: number };
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let heard = '';
  socket.on('data', (text) => {
    heard += text;
  });
  const begun = once(closing.app.server, 'request');
  socket.write('GET /v1/time HTTP/1.1\r\nHost: a\r\n\r\n');
  await begun;
  await once(socket, 'data');
  const closed = closing.close();
  await once(socket, 'close');
  await closed;
  expect(heard).toContain('HTTP/1.1 200 OK');
});
