/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../testing/api.ts';
import { type PageServer, servePage } from './testing/page-server.ts';
import { CAROL, signInByCall } from './testing/partner-site.ts';
import { Stage } from './testing/stage.ts';
import { TERMINAL_WORDS } from './testing/terminal-words.ts';
import { MADE_UP_PAGES } from './testing/watched-context.ts';
import { WidgetPage } from './testing/widget-page.ts';

/** A customer of the agent whose sign-on is attacked without the partner's site. */
const VICTIM = 'victim-1';
const PATIENTLY = { timeout: 10_000 };
const REFUSED_EXCHANGE = [/401 \(Unauthorized\)/];

let stage: Stage;
let hostile: PageServer;
beforeAll(async () => {
  [stage, hostile] = await Promise.all([Stage.start(), servePage(HOSTILE)]);
  await stage.agent.call('bind', { agentUserId: VICTIM });
});
afterAll(async () => {
  await hostile?.close();
  await stage?.stop();
});

async function openBench(options: { html?: string; expectedErrors?: readonly RegExp[] } = {}): Promise<WidgetPage> {
  const { html, expectedErrors = [] } = options;
  const context = await stage.openContext({ ...MADE_UP_PAGES, expectedErrors });
  const { partnerUrl, venueUrl } = stage;
  const bench = await WidgetPage.open(context, { partnerUrl, venueUrl, ...(html === undefined ? {} : { html }) });
  await signInByCall(bench.page, CAROL);
  return bench;
}

async function embedToken(channelId: string): Promise<{ embedToken: string; expireAt: number }> {
  const reply = await stage.agent.call('create-embed-token', { agentUserId: VICTIM, channelId });
  expect(reply.code).toBe(0);
  return { embedToken: reply.embedToken, expireAt: reply.expireAt };
}

const embedUrl = (channelId: string): string =>
  `${stage.venueUrl}/embed?symbol=BTCUSDT&channelId=${channelId}&auth=partner-token&locale=en`;

describe('a page of an origin that no agent has registered', () => {
  it('cannot frame the terminal, nor the page of a ticket', async () => {
    const context = await stage.openContext({ expectedErrors: [/frame-ancestors/, /ERR_BLOCKED_BY_RESPONSE/] });
    const { webUrl } = await stage.agent.call('create-entry-url', { agentUserId: VICTIM });
    for (const url of [embedUrl('tw_1'), webUrl as string, `${stage.venueUrl}/trade/BTCUSDT`]) {
      const page = await context.newPage();
      const refusal = page.waitForEvent('console', (message) => /frame-ancestors|X-Frame-Options/.test(message.text()));
      await page.goto(hostile.origin);
      await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), url);
      await refusal;
      await expect.poll(() => page.frames()[1]?.url(), PATIENTLY).toBe('chrome-error://chromewebdata/');
    }
  });

  it('gets no answer from a terminal that it has opened in a window of its own', async () => {
    const context = await stage.openContext();
    const page = await context.newPage();
    await page.goto(hostile.origin);
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((url) => {
        window.opened = window.open(url);
      }, embedUrl('tw_1')),
    ]);
    await popup.getByRole('main').waitFor();
    await page.evaluate(
      ([origin]) => {
        for (const message of window.forgeries('tw_1')) window.opened?.postMessage(message, origin);
      },
      [stage.venueUrl] as const,
    );
    await settled(popup);
    await settled(page);
    expect(await page.evaluate(() => window.received)).toEqual([]);
    await expect.poll(() => popup.getByRole('main').isVisible(), PATIENTLY).toBe(true);
  });
});

describe('a frame of another origin beside the terminal', () => {
  it('moves neither the page nor the terminal by forged messages', async () => {
    const bench = await openBench({ html: `<iframe id="hostile" src="${hostile.origin}"></iframe>` });
    await bench.loadScript();
    await bench.create('first');
    await bench.whenReady('first');
    const before = await bench.heard('first');
    const channelId = String((await bench.hears('first', 'ready')).payload['channelId']);
    const frame = bench.page.frames().find((each) => each.url().startsWith(hostile.origin));
    const sent = await frame?.evaluate((channel) => {
      let count = 0;
      const others = [
        window.parent,
        ...Array.from({ length: window.parent.frames.length }, (_, n) => window.parent[n]),
      ];
      for (const target of others) {
        for (const message of window.forgeries(channel)) {
          const { port1 } = new MessageChannel();
          target?.postMessage(message, '*', [port1]);
          count += 1;
        }
      }
      return count;
    }, channelId);
    expect(sent).toBeGreaterThan(20);
    for (const each of bench.page.frames()) await each.evaluate(() => new Promise((resolve) => setTimeout(resolve)));

    // What the page says after all that is heard after all that.
    await bench.page.evaluate(() => window.bench.widgets.first?.setSymbol('ETHUSDT'));
    const told = await bench.hears('first', 'symbol_changed');
    expect(told.payload).toEqual({ symbol: 'ETHUSDT' });
    expect(await bench.heard('first')).toEqual([...before, told]);
    expect(await bench.given()).toHaveLength(1);
    expect(await frame?.evaluate(() => window.received)).toEqual([]);
    await bench.terminal('first').readyToTrade();
  });
});

