import { settle } from '@openvenue/bridge/testing';
import { describe, expect, it, vi } from 'vitest';
import { PROVIDER_TIMEOUT_MS } from './provider.ts';
import { VENUE } from './testing/fake-page.ts';
import { record } from './testing/record.ts';
import type { EmbedToken, TokenProvider, TokenRequest } from './types.ts';

const token = (embedToken: string): EmbedToken => ({ embedToken, expireAt: 1_769_676_656 });

/** A provider whose answers the test gives. */
function pendingProvider() {
  const calls: { request: TokenRequest; answer: (token: EmbedToken) => void; fail: (error: unknown) => void }[] = [];
  const provider: TokenProvider = (request) =>
    new Promise((answer, fail) => {
      calls.push({ request, answer, fail });
    });
  return { provider, calls };
}

const partnerToken = (tokenProvider?: unknown) => record({ auth: { mode: 'partner-token', tokenProvider } });

describe('partner-token', () => {
  it('signs in: request, provider, token, ready', async () => {
    const tokenProvider = vi.fn(async () => ({ ...token('et_1'), channelId: 'tw_id1', apiSecret: 'never' }));
    const { page, widget, events } = partnerToken(tokenProvider);
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    expect(tokenProvider.mock.calls).toEqual([[{ channelId: 'tw_id1', symbol: 'BTCUSDT', reason: 'initial' }]]);
    expect(terminal.heard).toEqual([{ type: 'auth_token', payload: token('et_1') }]);
    expect(widget.getState()).toBe('authenticating');
    await terminal.say({ type: 'auth_state', payload: { state: 'authenticated' } });
    await terminal.sayReady();
    await widget.whenReady();
    expect(events).toEqual([
      { type: 'state_changed', payload: { state: 'authenticating', previous: 'loading' } },
      { type: 'auth_state_changed', payload: { state: 'authenticated', previous: 'anonymous' } },
      { type: 'state_changed', payload: { state: 'ready', previous: 'authenticating' } },
      { type: 'ready', payload: { channelId: 'tw_id1', symbol: 'BTCUSDT' } },
    ]);
    widget.destroy();
  });

  it('never puts the token into an address or a window message', async () => {
    const { page, widget } = partnerToken(() => token('secret'));
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    expect(terminal.heard).toHaveLength(1);
    const { toFrame, toPage } = page.frame.window;
    expect(JSON.stringify([page.frame.src.href, toFrame, toPage])).not.toContain('secret');
    widget.destroy();
  });

  it.each(['refresh', 'expired'] as const)('renews quietly when the terminal asks (%s)', async (reason) => {
    const tokenProvider = vi.fn(async () => token('et_2'));
    const { page, widget, events } = partnerToken(tokenProvider);
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    const before = events.length;
    await terminal.say({ type: 'auth_request', payload: { reason } });
    expect(tokenProvider).toHaveBeenCalledExactlyOnceWith({ channelId: 'tw_id1', symbol: 'BTCUSDT', reason });
    expect(terminal.heard).toEqual([{ type: 'auth_token', payload: token('et_2') }]);
    expect(widget.getState()).toBe('ready');
    expect(events).toHaveLength(before);
    widget.destroy();
  });

  it.each([
    [undefined, 'manual'],
    ['partner logged in again', 'partner logged in again'],
    [{ type: 'click' }, 'manual'],
  ])('refreshAuth(%j) asks with the reason %s', async (given, reason) => {
    const tokenProvider = vi.fn(async () => token('et_2'));
    const { page, widget } = partnerToken(tokenProvider);
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    widget.setSymbol('eth_usdt');
    widget.refreshAuth(given as string);
    await settle();
    expect(tokenProvider).toHaveBeenCalledExactlyOnceWith({ channelId: 'tw_id1', symbol: 'ETHUSDT', reason });
    expect(terminal.heard.at(-1)).toEqual({ type: 'auth_token', payload: token('et_2') });
    widget.destroy();
  });

  it('keeps a refreshAuth from before the connection until ready', async () => {
    const tokenProvider = vi.fn(async () => token('et'));
    const { page, widget } = partnerToken(tokenProvider);
    widget.refreshAuth('early');
    await settle();
    expect(tokenProvider).not.toHaveBeenCalled();
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    expect(tokenProvider.mock.calls).toEqual([[{ channelId: 'tw_id1', symbol: 'BTCUSDT', reason: 'early' }]]);
    widget.destroy();
  });

  it('joins requests while a call runs', async () => {
    const { provider, calls } = pendingProvider();
    const { page, widget } = partnerToken(provider);
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    widget.refreshAuth();
    widget.refreshAuth('again');
    await terminal.say({ type: 'auth_request', payload: { reason: 'expired' } });
    expect(calls).toHaveLength(1);
    calls[0]?.answer(token('et'));
    await settle();
    expect(terminal.heard).toHaveLength(1);
    widget.refreshAuth();
    expect(calls).toHaveLength(2);
    widget.destroy();
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('401');
      },
      'tokenProvider failed: 401',
    ],
    ['rejects', async () => Promise.reject(new Error('offline')), 'tokenProvider failed: offline'],
    [
      'throws a text',
      () => {
        throw 'no session';
      },
      'tokenProvider failed: no session',
    ],
    [
      'throws something odd',
      () => {
        throw Object.create(null);
      },
      'tokenProvider failed: object',
    ],
    ['returns nothing', () => undefined, 'tokenProvider failed: it returned no embedToken'],
    ['returns an empty token', () => token(''), 'tokenProvider failed: it returned no embedToken'],
    ['returns an endless token', () => token('x'.repeat(4097)), 'tokenProvider failed: it returned no embedToken'],
    [
      'returns no expiry',
      () => ({ embedToken: 'et' }),
      'tokenProvider failed: it returned no expireAt in Unix seconds',
    ],
  ])('is token_provider_failed when the provider %s', async (_title, tokenProvider, message) => {
    const { page, widget, errors, messages } = partnerToken(tokenProvider);
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    expect(errors()).toEqual(['token_provider_failed']);
    expect(messages()).toEqual([message]);
    expect(terminal.heard).toEqual([{ type: 'auth_failed', payload: { code: 'token_provider_failed' } }]);
    expect(widget.getState()).toBe('error');
    widget.destroy();
  });

  it('is token_provider_failed when the provider takes too long, and its late answer is dropped', async () => {
    const { provider, calls } = pendingProvider();
    const { page, widget, errors } = partnerToken(provider);
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    await page.timers.advance(PROVIDER_TIMEOUT_MS - 1);
    expect(errors()).toEqual([]);
    await page.timers.advance(1);
    expect(errors()).toEqual(['token_provider_failed']);
    calls[0]?.answer(token('late'));
    await settle();
    expect(terminal.heard).toEqual([{ type: 'auth_failed', payload: { code: 'token_provider_failed' } }]);
    widget.destroy();
  });

  it('recovers by refreshAuth', async () => {
    let session = false;
    const { page, widget } = partnerToken(async () => {
      if (!session) throw new Error('401');
      return token('et');
    });
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    expect(widget.getState()).toBe('error');
    await expect(widget.whenReady()).rejects.toMatchObject({ code: 'token_provider_failed' });
    session = true;
    widget.refreshAuth();
    const ready = widget.whenReady();
    expect(widget.getState()).toBe('authenticating');
    await settle();
    expect(terminal.heard.at(-1)).toEqual({ type: 'auth_token', payload: token('et') });
    await terminal.sayReady();
    await ready;
    widget.destroy();
  });

  it('keeps a ready terminal when a renewal fails', async () => {
    const { page, widget, errors } = partnerToken(() => {
      throw new Error('503');
    });
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    await terminal.say({ type: 'auth_request', payload: { reason: 'refresh' } });
    expect(errors()).toEqual(['token_provider_failed']);
    expect(widget.getState()).toBe('ready');
    widget.destroy();
  });

  it('is token_provider_missing without a provider, and setTokenProvider answers', async () => {
    const { page, widget, errors } = partnerToken();
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    expect(errors()).toEqual(['token_provider_missing']);
    expect(terminal.heard).toEqual([{ type: 'auth_failed', payload: { code: 'token_provider_missing' } }]);
    const tokenProvider = vi.fn(async () => token('et'));
    widget.setTokenProvider(tokenProvider);
    await settle();
    expect(tokenProvider.mock.calls).toEqual([[{ channelId: 'tw_id1', symbol: 'BTCUSDT', reason: 'initial' }]]);
    expect(terminal.heard.at(-1)).toEqual({ type: 'auth_token', payload: token('et') });
    widget.destroy();
  });

  it('drops the answer of a provider that was replaced meanwhile', async () => {
    const { provider, calls } = pendingProvider();
    const { page, widget } = partnerToken(provider);
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    widget.setTokenProvider(async () => token('new user'));
    calls[0]?.answer(token('old user'));
    await settle();
    expect(terminal.heard).toEqual([{ type: 'auth_token', payload: token('new user') }]);
    widget.destroy();
  });

  it('asks no replaced provider after destroy', async () => {
    const { provider, calls } = pendingProvider();
    const { page, widget } = partnerToken(provider);
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    const next = vi.fn(async () => token('et'));
    widget.setTokenProvider(next);
    widget.destroy();
    calls[0]?.answer(token('old user'));
    await settle();
    expect(next).not.toHaveBeenCalled();
  });

  it('refuses a provider that is no function', async () => {
    const { widget, errors } = partnerToken(() => token('et'));
    widget.setTokenProvider('x' as unknown as TokenProvider);
    await settle();
    expect(errors()).toEqual(['invalid_option']);
    widget.destroy();
  });
});

