import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AGENT_CODE, API_SECRET } from '../testing/books.ts';
import { type Browser, Scene } from '../testing/site.ts';

let scene: Scene;
let browser: Browser;
beforeAll(async () => {
  scene = await Scene.start();
  browser = await scene.browser().signIn();
});
afterEach(() => {
  scene.venue.clearFaults();
  scene.venue.setAgentDisabled(AGENT_CODE, false);
});
afterAll(() => scene.close());

const askToken = () =>
  browser.post('/api/trading/embed-token', { channelId: 'tw_1', symbol: 'BTCUSDT', reason: 'initial' });

describe('the widget', () => {
  it('gets a token for its channel and nothing else', async () => {
    const { status, body } = await askToken();
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['embedToken', 'expireAt']);
    const call = scene.venue.requests.findLast(({ path }) => path === '/v1/agent/create-embed-token');
    expect(call?.body).toMatchObject({
      agentUserId: scene.site.users.byName('carol')?.userId,
      channelId: 'tw_1',
      symbol: 'BTCUSDT',
    });
  });

  it('gets an entry URL that leads back here', async () => {
    const { status, body } = await browser.post('/api/trading-entry', { redirectPath: '/trade/ETHUSDT' });
    expect([status, Object.keys(body)]).toEqual([200, ['webUrl']]);
    const call = scene.venue.requests.findLast(({ path }) => path === '/v1/agent/create-entry-url');
    expect(call?.body).toMatchObject({ redirectPath: '/trade/ETHUSDT', returnUrl: `${scene.site.url}/` });
  });

  it.each([
    ['/api/trading/embed-token', {}],
    ['/api/trading/embed-token', { channelId: 'x'.repeat(129) }],
    ['/api/trading/embed-token', { channelId: 'x', symbol: 5 }],
    ['/api/trading-entry', { redirectPath: '//evil.example' }],
    ['/api/trading-entry', { redirectPath: '/\\evil.example' }],
    ['/api/trading-entry', { redirectPath: 'https://evil.example' }],
  ])('is refused by %s with %j', async (path, body) => {
    expect(await browser.post(path, body)).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } });
  });

  it.each([
    [6009, 403, 'trading_not_allowed'],
    [6002, 502, 'venue_refused'],
    [6905, 503, 'venue_unavailable'],
  ])('is told in words when the venue says %i', async (code, status, name) => {
    scene.venue.inject({ kind: 'refuse', path: '/v1/agent/create-embed-token', code, message: 'no', times: 9 });
    expect(await askToken()).toMatchObject({ status, body: { error: { code: name } } });
  });

  it('is told when the venue does not answer', async () => {
    scene.venue.inject({ kind: 'status', status: 502, when: 'before', times: 9 });
    expect(await askToken()).toMatchObject({ status: 503, body: { error: { code: 'venue_unavailable' } } });
  });
});

describe('the page', () => {
  it('may run its own code and the widget, and show the venue, and nothing else', async () => {
    const response = await fetch(`${scene.site.url}/`);
    const html = await response.text();
    expect(html).toContain(`<script src="${scene.venue.baseUrl}/sdk/trading-widget/v1/index.js" defer></script>`);
    expect(html).not.toMatch(/\{\{|<style|style=|onclick|<script>/);
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self' ${scene.venue.baseUrl}; style-src 'self'; img-src 'self'; ` +
        `connect-src 'self'; frame-src ${scene.venue.baseUrl}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
  });

  it('has all the files that it names, and none of them knows the secret', async () => {
    const html = await (await fetch(`${scene.site.url}/`)).text();
    const named = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path = '']) => path);
    const imported = ['/account.js', '/ask.js', '/texts.js', '/trading.js'];
    expect(new Set(named)).toEqual(new Set(['/icon.svg', '/site.css', '/site.js']));
    for (const path of [...named, ...imported]) {
      const response = await fetch(`${scene.site.url}${path}`);
      expect([path, response.status, response.headers.get('x-content-type-options')]).toEqual([path, 200, 'nosniff']);
      expect(await response.text()).not.toContain(API_SECRET);
    }
  });

  it.each(['/../package.json', '/src/main.ts', '/partner.db', '/api/nothing'])('has no %s', async (path) =>
    expect((await browser.get(path)).status).toBe(404),
  );
});
