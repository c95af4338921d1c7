import { envelope, VERSION } from '@openvenue/bridge';
import { settle } from '@openvenue/bridge/testing';
import { describe, expect, it, vi } from 'vitest';
import { LOAD_TIMEOUT_MS } from './frame-session.ts';
import { createLoader } from './loader.ts';
import { FakePage, VENUE } from './testing/fake-page.ts';
import { record } from './testing/record.ts';
import type { WidgetError, WidgetInstance } from './types.ts';

async function ready(options: unknown = {}) {
  const recorded = record(options);
  const terminal = await recorded.page.frame.showTerminal();
  await terminal.sayReady();
  return { ...recorded, terminal };
}

describe('loading', () => {
  it('shows the public market without auth', async () => {
    const onReady = vi.fn();
    const { widget, events } = await ready({ onReady });
    expect(widget.getState()).toBe('ready');
    expect(onReady).toHaveBeenCalledExactlyOnceWith({ channelId: 'tw_id1', symbol: 'BTCUSDT' });
    expect(events.map(({ type }) => type)).toEqual(['state_changed', 'ready']);
    widget.destroy();
  });

  it('is iframe_load_timeout when the terminal does not answer; one that answers later is taken', async () => {
    const { page, widget, errors } = record({});
    const waiting = widget.whenReady();
    page.frame.showDocument('https://error.page');
    await page.timers.advance(LOAD_TIMEOUT_MS - 1);
    expect(errors()).toEqual([]);
    await page.timers.advance(1);
    expect(errors()).toEqual(['iframe_load_timeout']);
    await expect(waiting).rejects.toMatchObject({ code: 'iframe_load_timeout' });
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    expect(widget.getState()).toBe('ready');
    widget.destroy();
  });

  it('is unsupported when the terminal is of another version', async () => {
    const { page, widget, errors } = record({});
    page.frame.showDocument();
    const data = { ...envelope('tw_id1', { type: 'refuse', payload: {} }), version: VERSION + 1 };
    page.window.receive({ data, origin: VENUE, source: page.frame.contentWindow });
    await settle();
    expect(errors()).toEqual(['unsupported']);
    expect(page.timers.pending).toBe(0);
    widget.destroy();
  });

  it('is unsupported where there is no page', async () => {
    const errors: WidgetError[] = [];
    const loader = createLoader(() => undefined, undefined);
    const widget = loader.create('#trading', { baseUrl: VENUE, onError: (error) => errors.push(error) });
    for (const call of callsOf(widget)) call();
    await settle();
    expect(errors.map(({ code }) => code)).toContain('unsupported');
    expect(widget.getState()).toBe('destroyed');
  });

  it('reloads with the market, theme, locale and size of now', async () => {
    const { page, widget, terminal } = await ready();
    widget.setSymbol('sol-usdt');
    widget.setTheme('light');
    widget.setSize(400, 300);
    await terminal.say({ type: 'locale_changed', payload: { locale: 'zh-CN' } });
    widget.reload();
    expect(widget.getState()).toBe('loading');
    expect(page.frames.map(({ removed }) => removed)).toEqual([true, false]);
    expect(page.frame.width).toBe('400px');
    expect(page.frame.src.search).toMatch(/^\?symbol=SOLUSDT&theme=light&locale=zh-CN&/);
    expect(page.frame.src.searchParams.get('channelId')).toBe('tw_id1');
    const again = await page.frame.showTerminal();
    await again.sayReady('SOLUSDT');
    expect(widget.getState()).toBe('ready');
    widget.destroy();
  });

  it('follows an iframe that loads itself anew, and repeats no command', async () => {
    const { page, widget, events } = record({});
    widget.setSymbol('ETHUSDT');
    await (await page.frame.showTerminal()).sayReady();
    const terminal = await page.frame.showTerminal();
    expect(widget.getState()).toBe('loading');
    widget.setTheme('light');
    await terminal.sayReady();
    expect(widget.getState()).toBe('ready');
    expect(terminal.heard).toEqual([{ type: 'set_theme', payload: { theme: 'light' } }]);
    expect(events.filter(({ type }) => type === 'ready')).toHaveLength(2);
    widget.destroy();
  });
});

