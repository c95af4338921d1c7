import { settle } from '@openvenue/bridge/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLoader } from './loader.ts';
import { readOptions } from './options.ts';
import { FakePage } from './testing/fake-page.ts';
import { record } from './testing/record.ts';

const query = (options: unknown, page = new FakePage()): Record<string, string> =>
  Object.fromEntries(record(options, '#trading', page).page.frame.src.searchParams);

describe('the iframe address', () => {
  it('has every parameter, with the defaults', () => {
    const { src } = record(undefined).page.frame;
    expect(`${src.origin}${src.pathname}`).toBe('https://venue.example/embed');
    expect([...src.searchParams]).toEqual([
      ['symbol', 'BTCUSDT'],
      ['theme', 'dark'],
      ['locale', 'en'],
      ['layout', 'default'],
      ['showHeader', 'false'],
      ['showTicker', 'false'],
      ['hidden', ''],
      ['channelId', 'tw_id1'],
      ['auth', 'none'],
    ]);
  });

  it('has what the options say', () => {
    const parameters = query({
      baseUrl: 'https://app.example/venue',
      symbol: 'eth-usdt',
      theme: 'light',
      locale: 'zh-CN',
      layout: 'compact',
      display: { showHeader: true, showTicker: true, hidden: ['account', 'chart', 'nothing', 7] },
      auth: { mode: 'partner-token', tokenProvider: () => ({ embedToken: 'secret', expireAt: 1 }) },
    });
    expect(parameters).toEqual({
      symbol: 'ETHUSDT',
      theme: 'light',
      locale: 'zh-CN',
      layout: 'compact',
      showHeader: 'true',
      showTicker: 'true',
      hidden: 'chart,account',
      channelId: 'tw_id1',
      auth: 'partner-token',
    });
  });

  it.each(['btc/usdt', 'BTC_USDT', 'b-t-c-u-s-d-t'])('normalises %s', (symbol) => {
    expect(query({ symbol })['symbol']).toBe('BTCUSDT');
  });

  it.each([
    ['https://app.example', 'https://app.example/embed'],
    ['https://app.example/', 'https://app.example/embed'],
    ['HTTP://localhost:8080/x/?a=b#c', 'http://localhost:8080/x/embed'],
  ])('of %s is %s', (baseUrl, address) => {
    const { src } = record({ baseUrl }).page.frame;
    expect(`${src.origin}${src.pathname}`).toBe(address);
    expect(src.hash).toBe('');
  });

  it.each([
    ['zh-Hant-TW', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['en-US', 'en-US'],
    ['en-GB', 'en'],
    ['fr-FR', 'en'],
    ['', 'en'],
  ])('takes for the browser language %s the locale %s', (language, locale) => {
    expect(query({}, Object.assign(new FakePage(), { language }))['locale']).toBe(locale);
  });
});

describe('the size', () => {
  it.each([
    [undefined, '100%'],
    [640, '640px'],
    [0.5, '0.5px'],
    ['50%', '50%'],
    ['80vh', '80vh'],
    ['calc(100% - 3rem)', 'calc(100% - 3rem)'],
  ])('%s is %s', (height, css) => {
    expect(record({ height }).page.frame.height).toBe(css);
  });
});

describe('invalid_option', () => {
  it.each([
    ['theme', { theme: 'blue' }, "theme must be one of dark, light, not 'blue'"],
    ['locale', { locale: 'fr' }, "locale must be one of en, en-US, zh-CN, not 'fr'"],
    ['layout', { layout: null }, 'layout must be one of default, compact, not object'],
    ['display', { display: 'all' }, "display must be an object, not 'all'"],
    ['showHeader', { display: { showHeader: 1 } }, 'showHeader must be true or false, not 1'],
    ['hidden', { display: { hidden: 'chart' } }, "hidden must be a list, not 'chart'"],
    ['width', { width: -1 }, 'width must be a positive number of pixels or a CSS length, not -1'],
    ['height', { height: '600' }, "height must be a positive number of pixels or a CSS length, not '600'"],
    ['height', { height: Number.POSITIVE_INFINITY }, /^height must be .*, not Infinity$/],
    ['onReady', { onReady: 'done' }, "onReady must be a function, not 'done'"],
  ])('reports %s and goes on with the default', async (_name, options, message) => {
    const { page, messages, errors, widget } = record(options);
    expect(page.frames).toHaveLength(1);
    expect(page.frame.height).toBe('100%');
    await settle();
    expect(errors()).toEqual(['invalid_option']);
    expect(messages()[0]).toMatch(message);
    expect(widget.getState()).toBe('loading');
    widget.destroy();
  });

  it.each([
    ['options', 'dark', "options must be an object, not 'dark'"],
    ['symbol', { symbol: 'BTC USDT' }, "symbol must be 1 to 32 letters and digits, such as BTCUSDT, not 'BTC USDT'"],
    ['symbol', { symbol: 'X'.repeat(33) }, /^symbol must be/],
    ['symbol', { symbol: 7 }, /^symbol must be .*, not 7$/],
    ['baseUrl', { baseUrl: '/trade' }, "baseUrl must be an http or https URL without a user, not '/trade'"],
    ['baseUrl', { baseUrl: 'javascript:alert(1)' }, /^baseUrl must be/],
    ['baseUrl', { baseUrl: 'https://user:pw@venue.example' }, /^baseUrl must be/],
    ['baseUrl', { baseUrl: 'https://' }, /^baseUrl must be/],
    ['auth', { auth: 'partner-token' }, "auth must be an object, not 'partner-token'"],
    ['auth.mode', { auth: { mode: 'jwt' } }, "auth.mode must be one of partner-token, agent-sso, not 'jwt'"],
    [
      'tokenProvider',
      { auth: { mode: 'partner-token', tokenProvider: 'x' } },
      /^auth.tokenProvider must be a function/,
    ],
    ['entryUrlProvider', { auth: { mode: 'agent-sso', entryUrlProvider: 1 } }, /^auth.entryUrlProvider must be/],
  ])('stops at %s: %j', async (_name, options, message) => {
    const { page, messages, errors, widget } = record(options);
    expect(page.frames).toEqual([]);
    expect(widget.getState()).toBe('error');
    await settle();
    expect(errors()).toEqual(['invalid_option']);
    expect(messages()[0]).toMatch(message);
  });

  it('names every fault at once', async () => {
    const { errors } = record({ symbol: '', baseUrl: '', theme: 'blue', auth: 1 });
    await settle();
    expect(errors()).toHaveLength(4);
  });

  it('asks for a baseUrl where no script gives one', async () => {
    const page = new FakePage();
    const messages: string[] = [];
    createLoader(() => page, undefined).create('#trading', { onError: ({ message }) => messages.push(message) });
    await settle();
    expect(messages).toEqual(["baseUrl must be an http or https URL without a user, not ''"]);
  });

  it('takes no value as none', async () => {
    const { page, errors, widget } = record({ symbol: undefined, baseUrl: undefined, auth: null, display: undefined });
    await settle();
    expect(errors()).toEqual([]);
    expect(page.frames).toHaveLength(1);
    widget.destroy();
  });

  it('never throws, whatever the options are', () => {
    const names = ['baseUrl', 'symbol', 'theme', 'locale', 'layout', 'display', 'width', 'height', 'auth', 'onError'];
    const anything = fc.anything({ withNullPrototype: true });
    const options = fc.oneof(anything, fc.dictionary(fc.constantFrom(...names), anything));
    fc.assert(
      fc.property(options, (given) => {
        const read = readOptions(given, { baseUrl: 'https://venue.example', language: 'en' });
        expect(read.symbol).toMatch(/^[A-Z0-9]{1,32}$/);
        for (const { code } of [...read.fatal, ...read.minor])
          expect(code).toMatch(/^(invalid_option|token_provider_)/);
      }),
      { numRuns: 500 },
    );
  });
});
