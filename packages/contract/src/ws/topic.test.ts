import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KLINE_INTERVALS } from '../enums.ts';
import { DEPTH_INTERVALS_MS, DEPTH_LEVELS, formatTopic, formatUserTopic, parseTopic, type Topic } from './topic.ts';

describe('parseTopic', () => {
  it.each<[string, Topic]>([
    ['market.depth.BTCUSDT', { kind: 'depth', symbol: 'BTCUSDT' }],
    ['market.depth.BTCUSDT@5.20', { kind: 'depth', symbol: 'BTCUSDT', options: { levels: 5, intervalMs: 20 } }],
    ['market.depth.BTCUSDT@200.500', { kind: 'depth', symbol: 'BTCUSDT', options: { levels: 200, intervalMs: 500 } }],
    ['market.trade.ETHUSDT', { kind: 'trade', symbol: 'ETHUSDT' }],
    ['market.kline.BTCUSDT.1m', { kind: 'kline', symbol: 'BTCUSDT', interval: '1m' }],
    ['market.kline.BTCUSDT.1M', { kind: 'kline', symbol: 'BTCUSDT', interval: '1M' }],
    ['market.ticker.BTC-PERP', { kind: 'ticker', symbol: 'BTC-PERP' }],
    ['market.tickers', { kind: 'tickers' }],
  ])('reads %s', (text, topic) => {
    expect(parseTopic(text)).toEqual({ ok: true, value: topic });
  });

  it.each([
    '',
    'market',
    'market.',
    'market.depth',
    'market.depth.',
    'market.depth.BTCUSDT@',
    'market.depth.BTCUSDT@5',
    'market.depth.BTCUSDT@5.',
    'market.depth.BTCUSDT@5.100.1',
    'market.depth.BTCUSDT@10.100',
    'market.depth.BTCUSDT@05.100',
    'market.depth.BTCUSDT@5.50',
    'market.depth.BTCUSDT@5@100',
    'market.depth.BTCUSDT.5.100',
    'market.trade.BTCUSDT@5.100',
    'market.trade.BTCUSDT.x',
    'market.kline.BTCUSDT',
    'market.kline.BTCUSDT.2m',
    'market.kline.BTCUSDT@1m',
    'market.kline.BTCUSDT.1m.1m',
    'market.ticker.BTC USDT',
    'market.tickers.BTCUSDT',
    'Market.depth.BTCUSDT',
    ' market.depth.BTCUSDT',
    'market.depth.BTCUSDT\n',
    'market.constructor.BTCUSDT',
    'user.1188041528',
    `market.trade.${'X'.repeat(33)}`,
    'x'.repeat(100_000),
  ])('refuses %j', (text) => {
    const parsed = parseTopic(text, 'args[2]');
    expect(parsed).toMatchObject({ ok: false, problem: { code: 2002, field: 'args[2]', value: text.slice(0, 64) } });
  });

  it.each([
    ['market.kline.BTCUSDT.1s', 'market.kline.{symbol}.{interval}, interval one of 1m, 3m, 5m'],
    [
      'market.depth.BTCUSDT@7.100',
      'market.depth.{symbol}@{levels}.{ms}, levels one of 5, 20, 50, 200 and ms one of 20, 100, 500',
    ],
    ['market.trade.BTCUSDT.x', 'market.trade.{symbol}'],
    ['market.ticker.', 'market.ticker.{symbol}'],
    ['market.candle.BTCUSDT', 'one of market.depth.{symbol}, market.trade.{symbol}, market.kline.{symbol}.{interval}'],
    ['user.1188041528', 'one of market.depth.{symbol}'],
  ])('says of %s what it should be', (text, rule) => {
    expect(parseTopic(text)).toMatchObject({ ok: false, problem: { rule: expect.stringContaining(rule) } });
  });

  it('gives the text of every topic back', () => {
    const symbol = fc.stringMatching(/^[A-Z0-9_-]{1,32}$/);
    const topics = fc.oneof<fc.Arbitrary<Topic>[]>(
      fc.record({ kind: fc.constantFrom('depth' as const, 'trade' as const, 'ticker' as const), symbol }),
      fc.record({
        kind: fc.constant('depth' as const),
        symbol,
        options: fc.record({
          levels: fc.constantFrom(...DEPTH_LEVELS),
          intervalMs: fc.constantFrom(...DEPTH_INTERVALS_MS),
        }),
      }),
      fc.record({ kind: fc.constant('kline' as const), symbol, interval: fc.constantFrom(...KLINE_INTERVALS) }),
      fc.constant({ kind: 'tickers' as const }),
    );
    fc.assert(
      fc.property(topics, (topic) => {
        expect(parseTopic(formatTopic(topic))).toEqual({ ok: true, value: topic });
      }),
    );
  });

  it('has one text for one topic', () => {
    const parts = fc.constantFrom('market', '.', '@', 'depth', 'kline', 'BTCUSDT', '5', '100', '1m', 'tickers', '');
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 9 }).map((each) => each.join('')),
        (text) => {
          const parsed = parseTopic(text);
          if (parsed.ok) expect(formatTopic(parsed.value)).toBe(text);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("names a user's channel", () => {
    expect(formatUserTopic('1188041528')).toBe('user.1188041528');
  });
});