describe('commands', () => {
  it('wait for ready, and are sent after it', async () => {
    const { page, widget } = record({});
    widget.setSymbol('eth/usdt');
    const terminal = await page.frame.showTerminal();
    widget.setTheme('light');
    widget.setLocale('zh-CN');
    await settle();
    expect(terminal.heard).toEqual([]);
    await terminal.sayReady();
    expect(terminal.heard).toEqual([
      { type: 'set_symbol', payload: { symbol: 'ETHUSDT' } },
      { type: 'set_theme', payload: { theme: 'light' } },
      { type: 'set_locale', payload: { locale: 'zh-CN' } },
    ]);
    widget.setSymbol('SOLUSDT');
    await settle();
    expect(terminal.heard.at(-1)).toEqual({ type: 'set_symbol', payload: { symbol: 'SOLUSDT' } });
    widget.destroy();
  });

  it('wait in bounded number: the last of a kind counts', async () => {
    const { page, widget } = record({});
    for (let index = 0; index < 10_000; index += 1) widget.setSymbol(`COIN${index}`);
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    expect(terminal.heard).toEqual([{ type: 'set_symbol', payload: { symbol: 'COIN9999' } }]);
    widget.destroy();
  });

  it('that make no sense are invalid_option and not sent', async () => {
    const { widget, terminal, errors } = await ready();
    widget.setSymbol('?');
    widget.setTheme('blue' as 'dark');
    widget.setLocale('fr' as 'en');
    widget.setSize(-1, 5);
    widget.setSize(5, 'tall');
    widget.on('ready', 'x' as unknown as () => void);
    await settle();
    expect(errors()).toEqual(Array(6).fill('invalid_option'));
    expect(terminal.heard).toEqual([]);
    expect(widget.getState()).toBe('ready');
    widget.destroy();
  });

  it('setSize changes the iframe, before ready too', () => {
    const { page, widget } = record({ width: 100 });
    expect(page.frame.width).toBe('100px');
    widget.setSize(640, '50vh');
    expect([page.frame.width, page.frame.height]).toEqual(['640px', '50vh']);
    widget.setSize();
    expect([page.frame.width, page.frame.height]).toEqual(['100%', '100%']);
    widget.destroy();
  });
});

