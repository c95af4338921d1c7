import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Command } from '@openvenue/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AgentSecrets } from '../access/agent-secrets.ts';
import { CONFIG, TestGateway } from '../testing/venue.ts';
import type { PageFolders } from './page-folders.ts';

const INDEX = '<!doctype html><title>OpenVenue</title><script type="module" src="/assets/index-1a2b.js"></script>';
const SCRIPT = `window.TradingWidget = {};${' '.repeat(200)}`;

let folder: string;
let pages: PageFolders;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'openvenue-pages-'));
  pages = { terminalFolder: join(folder, 'terminal'), widgetFolder: join(folder, 'widget') };
  mkdirSync(join(folder, 'terminal/assets'), { recursive: true });
  mkdirSync(join(folder, 'widget'));
  const files = {
    'secret.txt': 'not a page',
    'terminal/index.html': INDEX,
    'terminal/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'terminal/assets/index-1a2b.js': 'export {};',
    'terminal/assets/inter-3c4d.woff2': 'font',
    'widget/index.js': SCRIPT,
    'widget/index.js.map': '{}',
    'widget/index.js.gz': gzipSync(SCRIPT),
    'widget/index.js.br': 'as brotli',
  };
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let gateway: TestGateway;
afterEach(() => gateway.close());
const get = (url: string, headers: Readonly<Record<string, string>> = {}, method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
  gateway.app.inject({ method, url, headers });
const ancestorsOf = (reply: { readonly headers: Readonly<Record<string, unknown>> }) =>
  /frame-ancestors ([^;]*)$/.exec(String(reply.headers['content-security-policy']))?.[1];

const UNKNOWN_PATHS = [
  '/nothing',
  '/trade/BTC%2FUSDT',
  '/trade/%00',
  '/trade/%zz',
  '/trade/..',
  '/trade/../index.html',
  '/trade/--',
  '/trade/%3Cscript%3E',
  `/trade/${'A'.repeat(41)}`,
  `/trade/${'A'.repeat(5_000)}`,
  '/trade/BTCUSDT/x',
  '/fr/futures/BTCUSDT',
  '/en/futures/%2e%2e',
  '/en/futures/BTC%0d%0aX-Evil:1',
  '/embed/',
  '/index.html',
  '/assets',
  '/assets/',
  '/assets/nothing.js',
  '/assets/../../secret.txt',
  '/assets/../index.html',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/assets/..\\..\\secret.txt',
  '/assets/%252e%252e/secret.txt',
  '/assets/index-1a2b.js%00.css',
  '/assets//index-1a2b.js',
  '//assets/index-1a2b.js',
  '/sdk/trading-widget/v1/',
  '/sdk/trading-widget/v1/index.js.gz',
  '/sdk/trading-widget/v1/../../../secret.txt',
  '/sdk/trading-widget/v2/index.js',
];

/** Sends a path as it is, which clients that know of URLs would straighten. */
async function rawGet(
  port: number,
  path: string,
): Promise<{ readonly status: number | undefined; readonly body: unknown }> {
  const [response] = (await once(request({ host: '127.0.0.1', port, path }).end(), 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await json(response) };
}

describe('a venue with pages', () => {
  beforeEach(async () => {
    gateway = await TestGateway.start({}, { pages });
  });

  it.each(['/trade/BTCUSDT', '/trade/eth-usdt', '/trade/NOSUCH/', '/agent-entry', '/embed?symbol=BTCUSDT'])(
    'shows the terminal at %s',
    async (url) => {
      const reply = await get(url);
      expect([reply.statusCode, reply.body]).toEqual([200, INDEX]);
      expect(reply.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'permissions-policy': expect.stringContaining('camera=()'),
      });
      expect(reply.headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' wss:\/\/venue\.test; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors /,
      );
    },
  );

  it('lets nobody frame the full page, nor the entry page without a ticket', async () => {
    for (const url of ['/trade/BTCUSDT', '/agent-entry', '/agent-entry?tickets=1']) {
      const reply = await get(url);
      expect(ancestorsOf(reply), url).toBe("'none'");
      expect(reply.headers['x-frame-options'], url).toBe('DENY');
    }
  });

  it.each([
    ['/', '/trade/BTCUSDT'],
    ['/trade', '/trade/BTCUSDT'],
    ['/trade/', '/trade/BTCUSDT'],
    ['/en/futures/btc-usdt', '/trade/BTCUSDT?locale=en'],
    ['/en-US/futures/ETHUSDT?x=1', '/trade/ETHUSDT?locale=en-US'],
    ['/zh-CN/futures/eth_usdt', '/trade/ETHUSDT?locale=zh-CN'],
  ])('leads from %s to %s', async (url, location) => {
    const reply = await get(url, { host: 'evil.example' });
    expect([reply.statusCode, reply.headers['location'], reply.body]).toEqual([302, location, '']);
  });

  it('keeps files with hashed names for good, and asks again for the others', async () => {
    const asset = await get('/assets/index-1a2b.js');
    expect(asset.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    expect((await get('/assets/inter-3c4d.woff2')).headers['content-type']).toBe('font/woff2');
    const icon = await get('/favicon.svg');
    expect(icon.headers).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    expect((await get('/trade/BTCUSDT')).headers['cache-control']).toBe('no-cache');
    expect((await get('/agent-entry?ticket=x')).headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  });

  it('answers 304 to whoever has the page already', async () => {
    const { etag } = (await get('/trade/BTCUSDT')).headers;
    for (const known of [etag, `"other", W/${etag}`, '*']) {
      const reply = await get('/trade/BTCUSDT', { 'if-none-match': String(known) });
      expect([reply.statusCode, reply.body, reply.headers['etag']]).toEqual([304, '', etag]);
    }
    expect((await get('/trade/BTCUSDT', { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  it('is another page to the caches when another may frame it', async () => {
    const { etag } = (await get('/embed')).headers;
    expect((await get('/embed', { 'if-none-match': String(etag) })).statusCode).toBe(304);
    await addAgent('a', ['https://a.example']);
    expect((await get('/embed', { 'if-none-match': String(etag) })).statusCode).toBe(200);
  });

  it('gives the widget to any page, in the form that the browser takes', async () => {
    const path = '/sdk/trading-widget/v1/index.js';
    // An origin that may call the API with credentials gets no other headers than any page.
    const plain = await get(path, { origin: 'https://partner.example' });
    expect([plain.body, plain.headers['content-encoding']]).toEqual([SCRIPT, undefined]);
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
      vary: 'accept-encoding',
    });
    expect(plain.headers['access-control-allow-credentials']).toBeUndefined();
    const forms = { br: 'br, gzip', gzip: 'gzip;q=1.0, br;q=0' };
    const tags = new Set([plain.headers['etag']]);
    for (const [encoding, accepted] of Object.entries(forms)) {
      const reply = await get(path, { 'accept-encoding': accepted });
      expect(reply.headers['content-encoding']).toBe(encoding);
      tags.add(reply.headers['etag']);
    }
    expect(tags.size).toBe(3);
    expect((await get('/sdk/trading-widget/v1/index.js.map')).headers['content-type']).toMatch('application/json');
  });

  it('answers HEAD like GET, without the bytes', async () => {
    const reply = await get('/trade/BTCUSDT', {}, 'HEAD');
    expect([reply.statusCode, reply.body]).toEqual([200, '']);
    expect(reply.headers['content-length']).toBe(String(INDEX.length));
  });

  it('knows nothing of other paths, however they are written', async () => {
    await gateway.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = gateway.app.server.address() as AddressInfo;
    for (const path of UNKNOWN_PATHS) {
      const reply = await rawGet(port, path);
      expect(reply.status, path).toBe(404);
      expect(reply.body, path).toMatchObject({ code: 2002, message: 'Unknown path' });
    }
  });

  it.each(['/', '/trade/BTCUSDT', '/embed', '/assets/index-1a2b.js'])('takes no POST at %s', async (url) => {
    const reply = await get(url, {}, 'POST');
    expect([reply.statusCode, reply.json().code]).toEqual([404, 2002]);
  });

  it('limits pages per address, apart from the API', async () => {
    const statuses = new Map<number, number>();
    for (let n = 0; n < 2_001; n++) {
      const { statusCode } = await get('/favicon.svg');
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 2_000, 429: 1 });
    const refused = await get('/trade/BTCUSDT');
    expect([refused.json().code, refused.headers['retry-after']]).toEqual([5003, '1']);
    expect((await gateway.send({ url: '/v1/time' })).code).toBe(0);
    gateway.clock.ms += 1_000;
    expect((await get('/trade/BTCUSDT')).statusCode).toBe(200);
  });
});

const secrets = new AgentSecrets({ key: CONFIG.keyEncryptionKey, random: randomBytes });
const agentOf = (agentCode: string, origins: readonly string[]) =>
  ({
    type: 'create-agent',
    agentCode,
    publicNumber: String(7_000_000_000 + agentCode.length),
    name: agentCode,
    webhookUrl: '',
    sealedSecrets: [secrets.seal(agentCode, 'a secret')],
    origins,
    depositless: false,
  }) as const;
const addAgent = async (agentCode: string, origins: readonly string[]): Promise<number> =>
  (await gateway.node.accepted(agentOf(agentCode, origins), 'agent')).agentId;

describe('who may frame the embedded terminal', () => {
  beforeEach(async () => {
    gateway = await TestGateway.start({}, { pages });
  });
  const update = async (command: Omit<Extract<Command, { type: 'update-agent' }>, 'type'>) => {
    const { reply } = await gateway.node.submit({ type: 'update-agent', ...command });
    expect(reply.ok).toBe(true);
  };

  it.each(['/embed?channelId=c', '/agent-entry?ticket=x', '/agent-entry?a=1&ticket'])(
    '%s: the origins of all agents, as they are at the moment',
    async (url) => {
      const none = await get(url);
      expect(ancestorsOf(none)).toBe("'none'");
      expect(none.headers['x-frame-options']).toBeUndefined();
      expect(none.headers['referrer-policy']).toBe('no-referrer');
      const agentId = await addAgent('first', ['https://a.example']);
      expect(ancestorsOf(await get(url))).toBe('https://a.example');
      await addAgent('second', ['https://b.example', 'https://a.example']);
      expect(ancestorsOf(await get(url))).toBe('https://a.example https://b.example');
      await update({ agentId, origins: ['https://c.example:8443'] });
      expect(ancestorsOf(await get(url))).toBe('https://c.example:8443 https://b.example https://a.example');
      await update({ agentId, disabled: true });
      const last = await get(url);
      expect(ancestorsOf(last)).toBe('https://b.example https://a.example');
      expect(last.headers['x-frame-options']).toBeUndefined();
    },
  );

  it('is the one that asks, if it is registered, when the list is too long for a header', async () => {
    const origins = (agent: number) => Array.from({ length: 50 }, (_, n) => `https://${'a'.repeat(100)}.${agent}-${n}`);
    await addAgent('first', origins(0));
    expect(ancestorsOf(await get('/embed'))).toBe(origins(0).join(' '));
    await addAgent('second', origins(1));
    const [asking = ''] = origins(1);
    expect(ancestorsOf(await get('/embed', { referer: `${asking}/page?x` }))).toBe(asking);
    for (const headers of [{}, { referer: 'https://evil.example/' }, { referer: 'nonsense' }])
      expect(ancestorsOf(await get('/embed', headers))).toBe("'none'");
  });
});

describe('a venue without built pages', () => {
  it('says so where the terminal would be, and warns', async () => {
    const lines: string[] = [];
    const logger = { level: 'warn', stream: { write: (line: string) => void lines.push(line) } };
    const nowhere = join(folder, 'nowhere');
    gateway = await TestGateway.start({}, { pages: { terminalFolder: nowhere, widgetFolder: nowhere }, logger });
    expect(lines.join()).toContain('the pages are not built');
    for (const url of ['/trade/BTCUSDT', '/embed', '/agent-entry?ticket=x']) {
      const reply = await get(url);
      expect([reply.statusCode, reply.headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
      expect(reply.body).toContain('npm start');
    }
    expect((await get('/')).headers['location']).toBe('/trade/BTCUSDT');
    expect((await get('/sdk/trading-widget/v1/index.js')).statusCode).toBe(404);
  });

  it('has no pages at all when it is told to serve none', async () => {
    gateway = await TestGateway.start();
    for (const url of ['/', '/trade/BTCUSDT', '/embed', '/agent-entry', '/favicon.svg'])
      expect(await gateway.send({ url })).toMatchObject({ status: 404, code: 2002 });
  });
});

it('over plain http nothing is said of TLS, and sockets go without it', async () => {
  let port = 0;
  gateway = await TestGateway.start({ secureCookies: false, publicUrl: () => `http://127.0.0.1:${port}` }, { pages });
  port = 8_123;
  const { headers } = await get('/embed');
  expect(headers['strict-transport-security']).toBeUndefined();
  expect(headers['content-security-policy']).toContain("connect-src 'self' ws://127.0.0.1:8123;");
});
