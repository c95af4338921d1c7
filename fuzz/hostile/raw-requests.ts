import type { SeededRandom } from '@openvenue/core/testing';
import type { Sendable } from '../wire/pipeline.ts';

/** Bytes that no HTTP library would send, for a connection of their own. */
export interface RawRequest extends Sendable {
  readonly mutation: string;
  /** Where the bytes are parted into packets. */
  readonly cuts: readonly number[];
}

const TARGET = '/v1/private/order/place';
const SMUGGLED = 'POST /v1/public/user/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}';
const post = (...headers: readonly string[]): string =>
  [`POST ${TARGET} HTTP/1.1`, 'Host: 127.0.0.1', 'Content-Type: application/json', ...headers, '', ''].join('\r\n');
const get = (...headers: readonly string[]): string =>
  ['GET /v1/time HTTP/1.1', 'Host: 127.0.0.1', ...headers, '', ''].join('\r\n');
const BIG = 70_000;
const noise = (random: SeededRandom): string =>
  Array.from({ length: random.integer(1, 500) }, () => String.fromCharCode(random.integer(0, 255))).join('');

/** Each by its name; texts are Latin-1, so that each character is a byte. */
const RAW: Readonly<Record<string, (random: SeededRandom) => string>> = {
  'both lengths': () => `${post('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n${SMUGGLED}`,
  'both lengths, turned': () => `${post('Transfer-Encoding: chunked', 'Content-Length: 4')}1\r\nx\r\n0\r\n\r\n`,
  'two lengths': () => `${post('Content-Length: 2', 'Content-Length: 40')}{}${SMUGGLED}`,
  'a list of lengths': () => `${post('Content-Length: 2, 2')}{}`,
  'odd length': (random) =>
    `${post(`Content-Length: ${random.pick(['-1', '+2', '0x2', '2.0', '1e1', '', ' ', '２', '9'.repeat(30), '99999999999'])}`)}{}`,
  'length with a space before its colon': () => `${post('Content-Length : 2')}{}`,
  'body longer than its length': () => `${post('Content-Length: 2')}{}${SMUGGLED}`,
  'body shorter than its length': () => `${post('Content-Length: 100')}{}`,
  'body and no length': () => `${post()}{"symbol":"BTCUSDT"}`,
  'length without a body': (random) => post(`Content-Length: ${random.pick([1, BIG, 10 ** 9])}`),
  'big body': (random) => {
    const length = random.pick([BIG, 10 * BIG]);
    return `${post(`Content-Length: ${length}`)}${'a'.repeat(length)}`;
  },
  'big body in chunks': (random) => {
    const size = random.pick([1_000, BIG]);
    const part = `${size.toString(16)}\r\n${'a'.repeat(size)}\r\n`;
    return `${post('Transfer-Encoding: chunked')}${part.repeat(Math.ceil((2 * BIG) / size))}0\r\n\r\n`;
  },
  'odd coding': (random) =>
    `${post(`Transfer-Encoding: ${random.pick(['xchunked', 'chunked, identity', 'identity', 'gzip, chunked', '\x0bchunked', 'chunked\x00', ''])}`)}0\r\n\r\n`,
  'odd chunk': (random) =>
    `${post('Transfer-Encoding: chunked')}${random.pick(['-1\r\nx', 'g\r\nx', 'ffffffffffffffff\r\nx', '1;a="\r\nx\r\n', '1\nx\n', `1;${'a'.repeat(20_000)}\r\nx\r\n`, ' 1\r\nx\r\n', '1\r\nxyz\r\n'])}0\r\n\r\n`,
  trailers: (random) =>
    `${post('Transfer-Encoding: chunked', 'Trailer: X-API-KEY')}0\r\nX-API-KEY: a\r\n${'X-T: a\r\n'.repeat(random.integer(1, 300))}\r\n`,
  'folded header': () => get('X-A: b', '  c'),
  'NUL in a header': () => get('X-A: b\0c'),
  'bare line ends': () => get('X-A: b').replaceAll('\r\n', '\n'),
  'bare carriage returns': () => get('X-A: b').replaceAll('\r\n', '\r'),
  'header without a colon': () => get('X-A'),
  'header without a name': () => get(': a'),
  'odd header name': (random) => get(`${random.pick(['X A', 'X\x00A', '\xff', '(a)', 'X\tA', '"'])}: a`),
  'no host': () => 'GET /v1/time HTTP/1.1\r\n\r\n',
  'two hosts': () => get('Host: b'),
  'empty host': () => 'GET /v1/time HTTP/1.1\r\nHost:\r\n\r\n',
  'odd host': () => 'GET /v1/time HTTP/1.1\r\nHost: a b@c:d/e?f\r\n\r\n',
  'long header': () => get(`X-A: ${'a'.repeat(20_000)}`),
  'many headers': () => get(...Array.from({ length: 3_000 }, (_, at) => `a${at}:b`)),
  'many equal headers': () => get(...Array.from({ length: 3_000 }, () => 'a:b')),
  'long target': () => `GET /v1/time?${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  'odd version': (random) =>
    `GET /v1/time ${random.pick(['HTTP/0.9', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/3.7', 'HTTP/1.1.1', 'http/1.1', 'HTTP/1.10', 'HTTPS/1.1', 'ICE/1.0', ''])}\r\nHost: a\r\n\r\n`,
  'odd method': (random) =>
    `${random.pick(['get', 'G', 'GETT', 'FOO', '', 'POST\0', 'CONNECT', 'PRI', 'SOURCE', 'M-SEARCH', '\xff'])} /v1/time HTTP/1.1\r\nHost: a\r\n\r\n`,
  'odd target': (random) =>
    `GET ${random.pick(['*', 'http://evil.example/v1/time', 'http://', '//', 'v1/time', '/v1/time /v1/x', '/v1/\0', '/v1/\x7f', '/v1/\t', 'a:80', '?', '#', 'http://[::1', '\\v1\\time', '/\xff\xfe'])} HTTP/1.1\r\nHost: a\r\n\r\n`,
  'other protocol': (random) =>
    random.pick([
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'SSH-2.0-OpenSSH_9.0\r\n',
      '\x00\x00\x00\x00',
      '*1\r\n$4\r\nPING\r\n',
      'HELO a\r\n',
      '\r\n\r\n\r\n\r\n',
      '',
    ]),
  'upgrade to another protocol': (random) =>
    get(
      'Connection: Upgrade, HTTP2-Settings',
      `Upgrade: ${random.pick(['h2c', 'TLS/1.0', 'a, b', ''])}`,
      'HTTP2-Settings: AAMAAABkAAQ',
    ),
  'WebSocket elsewhere': () =>
    get(
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ),
  'broken WebSocket handshake': (random) =>
    [
      `${random.pick(['GET', 'POST'])} ${random.pick(['/ws', '/ws?', '/ws?listenKey=%', '/ws?token=..', '/ws?since=x', '/ws?listenKey=a&listenKey=b', '/ws?__proto__=1', `/ws?token=${'a'.repeat(6_000)}`])} HTTP/1.1`,
      'Host: a',
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Sec-WebSocket-Version: ${random.pick(['13', '12', '', '13, 8', 'x'])}`,
      `Sec-WebSocket-Key: ${random.pick(['x', '', 'A'.repeat(24), '='.repeat(24)])}`,
      `Sec-WebSocket-Extensions: ${random.pick(['permessage-deflate; x="', 'x', ';;', 'permessage-deflate; server_max_window_bits=99'])}`,
      `Sec-WebSocket-Protocol: ${random.pick(['a', 'a,a', '\xff', ','])}`,
      '',
      '',
    ].join('\r\n'),
  'odd expectation': (random) => `${post(`Expect: ${random.pick(['x', '200-ok', ''])}`, 'Content-Length: 2')}{}`,
  'two requests, the second broken': () => `${get()}${noiseLine}`,
  noise: (random) => noise(random),
  'noise after a head': (random) => get() + noise(random),
  'flipped byte': (random) => {
    const text = `${post('Content-Length: 20', 'X-API-KEY: fx_a')}{"symbol":"BTCUSDT"}`;
    const at = random.integer(0, text.length - 1);
    return text.slice(0, at) + String.fromCharCode(random.integer(0, 255)) + text.slice(at + 1);
  },
};

const noiseLine = '\x01\x02 what\r\n\r\n';

export const RAW_KINDS: readonly string[] = Object.keys(RAW);

/** Broken bytes, sent at once or in packets. */
export function rawRequest(random: SeededRandom): RawRequest {
  const mutation = random.pick(RAW_KINDS);
  const bytes = Buffer.from(RAW[mutation]?.(random) ?? '', 'latin1');
  const parts = random.chance(1, 4) ? random.integer(1, 4) : 0;
  const cuts = Array.from({ length: parts }, () => random.integer(0, bytes.length));
  return { method: 'POST', bytes, mutation, cuts };
}
