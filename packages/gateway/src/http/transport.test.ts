import { once } from 'node:events';
import { connect } from 'node:net';
import { routes } from '@openvenue/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestGateway } from '../testing/venue.ts';

let gateway: TestGateway;
let accessToken: string;
beforeAll(async () => {
  const wide = { perSecond: 100_000, burst: 100_000 };
  gateway = await TestGateway.start({
    rateLimits: {
      public: wide,
      private: wide,
      order: wide,
      cancel: wide,
      login: wide,
      loginName: wide,
      authentication: wide,
    },
  });
  ({ accessToken } = await gateway.trader());
  await gateway.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => gateway.close());

const login = '/v1/public/user/login';

describe('envelope', () => {
  test('of a success and of a failure', async () => {
    const time = await gateway.app.inject({ url: '/v1/time', headers: { 'x-request-id': 'req-7f3a' } });
    expect(time.json()).toEqual({
      code: 0,
      message: 'success',
      data: {
        timestamp: 1_772_007_815,
        timestampMs: 1_772_007_815_000,
        iso: '2026-02-25T08:23:35.000Z',
        timezone: 'UTC',
      },
      requestId: 'req-7f3a',
    });
    expect(time.headers['x-request-id']).toBe('req-7f3a');
    expect(time.headers['content-type']).toBe('application/json; charset=utf-8');
    const none = await gateway.app.inject({
      url: '/v1/private/user/info',
      headers: { 'x-request-id': 'a'.repeat(129) },
    });
    expect(none.json()).toEqual({
      code: 1001,
      message: 'No valid authentication information',
      requestId: expect.stringMatching(/^req-[0-9a-f]{24}$/),
    });
    expect(none.headers['x-request-id']).toBe(none.json().requestId);
  });

  test('carries what keeps browsers away', async () => {
    const { headers } = await gateway.send({ url: '/v1/time' });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
  });
});

describe('cross origin', () => {
  test('a listed origin may call with credentials, another may not', async () => {
    const listed = await gateway.send({ url: '/v1/time', headers: { origin: 'https://partner.example' } });
    expect(listed.headers).toMatchObject({
      'access-control-allow-origin': 'https://partner.example',
      'access-control-allow-credentials': 'true',
    });
    for (const origin of ['https://partner.example.evil', 'http://partner.example', 'null']) {
      const reply = await gateway.send({ url: '/v1/time', headers: { origin } });
      expect(reply.headers['access-control-allow-origin'], origin).toBeUndefined();
    }
  });

  test('a preflight is answered', async () => {
    const headers = { origin: 'https://partner.example', 'access-control-request-method': 'DELETE' };
    const response = await gateway.app.inject({ method: 'OPTIONS', url: login, headers });
    expect(response.statusCode).toBe(204);
    expect(response.headers['access-control-allow-methods']).toContain('DELETE');
  });
});

describe('body', () => {
  const send = (contentType: string | undefined, payload: string | Buffer) =>
    gateway.app.inject({
      method: 'POST',
      url: login,
      payload,
      headers: contentType === undefined ? {} : { 'content-type': contentType },
    });

  test.each([
    undefined,
    'text/plain',
    'application/json',
    'multipart/form-data',
    ';;;',
    'application/x-www-form-urlencoded',
  ])('that is empty is an empty object with the type %j', async (contentType) => {
    expect((await send(contentType, '')).json()).toMatchObject({ code: 2001, details: { field: 'username' } });
  });

  test.each([
    ['text/plain', '{}', 415],
    [';;;', '{}', 415],
    ['application/x-www-form-urlencoded', 'a=1', 415],
    ['application/jsonp', '{}', 415],
    ['application/json', '{', 400],
    ['application/json', 'nonsense', 400],
    ['application/json', '{"a":1,"a":2}', 400],
    ['application/json', '{"__proto__":{}}', 400],
    ['application/json', '['.repeat(30_000), 400],
    ['application/json', `${'['.repeat(17)}${']'.repeat(17)}`, 400],
    ['application/json', 'x'.repeat(65_537), 413],
  ])('%s %#: %s', async (contentType, payload, status) => {
    const response = await send(contentType, payload);
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ code: 2002 });
    expect(response.json().data).toBeUndefined();
  });

  test('that is too large or has another type is told what to be', async () => {
    expect((await send('application/json', 'x'.repeat(65_537))).json().details).toEqual({
      field: 'body',
      rule: 'at most 65536 bytes',
    });
    const details = { field: 'Content-Type', rule: 'application/json' };
    expect((await send('text/plain', '{}')).json().details).toEqual({ ...details, value: 'text/plain' });
    expect((await send(undefined, '{}')).json().details).toEqual(details);
  });

  test('that is no UTF-8 is 400', async () => {
    expect((await send('application/json', Buffer.from([0x22, 0xff, 0x22]))).statusCode).toBe(400);
  });

  test('of JSON that is no object is refused', async () => {
    for (const payload of ['[]', 'null', '1', '"a"']) {
      expect((await send('application/json; charset=utf-8', payload)).json(), payload).toMatchObject({ code: 2002 });
    }
  });

  test('of 64 KiB is read', async () => {
    const payload = JSON.stringify({ username: 'user-1', x: '' });
    const padded = payload.replace('""', `"${'x'.repeat(65_536 - payload.length)}"`);
    expect((await send('application/json', padded)).json()).toMatchObject({
      code: 2001,
      details: { field: 'password' },
    });
  });

  test('of DELETE is read', async () => {
    const body = { listenKey: 'x' };
    const reply = await gateway.call({ accessToken }, { method: 'DELETE', url: '/v1/private/user/listen-key', body });
    expect(reply).toMatchObject({ code: 2002, details: { field: 'listenKey' } });
  });
});