describe('what the terminal reports', () => {
  it.each(['auth_exchange_failed', 'origin_not_allowed', 'unsupported', 'invalid_option'] as const)(
    'passes %s on',
    async (code) => {
      const { page, widget, events } = partnerToken(() => token('et'));
      const terminal = await page.frame.showTerminal();
      await terminal.say({ type: 'error', payload: { code, message: 'refused', detail: 'why' } });
      expect(events.at(-1)).toEqual({ type: 'error', payload: { code, message: 'refused', detail: 'why' } });
      expect(widget.getState()).toBe('error');
      widget.destroy();
    },
  );

  it('leaves detail out when there is none', async () => {
    const { page, widget, events } = partnerToken(() => token('et'));
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'error', payload: { code: 'unsupported', message: 'no', detail: '' } });
    expect(events.at(-1)?.payload).toEqual({ code: 'unsupported', message: 'no' });
    widget.destroy();
  });
});

describe('agent-sso', () => {
  const sso = (entryUrlProvider?: unknown) => record({ auth: { mode: 'agent-sso', entryUrlProvider } });

  it('leads the iframe to the entry URL, and on to the terminal', async () => {
    const provider = vi.fn(async (_request: unknown) => `${VENUE}/agent-entry?ticket=t1`);
    const { page, widget } = sso(provider);
    expect(widget.getState()).toBe('authenticating');
    expect(page.frames).toEqual([]);
    await settle();
    expect(page.frame.src.href).toBe(`${VENUE}/agent-entry?ticket=t1#tw_id1`);
    expect(provider.mock.calls).toEqual([
      [
        {
          redirectPath:
            '/embed?symbol=BTCUSDT&theme=dark&locale=en&layout=default&showHeader=false&showTicker=false&hidden=&channelId=tw_id1&auth=agent-sso',
        },
      ],
    ]);
    // The entry page leads on to the redirectPath, which names the channel.
    page.frame.src.searchParams.set('channelId', 'tw_id1');
    page.frame.showDocument();
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    await widget.whenReady();
    widget.destroy();
  });

  it.each([
    'https://evil.example/agent-entry?ticket=t',
    'http://venue.example/agent-entry',
    `${VENUE}:8443/agent-entry`,
  ])('is origin_not_allowed for %s', async (webUrl) => {
    const { page, errors } = sso(async () => webUrl);
    await settle();
    expect(errors()).toEqual(['origin_not_allowed']);
    expect(page.frames).toEqual([]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('500');
      },
    ],
    ['returns no URL', async () => undefined],
    ['returns a path', async () => '/agent-entry?ticket=t'],
    ['returns a script', async () => 'javascript:alert(1)'],
    ['returns a blob', async () => `blob:${VENUE}/0`],
  ])('is token_provider_failed when the provider %s', async (_title, provider) => {
    const { page, errors, widget } = sso(provider);
    await settle();
    expect(errors()).toEqual(['token_provider_failed']);
    expect(page.frames).toEqual([]);
    expect(widget.getState()).toBe('error');
  });

  it('is token_provider_missing without a provider', async () => {
    const { errors, widget } = sso();
    await settle();
    expect(errors()).toEqual(['token_provider_missing']);
    expect(widget.getState()).toBe('error');
  });

  it('enters anew when a ready terminal asks, but not in a circle', async () => {
    let tickets = 0;
    const { page, widget, errors } = sso(async () => {
      tickets += 1;
      return `${VENUE}/agent-entry?ticket=t${tickets}&channelId=tw_id1`;
    });
    await settle();
    const first = await page.frame.showTerminal();
    await first.sayReady();
    await first.say({ type: 'auth_request', payload: { reason: 'expired' } });
    expect(page.frames.map(({ removed }) => removed)).toEqual([true, false]);
    expect(page.frame.src.searchParams.get('ticket')).toBe('t2');
    const second = await page.frame.showTerminal();
    await second.say({ type: 'auth_request', payload: { reason: 'initial' } });
    expect(errors()).toEqual(['auth_exchange_failed']);
    expect(page.frames).toHaveLength(2);
    widget.destroy();
  });

  it('takes only the last of two entries, and none after destroy', async () => {
    const answers: ((url: string) => void)[] = [];
    const { page, widget } = sso(() => new Promise((resolve) => answers.push(resolve)));
    widget.reload();
    answers[0]?.(`${VENUE}/agent-entry?ticket=old`);
    answers[1]?.(`${VENUE}/agent-entry?ticket=new`);
    await settle();
    expect(page.frames.map(({ src }) => src.searchParams.get('ticket'))).toEqual(['new']);
    widget.reload();
    widget.destroy();
    answers[2]?.(`${VENUE}/agent-entry?ticket=dead`);
    await settle();
    expect(page.frames).toHaveLength(1);
  });

  it('refreshAuth enters anew, and joins an entry that runs', async () => {
    const provider = vi.fn(async () => `${VENUE}/agent-entry?channelId=tw_id1`);
    const { page, widget } = sso(provider);
    widget.refreshAuth();
    await settle();
    expect(provider).toHaveBeenCalledTimes(1);
    const terminal = await page.frame.showTerminal();
    await terminal.sayReady();
    widget.refreshAuth();
    await settle();
    expect(provider).toHaveBeenCalledTimes(2);
    widget.destroy();
  });
});
