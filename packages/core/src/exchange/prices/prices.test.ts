import { type PriceTicks, parseDecimal, parseSignedDecimal, type Rate } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { SourceQuote } from '../../command.ts';
import { conditionOf, placedCondition, TestVenue } from '../../testing/index.ts';
import { indexPrice } from './index-price.ts';
import { markPrice } from './mark-price.ts';
import { priceBand } from './price-band.ts';

const tick = (price: string): PriceTicks => Number((parseDecimal(price) as bigint) / 10_000_000n) as PriceTicks;
const rateOf = (text: string): Rate => Number(parseSignedDecimal(text)) as Rate;
const quote = (price: string, weight = 1, ageMs = 0): SourceQuote => ({
  source: `s${price}`,
  price: tick(price),
  weight,
  ageMs,
});

describe('index (PRC-1, V34)', () => {
  it('drops what is 5 % off the median, clamps the rest to 0.5 %, weighs', () => {
    expect(indexPrice([quote('60000', 3), quote('60010.2', 2), quote('60500', 1), quote('63500', 1)])).toEqual({
      index: tick('60055.1'),
      degraded: false,
    });
  });
  it('keeps what is just 5 % off, and drops it a tick further', () => {
    // Clamped to 60,300.
    expect(indexPrice([quote('60000'), quote('60000'), quote('63000')])?.index).toBe(tick('60100'));
    expect(indexPrice([quote('60000'), quote('60000'), quote('63000.1')])?.index).toBe(tick('60000'));
    expect(indexPrice([quote('60000'), quote('60000'), quote('57000')])?.index).toBe(tick('59900'));
    expect(indexPrice([quote('60000'), quote('60000'), quote('56999.9')])?.index).toBe(tick('60000'));
  });
  it('clamps to the ticks within 0.5 %', () => {
    // 60,000.1 x 0.995 = 59,700.0995 and x 1.005 = 60,300.1005.
    const sources = (low: number, high: number) => [quote('59000', low), quote('60000.1'), quote('62000', high)];
    expect(indexPrice(sources(98, 1))?.index).toBe(tick('59709.1'));
    expect(indexPrice(sources(1, 98))?.index).toBe(tick('60291.1'));
  });
  it('goes by weight where no tick is within 0.5 % of the median: its neighbours are the bounds', () => {
    expect(indexPrice([quote('1', 9), quote('1.1', 1)])?.index).toBe(tick('1'));
    expect(indexPrice([quote('1', 1), quote('1.1', 9)])?.index).toBe(tick('1.1'));
    // 2.9 goes to 3, 3.2 to 3.1: (2 x 3 + 3 x 3 + 3.1 + 4 x 3.1) / 10 = 3.05.
    expect(indexPrice([quote('2.9', 2), quote('3', 3), quote('3.1', 1), quote('3.2', 4)])?.index).toBe(tick('3.1'));
    expect(indexPrice([quote('2.9', 3), quote('3', 3), quote('3.1', 1), quote('3.2', 3)])?.index).toBe(tick('3'));
    // At 100 ticks there is one again.
    expect(indexPrice([quote('9.9', 9), quote('10', 1)])?.index).toBe(tick('9.9'));
    expect(indexPrice([quote('10', 9), quote('10.1', 1)])?.index).toBe(tick('10'));
  });
  it('rounds half up to the tick', () => {
    expect(indexPrice([quote('60000'), quote('60000.1')])?.index).toBe(tick('60000.1'));
  });
  it('has none when all are dropped, stale or missing', () => {
    expect(indexPrice([quote('60000'), quote('67000')])).toBeUndefined();
    expect(indexPrice([quote('60000', 1, 10_001)])).toBeUndefined();
    expect(indexPrice([])).toBeUndefined();
  });
  it('is degraded with one source left', () => {
    expect(indexPrice([quote('60000', 1, 10_000), quote('61000', 1, 10_001)])).toEqual({
      index: tick('60000'),
      degraded: true,
    });
  });
});

describe('mark (PRC-2, V35)', () => {
  const HOUR = 3_600_000;
  const mark = (inputs: { premium?: string; last?: string; index?: string }) =>
    markPrice({
      index: tick(inputs.index ?? '60000'),
      fundingRate: rateOf('0.0001'),
      untilFundingMs: 3 * HOUR,
      fundingIntervalMs: 8 * HOUR,
      premium:
        inputs.premium === undefined
          ? { halfTicks: 0, count: 0 }
          : { halfTicks: Number(parseSignedDecimal(inputs.premium)) / 500_000, count: 10 },
      last: inputs.last === undefined ? (0 as PriceTicks) : tick(inputs.last),
      clamp: rateOf('0.03'),
    });
  it('is the median of index with basis, index with premium, and last', () =>
    expect(mark({ premium: '18.5', last: '60150' })).toBe(tick('60018.5')));
  it('without a trade takes the index as last', () => expect(mark({ premium: '18.5' })).toBe(tick('60002.3')));
  it('without a trade and a sample is the index', () => expect(mark({})).toBe(tick('60000')));
  it('is kept within Z of the index', () => {
    expect(mark({ premium: '2500', last: '63000' })).toBe(tick('61800'));
    expect(mark({ premium: '-2500', last: '57000' })).toBe(tick('58200'));
  });
  it('rounds half up', () => expect(mark({ premium: '18.55', last: '60150' })).toBe(tick('60018.6')));
});