describe('path', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/v1/nothing'],
    ['GET', '/v1/time/'],
    ['GET', '/V1/time'],
    ['POST', '/v1/time'],
    ['GET', login],
    ['GET', '/v1/%zz'],
    ['GET', '/%00'],
    ['GET', '/v1/time%2f..'],
    ['GET', `/${'a'.repeat(5_000)}`],
  ] as const)('%s %s is unknown', async (method, url) => {
    expect(await gateway.send({ method, url })).toMatchObject({ status: 404, code: 2002, message: 'Unknown path' });
  });

  test.each([
    ['POST', '/v1/time?x=1', 'GET'],
    ['GET', login, 'POST'],
    ['PUT', '/v1/private/user/favorite-symbols', 'GET or POST'],
    ['GET', '/v1/private/user/listen-key', 'DELETE or POST or PUT'],
  ] as const)('%s %s names the methods of the path', async (method, url, rule) => {
    const reply = await gateway.send({ method, url });
    expect(reply).toMatchObject({ status: 404, code: 2002, details: { field: 'method', value: method, rule } });
  });

  test('nothing is said of a path that there is not', async () => {
    expect((await gateway.send({ url: '/v1/nothing' })).details).toEqual({});
  });

  test('a plain request of the WebSocket is told what a proxy has lost', async () => {
    expect(await gateway.send({ url: '/ws?token=secret' })).toMatchObject({
      status: 404,
      code: 2002,
      details: { field: 'Upgrade', rule: 'websocket' },
    });
  });

  test.each(['/healthz', '/readyz'])('HEAD %s answers as GET does, as load balancers ask', async (url) => {
    const { statusCode, payload } = await gateway.app.inject({ method: 'HEAD', url });
    expect([statusCode, payload]).toEqual([200, '']);
  });

  test('health and readiness', async () => {
    expect((await gateway.app.inject('/healthz')).statusCode).toBe(200);
    expect((await gateway.app.inject('/readyz')).json()).toEqual({ status: 'ready' });
    const starting = await TestGateway.start({}, { isReady: () => false });
    expect((await starting.app.inject('/readyz')).statusCode).toBe(503);
    await starting.close();
  });
});

describe('hostile input never fails the venue:', () => {
  const queries = [
    'symbol=%zz',
    'symbol=a&symbol=b',
    '__proto__=1&constructor=2',
    'symbol=%00',
    '&&&=&=',
    'limit=1e9',
    'limit=-1',
    'symbol[]=1',
  ];
  const bodies = [
    '{"symbol":{"a":1}}',
    '{"symbol":"\\u0000","orderId":"1e5"}',
    '{"orders":"x"}',
    '{"orders":[null,1,"a",[],{}]}',
    '{"quantity":1e400}',
    '{"id":"9999999999999999999"}',
    '{"username":"\\ud800\\ud800\\ud800","password":"\\ud800"}',
  ];
  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', async (_name, route) => {
    for (const query of queries) {
      const reply = await gateway.call({ accessToken }, { method: route.method, url: `${route.path}?${query}` });
      if (reply.code === 1004) ({ accessToken } = await gateway.trader());
      expect(reply.status, query).toBeLessThan(500);
    }
    if (route.method === 'GET') return;
    for (const body of bodies) {
      const reply = await gateway.call({ accessToken }, { method: route.method, url: route.path, body });
      if (reply.code === 1004) ({ accessToken } = await gateway.trader());
      expect(reply.status, body).toBeLessThan(500);
    }
  });
});

describe('bytes that are no request are refused on the socket:', () => {
  const speak = async (bytes: string) => {
    const address = gateway.app.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    const socket = connect(address.port, '127.0.0.1');
    socket.setEncoding('latin1').write(bytes);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    await once(socket, 'close');
    return answer;
  };

  test.each([
    ['nonsense\r\n\r\n', 400],
    ['GET /v1/time HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n', 400],
    [`GET /v1/time HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%#', async (bytes, status) => {
    const answer = await speak(bytes);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 2002 });
  });

  test('after the requests before them are answered, each in its turn', async () => {
    const request = `POST ${login} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nX-Request-ID: first\r\n`;
    const body = '{"username":"nobody","password":"wrong"}';
    const answer = await speak(`${request}Content-Length: ${body.length}\r\n\r\n${body}nonsense\r\n\r\n`);
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 400']);
    expect(answer).toMatch(/^HTTP\/1\.1 401 [^{]*\{"code":1003,[^{]*"requestId":"first"\}HTTP\/1\.1 400 /);
  });

  test('also where they are the body of a request', async () => {
    const answer = await speak(
      `POST ${login} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^{]*\{"code":2002,/);
  });

  test('a request that names no host is refused, one of HTTP/1.0 need not name any', async () => {
    const answer = await speak('GET /v1/time HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^{]*\{"code":2002,"message":"Bad Request",/);
    expect(await speak('GET /v1/time HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('a method that no path takes is an unknown path, whatever the framework wants of its body', async () => {
    const answer = await speak('QUERY /v1/time HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 404 [^{]*\{"code":2002,"message":"Unknown path",/);
  });

  test('an expectation that is not known is passed over', async () => {
    const answer = await speak('GET /v1/time HTTP/1.1\r\nHost: a\r\nExpect: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('an offer of another protocol is passed over, beside a WebSocket too', async () => {
    const upgraded = () => undefined;
    gateway.app.server.on('upgrade', upgraded);
    const answer = await speak(
      'GET /v1/time HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n',
    );
    gateway.app.server.off('upgrade', upgraded);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});