describe('an embed token', () => {
  it('that was stolen from another channel signs nobody in, and is burnt', async () => {
    const bench = await openBench({ expectedErrors: REFUSED_EXCHANGE });
    await bench.loadScript();
    const stolen = await embedToken('tw_of-somebody-else');
    await bench.plant(stolen);
    await bench.create('first');
    expect((await bench.hears('first', 'error')).payload['code']).toBe('auth_exchange_failed');
    const late = await call(stage.venueUrl, {
      path: '/v1/public/agent-sso/exchange-embed-token',
      body: { embedToken: stolen.embedToken, channelId: 'tw_of-somebody-else' },
    });
    expect(late.code).toBe(1003);
  });

  it('works once', async () => {
    const bench = await openBench({ expectedErrors: REFUSED_EXCHANGE });
    await bench.loadScript();
    await bench.create('first');
    await bench.whenReady('first');
    const [used] = await bench.given();
    await bench.plant(used);
    await bench.page.evaluate(() => window.bench.widgets.first?.refreshAuth());
    expect((await bench.hears('first', 'error')).payload['code']).toBe('auth_exchange_failed');
    await bench.plant(undefined);
    await bench.page.evaluate(async () => {
      window.bench.widgets.first?.refreshAuth();
      await window.bench.widgets.first?.whenReady();
    });
    await bench.terminal('first').readyToTrade();
  });

  it('is, like the access token, in no address, referrer, cookie or storage', async () => {
    const bench = await openBench();
    const { page } = bench;
    const addresses: string[] = [];
    const bearers = new Set<string>();
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    page.on('request', (request) => {
      const { authorization, referer } = request.headers();
      addresses.push(request.url(), referer ?? '');
      if (authorization !== undefined) bearers.add(authorization.replace(/^Bearer /, ''));
    });
    await bench.loadScript();
    await bench.create('first');
    await bench.whenReady('first');
    await bench.terminal('first').readyToTrade();
    const tokens = [...(await bench.given()).map((each) => each.embedToken), ...bearers];
    expect(tokens).toHaveLength(2);

    const frame = page.frames().find((each) => each.url().startsWith(stage.venueUrl));
    const kept = await frame?.evaluate(async () => [
      location.href,
      document.referrer,
      document.cookie,
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      JSON.stringify(await indexedDB.databases()),
      JSON.stringify(await (globalThis.caches?.keys() ?? [])),
      ...performance.getEntriesByType('resource').map(({ name }) => name),
    ]);
    const cookies = (await page.context().cookies(stage.venueUrl)).map(({ value }) => value);
    const places = [...addresses, ...(kept ?? []), ...cookies].join('\n');
    expect(places).toContain('/embed?');
    for (const token of tokens) expect(places).not.toContain(token);
    // A browser can send no header with a socket, so the contract has the access token there; it is in no history and no referrer.
    const [embedToken = ''] = tokens;
    expect(sockets.length).toBeGreaterThan(0);
    expect(sockets.join('\n')).not.toContain(embedToken);
  });
});

describe('an entry URL', () => {
  it.each([
    { redirectPath: '//evil.example/' },
    { redirectPath: '/\\evil.example' },
    { redirectPath: 'https://evil.example/' },
    { returnUrl: 'javascript:alert(1)' },
    { returnUrl: '//evil.example/' },
    { returnUrl: 'https://user@evil.example/' },
  ])('that leads to %j is not made', async (fields) => {
    expect(await stage.agent.call('create-entry-url', { agentUserId: VICTIM, ...fields })).toMatchObject({
      code: 102002,
    });
  });

  it('works once, leaves no ticket behind, and says why it does not the second time', async () => {
    const context = await stage.openContext({ expectedErrors: REFUSED_EXCHANGE });
    const returnUrl = `${stage.partnerUrl}/`;
    const asked = { agentUserId: VICTIM, redirectPath: '/trade/ETHUSDT', returnUrl };
    const { webUrl } = await stage.agent.call('create-entry-url', asked);
    const words = TERMINAL_WORDS.en;
    const first = await context.newPage();
    await first.goto(webUrl);
    await expect.poll(() => first.url(), PATIENTLY).toBe(`${stage.venueUrl}/trade/ETHUSDT`);
    expect(await first.getByRole('link', { name: words.back }).getAttribute('href')).toBe(returnUrl);
    expect(await first.getByRole('button', { name: words.signIn, exact: true }).count()).toBe(0);

    const thief = await (await stage.openContext({ expectedErrors: REFUSED_EXCHANGE })).newPage();
    await thief.goto(webUrl);
    await thief.getByText(words.entryRefused).waitFor();
    expect(thief.url()).not.toContain('ticket');
  });
});

