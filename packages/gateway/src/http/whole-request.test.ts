import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HEAD_MAX_BYTES, readWholeRequest } from './whole-request.ts';

const read = (text: string) => readWholeRequest(Buffer.from(text, 'latin1'));
const GET = 'GET /a?b=c HTTP/1.1\r\n';
const POST = 'POST /a HTTP/1.1\r\n';

test('a request without a body', () => {
  const headers = { host: 'h', 'x-a': 'b: c' };
  expect(read(`${GET}Host: h\r\nX-A:b: c\r\n\r\n`)).toEqual({ method: 'GET', target: '/a?b=c', headers });
});

test('a request with its body, whatever is in it', () => {
  const request = `${POST}Host: h\r\nContent-Length: 6\r\nConnection: Keep-Alive\r\n\r\n`;
  expect(read(`${request}ab\r\n\r\n`)?.headers['content-length']).toBe('6');
});

test.each([
  ['nothing', ''],
  ['half a head', `${GET}Host: h\r\n`],
  ['a head and half a body', `${POST}Host: h\r\nContent-Length: 2\r\n\r\n1`],
  ['more than one', `${GET}Host: h\r\n\r\n${GET}Host: h\r\n\r\n`],
  ['a body without its length', `${POST}Host: h\r\n\r\n12`],
  ['no host', `${GET}\r\n`],
  ['an empty host', `${GET}Host: \r\n\r\n`],
  ['another version', 'GET /a HTTP/1.0\r\nHost: h\r\n\r\n'],
  ['another protocol in its place', `${GET}Host: h\r\nUpgrade: websocket\r\n\r\n`],
  ['a whole address', 'GET http://h/a HTTP/1.1\r\nHost: h\r\n\r\n'],
  ['a blank in its target', 'GET /a b HTTP/1.1\r\nHost: h\r\n\r\n'],
  ['an empty line before it', `\r\n${GET}Host: h\r\n\r\n`],
  ['a line that ends otherwise', `${GET}Host: h\nX-A: b\r\n\r\n`],
  ['a folded line', `${GET}Host: h\r\nX-A: b\r\n c\r\n\r\n`],
  ['a blank before the colon', `${GET}Host : h\r\n\r\n`],
  ['a line without a colon', `${GET}Host: h\r\nX-A\r\n\r\n`],
  ['a tab', `${GET}Host: h\r\nX-A: b\tc\r\n\r\n`],
  ['a byte above ASCII', `${GET}Host: h\r\nX-A: \xe9\r\n\r\n`],
  ['a header twice', `${GET}Host: h\r\nHOST: g\r\n\r\n`],
  ['two lengths', `${POST}Host: h\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n`],
  ['a length that is no number', `${POST}Host: h\r\nContent-Length: +0\r\n\r\n`],
  ['chunks', `${POST}Host: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['chunks and a length', `${POST}Host: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`],
  ['an expectation', `${POST}Host: h\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n`],
  ['an end of the connection', `${GET}Host: h\r\nConnection: close\r\n\r\n`],
  ['a head that is too long', `${GET}Host: h\r\nX-A: ${'a'.repeat(HEAD_MAX_BYTES)}\r\n\r\n`],
])('%s is left to the parser', (_name, text) => {
  expect(read(text)).toBeUndefined();
});

test('where it reads a request, the parser of HTTP reads the same one and awaits the next', async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    request.resume().once('end', () => response.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const piece = fc.constantFrom(
    ...'Host: h|X-A: b|X-B:c d|Content-Length: 3|Content-Length: 03|X_A: b|: b|X-A :b'.split('|'),
  );
  const end = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r\n ', '\r');
  const lines = fc.array(fc.tuple(piece, end), { maxLength: 4 });
  const request = fc.tuple(fc.constantFrom(GET, POST), lines, fc.constantFrom('', 'abc', 'ab', '\r\n\r\n'));
  try {
    await fc.assert(
      fc.asyncProperty(request, async ([first, rest, body]) => {
        const text = `${first}Host: h\r\n${rest.flat().join('')}\r\n${body}`.replace('Host: h\r\nHost: h', 'Host: h');
        const whole = read(text);
        fc.pre(whole !== undefined);
        seen.length = 0;
        const socket = connect(port, '127.0.0.1');
        socket.end(`${text}GET /next HTTP/1.1\r\nHost: h\r\n\r\n`);
        socket.resume();
        await once(socket, 'close');
        const { method, target, headers } = whole;
        expect(seen).toEqual([`${method} ${target} ${JSON.stringify(headers)}`, 'GET /next {"host":"h"}']);
      }),
      { numRuns: 100 },
    );
  } finally {
    server.close();
  }
});
