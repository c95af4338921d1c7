import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from './post.ts';

const received: { headers: IncomingHttpHeaders; body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on('end', () => {
    received.push({ headers: request.headers, body });
    if (request.url === '/moved') response.writeHead(302, { location: '/ok' }).end();
    else if (request.url === '/broken') response.writeHead(500).end();
    else if (request.url !== '/silent') response.writeHead(204).end();
  });
});
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const message = (path: string) => ({ url: `${base}${path}`, headers: { 'x-agent-nonce': 'n' }, body: '{"a":"é"}' });

describe('a delivery', () => {
  it('carries headers and the exact body; 2xx is success', async () => {
    expect(await post(message('/ok'), { allowPrivateAddresses: true })).toEqual({ ok: true, status: 204 });
    expect(received.at(-1)).toMatchObject({
      body: '{"a":"é"}',
      headers: { 'x-agent-nonce': 'n', 'content-type': 'application/json' },
    });
  });
  it('does not follow redirects, and takes nothing but 2xx for success', async () => {
    expect(await post(message('/moved'), { allowPrivateAddresses: true })).toEqual({
      ok: false,
      reason: 'answered 302',
    });
    expect(await post(message('/broken'), { allowPrivateAddresses: true })).toEqual({
      ok: false,
      reason: 'answered 500',
    });
  });
  it('ends after its time', async () => {
    expect(await post(message('/silent'), { allowPrivateAddresses: true, timeoutMs: 100 })).toEqual({
      ok: false,
      reason: 'no reply within 100 ms',
    });
    const never = { resolve: () => new Promise<never>(() => undefined), timeoutMs: 50 };
    expect(await post({ ...message('/ok'), url: 'http://slow.example/' }, never)).toMatchObject({
      reason: 'no reply within 50 ms',
    });
  });
  it('goes to no private address, by number or by name, and nothing is sent', async () => {
    const before = received.length;
    expect(await post(message('/ok'))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('not a public one'),
    });
    const { port } = new URL(base);
    const resolve = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await post({ ...message('/'), url: `http://rebind.example:${port}/` }, { resolve })).toMatchObject({
      reason: expect.stringContaining('127.0.0.1'),
    });
    expect(received).toHaveLength(before);
  });
  it('connects to the address that was looked up, once', async () => {
    let lookups = 0;
    const resolve = async () => {
      lookups++;
      return [{ address: '127.0.0.1', family: 4 }];
    };
    const { port } = new URL(base);
    expect(
      await post(
        { ...message('/'), url: `http://receiver.example:${port}/ok` },
        { resolve, allowPrivateAddresses: true },
      ),
    ).toMatchObject({ ok: true });
    expect(lookups).toBe(1);
    expect(received.at(-1)?.headers.host).toBe(`receiver.example:${port}`);
  });
  it('speaks http and https only', async () => {
    expect(await post({ ...message('/'), url: 'ftp://example.com/' })).toMatchObject({ ok: false });
  });
});
