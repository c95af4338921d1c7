import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestGateway } from '../testing/venue.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await TestGateway.start();
});
afterEach(() => gateway.close());
const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  gateway.app.inject({ method: 'GET', url, headers });

describe('reference', () => {
  it.each(['/openapi.json', '/asyncapi.json'])('serves %s to any origin', async (path) => {
    const reply = await get(path, { origin: 'https://tools.example' });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['access-control-allow-origin']).toBe('*');
    expect(reply.headers['access-control-allow-credentials']).toBeUndefined();
    expect(JSON.parse(reply.body)).toMatchObject({ info: { version: expect.any(String) } });
  });

  it.each(['/docs', '/docs/rest', '/docs/websocket', '/docs/agent', '/docs/errors'])('serves %s', async (path) => {
    const reply = await get(path);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(reply.headers['content-security-policy']).toMatch(/default-src 'none'; style-src 'self'/);
    expect(reply.body).toContain('<link rel="stylesheet" href="/docs/style.css">');
  });

  it('compresses, and sends nothing that the client has', async () => {
    const plain = await get('/openapi.json');
    const compressed = await get('/openapi.json', { 'accept-encoding': 'br' });
    expect(brotliDecompressSync(compressed.rawPayload).toString()).toBe(plain.body);
    const again = await get('/openapi.json', { 'if-none-match': String(plain.headers['etag']) });
    expect(again.statusCode).toBe(304);
  });

  it('answers other paths beside them as the API does', async () => {
    for (const path of ['/docs/', '/docs/x', '/docs/../etc/passwd', '/openapi.yaml'])
      expect((await get(path)).statusCode).toBe(404);
  });
});