describe('the script', () => {
  it('adds one global, and keeps two widgets of a page apart', async () => {
    const bench = await openBench();
    expect(await bench.loadScript()).toEqual(['TradingWidget']);
    await bench.create('first');
    await bench.create('second', { symbol: 'ETHUSDT' });
    await Promise.all([bench.whenReady('first'), bench.whenReady('second')]);
    const ids = await Promise.all(
      (['first', 'second'] as const).map(async (name) => (await bench.hears(name, 'ready')).payload),
    );
    expect(ids.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect(ids[0]?.['channelId']).not.toBe(ids[1]?.['channelId']);
    await bench.page.evaluate(() => window.bench.widgets.second?.setSymbol('SOLUSDT'));
    await bench.hears('second', 'symbol_changed');
    expect((await bench.heard('first')).map(({ event }) => event)).not.toContain('symbol_changed');
    await bench.page.evaluate(() => window.bench.widgets.first?.destroy());
    await bench.terminal('second').readyToTrade();
  });

  it('leaves nothing of a widget that was destroyed', async () => {
    const bench = await openBench({ html: `<script>${COUNT_WHAT_IS_HELD}</script>` });
    await bench.loadScript();
    const before = await bench.page.evaluate(() => [window.held(), document.documentElement.outerHTML] as const);
    await bench.create('first');
    await bench.whenReady('first');
    expect(await bench.page.evaluate(() => window.held())).not.toEqual(before[0]);
    await bench.page.evaluate(() => window.bench.widgets.first?.destroy());
    const after = await bench.page.evaluate(() => [window.held(), document.documentElement.outerHTML] as const);
    expect(after).toEqual(before);
    expect((await bench.heard('first')).filter(({ event }) => event === 'destroyed')).toHaveLength(1);
    await expect.poll(() => bench.page.frames().length, PATIENTLY).toBe(1);
  });
});

/** Everything that was posted to the page before has been handled. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
}

declare global {
  interface Window {
    opened: Window | null;
    /** Messages that others sent to the hostile page. */
    received: unknown[];
    /** What an end of the bridge would say, with all that there is to know of it. */
    forgeries(channelId: string): object[];
    held(): Readonly<Record<string, number>>;
  }
}

const HOSTILE = `<!doctype html>
<html lang="en">
  <title>Hostile</title>
  <body></body>
  <script>
    window.received = [];
    window.addEventListener('message', ({ origin, data }) => {
      if (origin !== location.origin) window.received.push(data);
    });
    window.forgeries = (channelId) => {
      const messages = [
        ['connect', { nonce: 'forged' }],
        ['accept', { nonce: 'forged' }],
        ['refuse', { nonce: 'forged' }],
        ['auth_request', { reason: 'expired' }],
        ['auth_state', { state: 'failed' }],
        ['auth_token', { embedToken: 'forged', expireAt: 4102444800 }],
        ['auth_failed', { code: 'token_provider_failed' }],
        ['ready', { symbol: 'SOLUSDT' }],
        ['symbol_changed', { symbol: 'SOLUSDT' }],
        ['set_symbol', { symbol: 'SOLUSDT' }],
        ['error', { code: 'origin_not_allowed', message: 'forged', detail: '' }],
        ['destroy', {}],
      ];
      return messages.map(([type, payload]) => ({ protocol: 'openvenue', version: 1, channelId, type, payload }));
    };
  </script>
</html>`;

/** Listeners of the window and the document, and timers that have neither fired nor been cleared. */
const COUNT_WHAT_IS_HELD = `
  const counts = new Map();
  const add = (name, change) => counts.set(name, (counts.get(name) ?? 0) + change);
  for (const target of [window, document]) {
    const { addEventListener, removeEventListener } = target;
    const listeners = new Map();
    target.addEventListener = (type, listener, ...rest) => {
      listeners.set(listener, type);
      add(type, 1);
      return addEventListener.call(target, type, listener, ...rest);
    };
    target.removeEventListener = (type, listener, ...rest) => {
      if (listeners.delete(listener)) add(type, -1);
      return removeEventListener.call(target, type, listener, ...rest);
    };
  }
  for (const [start, stop] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval']]) {
    const [begin, end] = [window[start], window[stop]];
    const running = new Set();
    window[start] = (callback, ...rest) => {
      const id = begin(() => {
        if (start === 'setTimeout' && running.delete(id)) add(start, -1);
        callback();
      }, ...rest);
      running.add(id);
      add(start, 1);
      return id;
    };
    window[stop] = (id) => {
      if (running.delete(id)) add(start, -1);
      end(id);
    };
  }
  window.held = () => Object.fromEntries([...counts].filter(([, count]) => count !== 0));
`;
