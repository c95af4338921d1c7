import { settle } from '@openvenue/bridge/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLoader } from './loader.ts';
import { FakePage } from './testing/fake-page.ts';
import type { EmbedToken } from './types.ts';

afterEach(() => vi.unstubAllGlobals());

/** The partner's own back end. */
function backEnd(reply: object, ok = true) {
  const fetch = vi.fn(async (_path: string, _init: { readonly body: string }) => ({ ok, json: async () => reply }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

function partnerPage() {
  const page = new FakePage();
  page.find = (selector) => (selector === '#trading-widget' ? page.element : null);
  return { page, TradingWidget: createLoader(() => page, undefined) };
}

describe("the partner's published JavaScript", () => {
  function createPartnerToken(TradingWidget: ReturnType<typeof createLoader>) {
    const widget = TradingWidget.create('#trading-widget', {
      baseUrl: 'https://venue.example',
      auth: {
        mode: 'partner-token',
        tokenProvider: async ({ channelId, symbol, reason }) => {
          const resp = await fetch('/api/trading/embed-token', {
            method: 'POST',
            credentials: 'include',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ channelId, symbol, reason }),
          });

          if (!resp.ok) {
            throw new Error('Failed to request embed token');
          }

          return resp.json() as Promise<EmbedToken>;
        },
      },
    });
    return widget;
  }

  it('signs in by partner-token', async () => {
    const fetch = backEnd({ embedToken: 'et', expireAt: 1_769_676_656, channelId: 'tw_id1' });
    const { page, TradingWidget } = partnerPage();
    const widget = createPartnerToken(TradingWidget);
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    const [[path, { body }] = ['', { body: '' }]] = fetch.mock.calls;
    expect(path).toBe('/api/trading/embed-token');
    expect(JSON.parse(body)).toEqual({ channelId: 'tw_id1', symbol: 'BTCUSDT', reason: 'initial' });
    expect(terminal.heard).toEqual([{ type: 'auth_token', payload: { embedToken: 'et', expireAt: 1_769_676_656 } }]);
    widget.destroy();
  });

  it('surfaces the error that its tokenProvider throws', async () => {
    backEnd({}, false);
    const { page, TradingWidget } = partnerPage();
    const widget = createPartnerToken(TradingWidget);
    const onError = vi.fn();
    widget.on('error', onError);
    const terminal = await page.frame.showTerminal();
    await terminal.say({ type: 'auth_request', payload: { reason: 'initial' } });
    expect(onError.mock.calls[0]?.[0]).toMatchObject({
      code: 'token_provider_failed',
      message: 'tokenProvider failed: Failed to request embed token',
      detail: new Error('Failed to request embed token'),
    });
    widget.destroy();
  });

  it('enters by agent-sso', async () => {
    backEnd({ webUrl: 'https://venue.example/agent-entry?ticket=t1' });
    const { page, TradingWidget } = partnerPage();
    const widget = TradingWidget.create('#trading-widget', {
      baseUrl: 'https://venue.example',
      auth: {
        mode: 'agent-sso',
        entryUrlProvider: async ({ redirectPath }) => {
          const resp = await fetch('/api/trading-entry', {
            method: 'POST',
            credentials: 'include',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ redirectPath }),
          });
          const data = (await resp.json()) as { webUrl: string };
          return data.webUrl;
        },
      },
    });
    await settle();
    expect(page.frame.src.href).toBe('https://venue.example/agent-entry?ticket=t1#tw_id1');
    widget.destroy();
  });
});
