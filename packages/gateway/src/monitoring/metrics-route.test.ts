import { afterEach, describe, expect, it } from 'vitest';
import { TestGateway } from '../testing/venue.ts';

const TOKEN = 'a-token-of-the-operator';
const SOURCE = { contentType: 'text/plain; version=0.0.4', text: async () => 'openvenue_sequence 7\n' };

let gateway: TestGateway | undefined;
afterEach(() => gateway?.close());
async function read(
  source: Parameters<typeof TestGateway.start>[1],
  from: { readonly remoteAddress?: string; readonly headers?: Readonly<Record<string, string>> },
) {
  gateway = await TestGateway.start({}, source);
  return gateway.app.inject({ method: 'GET', url: '/metrics', ...from });
}

describe('/metrics', () => {
  it('serves a program on this machine', async () => {
    for (const remoteAddress of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1']) {
      const reply = await read({ metrics: SOURCE }, { remoteAddress });
      expect([reply.statusCode, reply.body]).toEqual([200, 'openvenue_sequence 7\n']);
      expect(reply.headers['content-type']).toBe(SOURCE.contentType);
      expect(reply.headers['cache-control']).toBe('no-store');
      await gateway?.close();
      gateway = undefined;
    }
  });

  it.each([
    ['from elsewhere', { remoteAddress: '203.0.113.9' }],
    ['from an address that only looks local', { remoteAddress: '::ffff:203.0.113.9' }],
    ['through a proxy on this machine', { remoteAddress: '127.0.0.1', headers: { 'x-forwarded-for': '203.0.113.9' } }],
    ['through a proxy that tells it another way', { remoteAddress: '127.0.0.1', headers: { forwarded: 'for=x' } }],
  ])('is no path %s', async (_where, from) => {
    const reply = await read({ metrics: SOURCE }, from);
    expect([reply.statusCode, reply.json().code]).toEqual([404, 2002]);
  });

  it('with a token serves whoever has it, and nobody else', async () => {
    const metrics = { ...SOURCE, token: TOKEN };
    const remoteAddress = '203.0.113.9';
    const right = await read({ metrics }, { remoteAddress, headers: { authorization: `Bearer ${TOKEN}` } });
    expect(right.statusCode).toBe(200);
    for (const authorization of ['', 'Bearer', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN]) {
      const wrong = await gateway?.app.inject({
        method: 'GET',
        url: '/metrics',
        remoteAddress: '127.0.0.1',
        headers: { authorization },
      });
      expect(wrong?.statusCode, authorization).toBe(404);
    }
  });

  it('is no path where nothing is measured', async () => {
    expect((await read({}, { remoteAddress: '127.0.0.1' })).statusCode).toBe(404);
  });
});
