import { describe, expect, it } from 'vitest';
import { pageOptionsOf, symbolOf } from './page-options.ts';

const optionsOf = (path: string) => pageOptionsOf(new URL(path, 'https://venue.example'));

describe('the address of the page', () => {
  it('names the symbol of the full page, in any of its spellings', () => {
    expect(optionsOf('/trade/ETHUSDT')).toEqual({ kind: 'page', symbol: 'ETHUSDT', ui: {} });
    expect(optionsOf('/trade/eth-usdt/')).toEqual({ kind: 'page', symbol: 'ETHUSDT', ui: {} });
    expect(optionsOf('/')).toEqual({ kind: 'page', symbol: 'BTCUSDT', ui: {} });
    expect(optionsOf('/trade/ETHUSDT?locale=zh-CN')).toMatchObject({ symbol: 'ETHUSDT', ui: { locale: 'zh-CN' } });
    expect(optionsOf('/zh-CN/futures/eth-usdt')).toEqual({ kind: 'page', symbol: 'ETHUSDT', ui: { locale: 'zh-CN' } });
    expect(symbolOf('<script>')).toBe('BTCUSDT');
  });
  it('carries the ticket of a link', () => {
    expect(optionsOf('/agent-entry?ticket=abc')).toEqual({ kind: 'entry', ticket: 'abc', channelId: '' });
    expect(optionsOf('/agent-entry?ticket=abc#tw_1')).toMatchObject({ ticket: 'abc', channelId: 'tw_1' });
    expect(optionsOf('/agent-entry')).toMatchObject({ kind: 'page' });
  });
  it('says how the embedded terminal looks', () => {
    const path =
      '/embed?symbol=ETH/USDT&theme=light&locale=zh-CN&layout=compact&showHeader=true&showTicker=false&hidden=chart,nothing,account&channelId=c1&auth=partner-token';
    expect(optionsOf(path)).toEqual({
      kind: 'embed',
      symbol: 'ETHUSDT',
      channelId: 'c1',
      auth: 'partner-token',
      ui: {
        theme: 'light',
        locale: 'zh-CN',
        layout: 'compact',
        showHeader: true,
        showTicker: false,
        hidden: ['chart', 'account'],
      },
    });
  });
  it('passes over values that it does not know', () => {
    expect(optionsOf('/embed?theme=blue&layout=wide&auth=magic')).toEqual({
      kind: 'embed',
      symbol: 'BTCUSDT',
      channelId: '',
      auth: 'none',
      ui: { showHeader: false, showTicker: false, hidden: [] },
    });
  });
});