describe('events', () => {
  const order = { clientOrderId: 'c1', symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT' };

  it.each([
    { type: 'symbol_changed', payload: { symbol: 'ETHUSDT' } },
    { type: 'locale_changed', payload: { locale: 'zh-CN' } },
    { type: 'order_created', payload: { ...order, orderId: '9007199254740993', price: '50000.5', quantity: '0.01' } },
    { type: 'order_failed', payload: { ...order, code: 3001, message: 'insufficient balance' } },
  ] as const)('$type of the terminal reach the page', async (message) => {
    const { widget, terminal, events } = await ready();
    await terminal.say(message);
    expect(events.at(-1)).toEqual(message);
    widget.destroy();
  });

  it('auth_state_changed is emitted once a change', async () => {
    const { widget, terminal, events } = await ready();
    await terminal.say({ type: 'auth_state', payload: { state: 'authenticated' } });
    await terminal.say({ type: 'auth_state', payload: { state: 'authenticated' } });
    await terminal.say({ type: 'auth_state', payload: { state: 'failed' } });
    expect(events.slice(-2).map(({ payload }) => payload)).toEqual([
      { state: 'authenticated', previous: 'anonymous' },
      { state: 'failed', previous: 'authenticated' },
    ]);
    widget.destroy();
  });

  it('a handler that throws is reported and stops no other', async () => {
    const { page, widget } = record({
      onReady: () => {
        throw new Error('mine');
      },
    });
    const other = vi.fn();
    widget.on('ready', other);
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    expect(other).toHaveBeenCalledTimes(1);
    expect(page.reported).toEqual([new Error('mine')]);
    expect(widget.getState()).toBe('ready');
    widget.destroy();
  });

  it('are not delivered after unsubscribing', async () => {
    const { page, widget } = record({});
    const handler = vi.fn();
    const first = widget.on('ready', handler);
    widget.on('ready', handler);
    first();
    first();
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    expect(handler).toHaveBeenCalledTimes(1);
    widget.destroy();
  });

  it('keep their order when a handler causes the next', async () => {
    const { page, widget, events } = record({ onReady: () => widget.destroy() });
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    expect(events.map(({ type, payload }) => (type === 'state_changed' ? JSON.stringify(payload) : type))).toEqual([
      '{"state":"ready","previous":"loading"}',
      'ready',
      '{"state":"destroyed","previous":"ready"}',
      'destroyed',
    ]);
  });

  it('an error that nobody handles is shown to the developer', async () => {
    const page = new FakePage();
    createLoader(() => page, VENUE).create('#nowhere');
    await settle();
    expect(page.reported).toMatchObject([
      { message: "TradingWidget: the container '#nowhere' was not found in the page", code: 'container_not_found' },
    ]);
  });
});

describe('whenReady', () => {
  it('resolves once ready, for all who wait', async () => {
    const { page, widget } = record({});
    const waiting = Promise.all([widget.whenReady(), widget.whenReady()]);
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    await waiting;
    await widget.whenReady();
    widget.destroy();
  });

  it('rejects with the error', async () => {
    const { widget } = record({ symbol: '' });
    await expect(widget.whenReady()).rejects.toMatchObject({ code: 'invalid_option' });
  });

  it('rejects when the widget is destroyed before', async () => {
    const { widget } = record({});
    const waiting = widget.whenReady();
    widget.destroy();
    await expect(waiting).rejects.toThrow('destroyed before it was ready');
  });
});

/** Every method of a widget, called. */
function callsOf(widget: WidgetInstance): (() => unknown)[] {
  return [
    () => widget.setSymbol('ETHUSDT'),
    () => widget.setTheme('light'),
    () => widget.setLocale('en'),
    () => widget.setSize(1, 1),
    () => widget.reload(),
    () => widget.refreshAuth(),
    () => widget.setTokenProvider(async () => ({ embedToken: 'x', expireAt: 1 })),
    () => widget.on('ready', () => undefined)(),
    () => widget.destroy(),
    () => widget.whenReady(),
    () => widget.getState(),
  ];
}

describe('destroy', () => {
  it.each(['at once', 'while loading', 'while authenticating', 'when ready'])('%s leaves nothing', async (moment) => {
    const tokenProvider = vi.fn(() => new Promise<never>(() => {}));
    const { page, widget, events } = record({ auth: { mode: 'partner-token', tokenProvider } });
    if (moment === 'while loading') page.frame.showDocument();
    if (moment === 'while authenticating') {
      const terminal = await page.frame.showTerminal();
      await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
      expect(page.timers.pending).toBe(1);
    }
    if (moment === 'when ready') await (await page.frame.showTerminal()).sayReady();
    widget.destroy();
    await settle();
    expect(page.frame.removed).toBe(true);
    expect(page.window.listeners.size).toBe(0);
    expect(page.timers.pending).toBe(0);
    expect(widget.getState()).toBe('destroyed');
    expect(events.filter(({ type }) => type === 'destroyed')).toEqual([
      { type: 'destroyed', payload: { channelId: 'tw_id1' } },
    ]);
  });

  it('tells the terminal, and hears it no more', async () => {
    const { widget, terminal, events } = await ready();
    widget.destroy();
    await settle();
    expect(terminal.heard).toEqual([{ type: 'destroy', payload: {} }]);
    const before = events.length;
    terminal.end.send({ type: 'symbol_changed', payload: { symbol: 'ETHUSDT' } });
    await settle();
    expect(events).toHaveLength(before);
  });

  it('drops a token that comes afterwards', async () => {
    const answers: ((token: { embedToken: string; expireAt: number }) => void)[] = [];
    const tokenProvider = () => new Promise((resolve) => answers.push(resolve));
    const { page, widget, errors } = record({ auth: { mode: 'partner-token', tokenProvider } });
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    widget.destroy();
    answers[0]?.({ embedToken: 'late', expireAt: 1 });
    await settle();
    expect(terminal.heard).toEqual([{ type: 'destroy', payload: {} }]);
    expect(errors()).toEqual([]);
  });

  it('makes every method do nothing', async () => {
    const { page, widget, events } = await ready();
    widget.destroy();
    const before = events.length;
    for (const call of callsOf(widget)) await call();
    await page.timers.advance(100_000);
    expect(events).toHaveLength(before);
    expect(page.frames).toHaveLength(1);
    expect(widget.getState()).toBe('destroyed');
  });

  it.each([{}, { auth: { mode: 'agent-sso', entryUrlProvider: () => `${VENUE}/?channelId=tw_id1` } }])(
    'by a handler stops a reload (%j)',
    async (options) => {
      const { page, widget } = record(options);
      await settle();
      await (await page.frame.showTerminal()).sayReady();
      widget.on('state_changed', () => widget.destroy());
      widget.reload();
      await settle();
      expect(widget.getState()).toBe('destroyed');
      expect(page.frames.map(({ removed }) => removed)).toEqual([true]);
    },
  );

  it('can be called by a handler of an error, at any time', async () => {
    const page = new FakePage();
    const onError = vi.fn(() => widget.destroy());
    const widget = createLoader(() => page, VENUE).create('#trading', { symbol: '', baseUrl: '', onError });
    await settle();
    expect(onError).toHaveBeenCalledTimes(2);
    expect(widget.getState()).toBe('destroyed');
    expect(page.reported).toEqual([]);
  });
});

describe('several widgets on a page', () => {
  it('do not hear each other', async () => {
    const page = new FakePage();
    const first = record({ symbol: 'BTCUSDT' }, '#trading', page);
    const second = record({ symbol: 'ETHUSDT' }, '#trading', page);
    const [one, two] = await Promise.all(page.frames.map((frame) => frame.showTerminal()));
    expect(page.frames.map(({ src }) => src.searchParams.get('channelId'))).toEqual(['tw_id1', 'tw_id2']);
    await two?.sayReady('ETHUSDT');
    expect([first.widget.getState(), second.widget.getState()]).toEqual(['loading', 'ready']);
    await one?.sayReady();
    first.widget.destroy();
    await two?.say({ type: 'symbol_changed', payload: { symbol: 'SOLUSDT' } });
    second.widget.setTheme('light');
    await settle();
    expect(first.events.some(({ type }) => type === 'symbol_changed')).toBe(false);
    expect(second.events.at(-1)).toEqual({ type: 'symbol_changed', payload: { symbol: 'SOLUSDT' } });
    expect(two?.heard).toEqual([{ type: 'set_theme', payload: { theme: 'light' } }]);
    expect(one?.heard).toEqual([{ type: 'destroy', payload: {} }]);
    second.widget.destroy();
    expect(page.window.listeners.size).toBe(0);
  });
});

describe('the door', () => {
  it('looks at no global before create, and adds none', async () => {
    const before = Object.getOwnPropertyNames(globalThis);
    const { TradingWidget } = await import('./index.ts');
    expect(Object.keys(TradingWidget)).toEqual(['create']);
    expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
    const widget = TradingWidget.create('#trading', { baseUrl: VENUE });
    await expect(widget.whenReady()).rejects.toMatchObject({ code: 'unsupported' });
  });
});