describe('price band (MAT-9, V36)', () => {
  const band = (inputs: { index?: string; premium?: number }) =>
    priceBand({
      index: tick(inputs.index ?? '60000'),
      mark: tick('60010'),
      premium:
        inputs.premium === undefined ? { halfTicks: 0, count: 0 } : { halfTicks: inputs.premium * 20 * 30, count: 30 },
      inner: rateOf('0.01'),
      outer: rateOf('0.02'),
    });
  it.each([
    [{ premium: 12 }, '60622.1', '59409.9'],
    [{}, '60610.1', '59409.9'],
    [{ premium: -12 }, '60610.1', '59397.9'],
    [{ index: '61500' }, '61210.2', '59409.9'],
  ])('%j: %s / %s', (inputs, upper, lower) => expect(band(inputs)).toEqual({ upper: tick(upper), lower: tick(lower) }));
});

describe('price commands (PRC-1, PRC-4)', () => {
  it('keep index and mark for 10 s without a source, then freeze: no opening orders, closing and canceling go on', () => {
    const venue = new TestVenue();
    const [a, b] = [venue.user('100000'), venue.user('100000')];
    venue.price('60000');
    venue.trade(a, b, { price: '60000', quantity: '0.1' });
    const resting = venue.placed(a, { side: 'BUY', price: '59400', quantity: '0.1' });
    venue.timeMs += 10_000;
    expect(venue.prices({})).toContainEqual(
      expect.objectContaining({ type: 'prices-updated', state: 'DEGRADED', index: 600_000 }),
    );
    expect(venue.place(a, { side: 'BUY', price: '59000', quantity: '0.1' }).reply.ok).toBe(true);
    venue.timeMs += 1;
    expect(venue.prices({})).toContainEqual(
      expect.objectContaining({ type: 'prices-updated', state: 'FROZEN', index: 600_000 }),
    );
    expect(venue.place(a, { side: 'BUY', price: '59000', quantity: '0.1' }).reply).toMatchObject({
      reason: 'SYMBOL_NOT_TRADING',
    });
    expect(venue.place(b, { side: 'BUY', price: '59500', quantity: '0.1' }).reply.ok).toBe(true);
    expect(venue.place(a, { side: 'SELL', price: '59500', quantity: '0.1', more: { reduceOnly: true } }).reply.ok).toBe(
      true,
    );
    venue.ok({ type: 'cancel-order', actor: { userId: a }, order: { symbol: 'BTCUSDT', orderId: resting } });
    venue.price('60001');
    expect(venue.place(a, { side: 'BUY', price: '59000', quantity: '0.1' }).reply.ok).toBe(true);
  });

  it('PRC-1: freeze amends and fires that open, too, and none that close', () => {
    const venue = new TestVenue();
    const [a, b] = [venue.user('100000'), venue.user('100000')];
    venue.price('60000');
    venue.trade(a, b, { price: '60000', quantity: '0.3' });
    const opening = venue.placed(a, { side: 'BUY', price: '59500', quantity: '0.2' });
    const closing = venue.placed(a, { side: 'SELL', price: '60500', quantity: '0.3' });
    venue.placed(a, { side: 'SELL', price: '60450', quantity: '0.1', more: { reduceOnly: true } });
    const onLast = { workingType: 'CONTRACT_PRICE' } as const;
    const opens = placedCondition(venue, a, { side: 'BUY', stop: '60100', quantity: '0.1', more: onLast });
    const closes = placedCondition(venue, b, { side: 'BUY', stop: '60100', quantity: '0.1', more: onLast });
    const onMark = placedCondition(venue, b, { side: 'BUY', stop: '60100', quantity: '0.1' });
    venue.timeMs += 10_001;
    venue.prices({});
    const amend = (orderId: number, price: string) =>
      venue.run({
        type: 'amend-order',
        actor: { userId: a },
        amendment: { symbol: 'BTCUSDT', orderId, price: venue.ticks('BTCUSDT', price) },
      }).reply;
    expect(amend(opening, '59400')).toMatchObject({ reason: 'SYMBOL_NOT_TRADING' });
    expect(amend(closing, '60460').ok).toBe(true);
    // Closing fills make a last price of 60,450, which the frozen mark does not follow.
    venue.placed(b, { side: 'BUY', price: '60450', quantity: '0.1' });
    expect(conditionOf(venue, a, opens)).toMatchObject({ status: 'REJECTED', rejectReason: 'SYMBOL_NOT_TRADING' });
    expect(conditionOf(venue, b, closes)).toMatchObject({ status: 'FIRED' });
    expect(conditionOf(venue, b, onMark)).toMatchObject({ status: 'PENDING' });
    venue.price('60100');
    expect(conditionOf(venue, b, onMark)).toMatchObject({ status: 'FIRED' });
  });

  it('PRC-2: the mark comes down to the index with the time to the funding', () => {
    const venue = new TestVenue();
    const eight = 8 * 3_600_000;
    const [a, b] = [venue.user('100000'), venue.user('100000')];
    venue.timeMs = Math.ceil(venue.timeMs / eight) * eight - 5_000;
    venue.price('60000');
    venue.trade(a, b, { price: '60010', quantity: '0.1' });
    const settledAtMs = venue.timeMs + 5_000;
    const markAt = (elapsedMs: number) => {
      venue.timeMs = settledAtMs + elapsedMs;
      venue.price('60000');
      return venue.core.exchange.symbol('BTCUSDT')?.mark;
    };
    // Without a premium the rate is 0.01 %: 60,006 at first; the median of that, the index and 60,010.
    expect(markAt(0)).toBe(tick('60000'));
    expect(venue.core.exchange.symbol('BTCUSDT')?.fundingRate).toBe(rateOf('0.0001'));
    expect(markAt(1_000)).toBe(tick('60006'));
    // 60,002.25 with 3 h left, and half a tick goes up.
    expect(markAt((5 * eight) / 8)).toBe(tick('60002.3'));
    expect(markAt(eight - 1)).toBe(tick('60000'));
  });

  it('PRC-1: without a source the mark stays, whatever the book and the last trade do', () => {
    const venue = new TestVenue();
    const [a, b] = [venue.user('100000'), venue.user('100000')];
    venue.price('60000');
    venue.placed(a, { side: 'BUY', price: '60090', quantity: '0.1' });
    venue.placed(b, { side: 'SELL', price: '60110', quantity: '0.1' });
    venue.timeMs += 1_000;
    venue.price('60000');
    venue.trade(a, b, { price: '60100', quantity: '0.1' });
    for (let i = 0; i < 5; i++) {
      venue.timeMs += 1_000;
      venue.prices({});
      expect(venue.core.exchange.symbol('BTCUSDT')).toMatchObject({ index: 600_000, mark: 600_000, last: 601_000 });
    }
    venue.price('60000');
    expect(venue.core.exchange.symbol('BTCUSDT')?.mark).toBe(601_000);
  });

  it('PRC-1: a source beyond maxPrice has no say, and a price command of garbage is refused whole', () => {
    const venue = new TestVenue();
    venue.price('60000');
    const quotes = (price: number, weight = 1) => [
      { source: 'a', price: price as never, ageMs: 0, weight },
      { source: 'b', price: 600_010 as never, ageMs: 0, weight: 1 },
    ];
    venue.ok({ type: 'update-prices', symbols: [{ symbol: 'BTCUSDT', quotes: quotes(Number.MAX_SAFE_INTEGER) }] });
    expect(venue.core.exchange.symbol('BTCUSDT')).toMatchObject({ index: 600_010, priceState: 'DEGRADED' });
    for (const bad of [quotes(Number.NaN), quotes(600_000.5), quotes(600_000, 0.5), quotes(-1)]) {
      expect(venue.run({ type: 'update-prices', symbols: [{ symbol: 'BTCUSDT', quotes: bad }] }).reply).toMatchObject({
        reason: 'INVALID_PARAMETER',
      });
    }
    venue.core.snapshot();
  });

  it('PRC-3: sample the mid against the index once a command, and feed the band from it', () => {
    const venue = new TestVenue();
    const [a, b] = [venue.user('100000'), venue.user('100000')];
    venue.price('60000');
    venue.placed(a, { side: 'BUY', price: '60030', quantity: '0.1' });
    venue.placed(b, { side: 'SELL', price: '60040', quantity: '0.1' });
    venue.timeMs += 1_000;
    venue.price('60000');
    expect(venue.core.exchange.symbol('BTCUSDT')?.mark).toBe(600_000);
    expect(venue.place(a, { side: 'BUY', price: '60635', quantity: '0.001' }).reply.ok).toBe(true);
    expect(venue.place(a, { side: 'BUY', price: '60635.1', quantity: '0.001' }).reply).toMatchObject({
      details: { boundTicks: 606_350 },
    });
  });
});
