import { MAX_BATCH, type Rejected, type SymbolView } from '@openvenue/core';
import { assertInvariants } from '@openvenue/core/testing';
import { money, priceTicks, quantitySteps } from '@openvenue/money';
import { beforeAll, describe, expect, test } from 'vitest';
import { SimulationVenue, type Tick } from '../testing/simulation-venue.ts';
import { HOUSE_FUNDING } from './accounts.ts';
import { usdtPerStep } from './ladder.ts';
import { MAKER_POSITION_CAP_USDT } from './maker.ts';
import { TAKER_POSITION_CAP_USDT } from './taker.ts';

const TICKS_PER_SECOND = 4;
const WARM_UP_TICKS = 12;
const LEAST_LEVELS = 15;

const refusalsOf = ({ outcomes }: Tick): Rejected[] =>
  outcomes.flatMap(({ reply }) => {
    const results = reply.ok && reply.kind === 'batch' ? reply.results : [reply];
    return results.filter((result): result is Rejected => !result.ok);
  });

const lastOffIndex = ({ last, index }: SymbolView): number => Math.abs(last / index - 1);

/** Book of a symbol: the fewer levels of its two sides, at most {@link LEAST_LEVELS}, and the spread as a part of the index. */
function bookOf(venue: SimulationVenue, { parameters, index }: SymbolView): { levels: number; spread: number } {
  const depth = venue.core.exchange.depth(parameters.symbol, LEAST_LEVELS);
  const [bid, ask] = [depth?.bids[0]?.[0], depth?.asks[0]?.[0]];
  if (depth === undefined || bid === undefined || ask === undefined) return { levels: 0, spread: Number.NaN };
  return { levels: Math.min(depth.bids.length, depth.asks.length), spread: (ask - bid) / index };
}

describe('an hour of the market', () => {
  const venue = new SimulationVenue();
  const market = venue.market();
  const symbols = venue.core.exchange.symbols().map(({ parameters }) => parameters.symbol);
  const seconds = 3_600;
  const refusals: Rejected[] = [];
  const spreads = new Map<string, number[]>(symbols.map((symbol) => [symbol, []]));
  const tradesByMinute = new Map<string, number>();
  let commands = 0;
  let orderChanges = 0;
  let largestBatch = 0;
  let fewestLevels = Number.POSITIVE_INFINITY;
  let farthestLast = 0;
  let endedForMargin = 0;
  const largestPosition = { maker: 0, taker: 0 };

  beforeAll(() => {
    for (let tick = 0; tick < seconds * TICKS_PER_SECOND; tick++) {
      const minute = Math.floor(tick / TICKS_PER_SECOND / 60);
      const done = venue.tick(market);
      commands += done.commands.length;
      refusals.push(...refusalsOf(done));
      for (const command of done.commands) {
        const items =
          command.type === 'amend-orders' ? command.amendments : command.type === 'place-orders' ? command.orders : [];
        orderChanges += items.length;
        largestBatch = Math.max(largestBatch, items.length);
      }
      for (const event of done.outcomes.flatMap((outcome) => outcome.events)) {
        if (event.type === 'order-updated' && event.order.rejectReason === 'MARGIN') endedForMargin++;
        if (event.type !== 'trade') continue;
        const key = `${event.symbol} ${minute}`;
        tradesByMinute.set(key, (tradesByMinute.get(key) ?? 0) + 1);
      }
      if (tick < WARM_UP_TICKS) continue;
      for (const view of venue.core.exchange.symbols()) {
        const { levels, spread } = bookOf(venue, view);
        fewestLevels = Math.min(fewestLevels, levels);
        spreads.get(view.parameters.symbol)?.push(spread);
        if (view.last > 0) farthestLast = Math.max(farthestLast, lastOffIndex(view));
      }
      if (tick % (60 * TICKS_PER_SECOND) === 0) {
        assertInvariants(venue.core);
        notePositions();
      }
    }
  });

  function notePositions(): void {
    for (const role of ['maker', 'taker'] as const) {
      const ids = role === 'maker' ? venue.accounts.makers : venue.accounts.takers;
      for (const position of ids.flatMap((userId) => venue.core.exchange.positions(userId))) {
        largestPosition[role] = Math.max(largestPosition[role], Number(position.notional / 100_000_000n));
      }
    }
  }

  test('there are always at least 15 levels a side', () => {
    expect(fewestLevels).toBe(LEAST_LEVELS);
  });

  test.each(symbols)('the spread of %s is believable', (symbol) => {
    const sorted = (spreads.get(symbol) ?? []).toSorted((a, b) => a - b);
    expect(sorted[0]).toBeGreaterThan(0);
    expect(sorted[sorted.length >> 1]).toBeLessThan(0.000_15);
    expect(sorted.at(-1)).toBeLessThan(0.001);
  });

  test.each(symbols)('%s trades in every minute, in some far more than in others', (symbol) => {
    const counts = Array.from({ length: seconds / 60 }, (_, minute) => tradesByMinute.get(`${symbol} ${minute}`) ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(Math.max(...counts)).toBeGreaterThan(3 * Math.min(...counts));
  });

  test('the last price follows the index', () => {
    expect(farthestLast).toBeGreaterThan(0);
    expect(farthestLast).toBeLessThan(0.003);
  });

  test('nothing is refused for margin, and hardly anything at all', () => {
    expect(refusals.filter(({ reason }) => reason === 'INSUFFICIENT_MARGIN' || reason === 'TIER_LIMIT')).toEqual([]);
    expect(endedForMargin).toBe(0);
    expect(refusals.length).toBeLessThan(orderChanges / 100);
  });

  test('positions are taken and stay far within their bounds', () => {
    expect(largestPosition.maker).toBeGreaterThan(10_000);
    expect(largestPosition.maker).toBeLessThan(MAKER_POSITION_CAP_USDT / 2);
    expect(largestPosition.taker).toBeGreaterThan(10_000);
    expect(largestPosition.taker).toBeLessThan(TAKER_POSITION_CAP_USDT);
  });

  test('it is economical: at most 10 commands a second, 40 order changes a second and symbol', () => {
    expect(commands / seconds).toBeLessThan(10);
    expect(commands / seconds).toBeGreaterThan(2);
    expect(orderChanges / seconds / symbols.length).toBeLessThan(40);
    expect(largestBatch).toBeLessThanOrEqual(MAX_BATCH);
  });
});

function ticks(
  venue: SimulationVenue,
  run: { readonly count: number; readonly stepMs?: number; readonly seed?: number },
): Tick[] {
  const market = venue.market(run.seed);
  return Array.from({ length: run.count }, () => venue.tick(market, run.stepMs));
}

const commandsOf = (run: readonly Tick[]) => run.map(({ commands }) => commands);

test('the same seed gives the same commands, another seed others', () => {
  const first = commandsOf(ticks(new SimulationVenue(), { count: 200 }));
  expect(commandsOf(ticks(new SimulationVenue(), { count: 200 }))).toEqual(first);
  expect(commandsOf(ticks(new SimulationVenue(), { count: 200, seed: 8 }))).not.toEqual(first);
});

test('prices come once in each second of the clock, and first', () => {
  const run = commandsOf(ticks(new SimulationVenue(), { count: 41 }));
  expect(run[0]).toHaveLength(1);
  const withPrices = run.map((commands) => commands.findIndex(({ type }) => type === 'update-prices'));
  expect(withPrices).toEqual(Array.from({ length: 41 }, (_, tick) => (tick % TICKS_PER_SECOND === 0 ? 0 : -1)));
});

test('a slow clock, one tick in a second, still keeps the book full', () => {
  const venue = new SimulationVenue();
  ticks(venue, { count: 120, stepMs: 1_000 });
  for (const view of venue.core.exchange.symbols()) expect(bookOf(venue, view).levels).toBe(LEAST_LEVELS);
});

test('a market that begins anew after three hours takes over its orders and finds the index again', () => {
  const venue = new SimulationVenue();
  ticks(venue, { count: 400 });
  const before = venue.core.exchange.symbols().map(({ index }) => index);
  venue.timeMs += 3 * 3_600_000;
  const run = ticks(venue, { count: 40 });
  venue.core.exchange.symbols().forEach((view, i) => {
    expect(Math.abs(view.index / (before[i] as number) - 1)).toBeGreaterThan(0.001);
    expect(bookOf(venue, view).levels).toBe(LEAST_LEVELS);
    expect(bookOf(venue, view).spread).toBeLessThan(0.001);
    expect(lastOffIndex(view)).toBeLessThan(0.003);
  });
  expect(run[0]?.commands).toHaveLength(1);
  for (const userId of venue.accounts.makers) {
    expect(venue.core.exchange.openOrders(userId).length).toBeLessThan(2 * 3 * 2 * LEAST_LEVELS);
  }
});

test('after a pause the first tick only brings prices: what is known of the index is old', () => {
  const venue = new SimulationVenue();
  const market = venue.market();
  for (let i = 0; i < 40; i++) venue.tick(market);
  venue.timeMs += 3_600_000;
  expect(venue.tick(market).commands.map(({ type }) => type)).toEqual(['update-prices']);
  expect(venue.tick(market).commands.map(({ type }) => type)).toContain('place-orders');
});

test('a trader who lifts the price far off the index is sold to, and the price comes back', () => {
  const venue = new SimulationVenue();
  const market = venue.market();
  for (let i = 0; i < 80; i++) venue.tick(market);
  const userId = venue.user({ username: 'whale', kind: 'trader', funding: HOUSE_FUNDING });
  const view = venue.core.exchange.symbol('BTCUSDT') as SymbolView;
  const price = priceTicks(Math.floor(view.index * 1.005));
  const quantity = quantitySteps(Math.floor(900_000 / usdtPerStep(view.parameters, price)));
  venue.ok({
    type: 'place-order',
    actor: { userId },
    order: {
      symbol: 'BTCUSDT',
      type: 'LIMIT',
      side: 'BUY',
      positionSide: 'BOTH',
      price,
      quantity,
      timeInForce: 'GTC',
    },
  });
  for (let i = 0; i < 400; i++) venue.tick(market);
  expect(venue.core.exchange.openOrders(userId)).toEqual([]);
  const after = venue.core.exchange.symbol('BTCUSDT') as SymbolView;
  expect(lastOffIndex(after)).toBeLessThan(0.003);
  expect(bookOf(venue, after).levels).toBe(LEAST_LEVELS);
});

test('a symbol that does not trade is left alone', () => {
  const venue = new SimulationVenue();
  const market = venue.market();
  const { parameters } = venue.core.exchange.symbol('SOLUSDT') as SymbolView;
  venue.ok({ type: 'configure-symbol', parameters: { ...parameters, status: 'HALTED' } });
  const run = Array.from({ length: 40 }, () => venue.tick(market));
  expect(run.flatMap(refusalsOf)).toEqual([]);
  expect(venue.core.exchange.depth('SOLUSDT')?.bids).toEqual([]);
  expect(venue.core.exchange.depth('ETHUSDT')?.bids.length).toBeGreaterThan(0);
});

test('house accounts that have run low are topped up within a minute', () => {
  const venue = new SimulationVenue();
  const userId = venue.accounts.takers[1] as number;
  venue.ok({ type: 'adjust-wallet', userId, amount: money(-(HOUSE_FUNDING * 6n) / 10n), changeType: 'ADJUSTMENT' });
  const market = venue.market();
  for (let i = 0; i < 61 * TICKS_PER_SECOND; i++) venue.tick(market);
  expect(venue.core.exchange.account(userId).wallet).toBeGreaterThan((HOUSE_FUNDING * 9n) / 10n);
});
