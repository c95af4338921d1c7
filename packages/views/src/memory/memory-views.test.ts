import type { Event, SymbolParameters, SymbolView } from '@openvenue/core';
import { type PriceTicks, type QuantitySteps, type Rate, ZERO_MONEY } from '@openvenue/money';
import { describe, expect, it, vi } from 'vitest';
import type { CoreReads, TradeEvent } from './committed-events.ts';
import { MemoryViews } from './memory-views.ts';
import { RecentEvents } from './recent-events.ts';

const ticks = (n: number) => n as PriceTicks;
const steps = (n: number) => n as QuantitySteps;
const START_MS = 1_772_007_815_000;

const symbolView = (symbol: string): SymbolView => ({
  parameters: { symbol } as SymbolParameters,
  status: 'TRADING',
  delistingAtMs: 0,
  estimatedFundingRate: 12_500 as Rate,
  fundingRate: 0 as Rate,
  nextFundingAtMs: 1_772_035_200_000,
  interestRate: 10_000 as Rate,
  fundingCap: 300_000 as Rate,
  version: 1,
  index: ticks(100),
  mark: ticks(101),
  last: ticks(99),
  priceState: 'LIVE',
  openInterest: steps(7),
});

function coreReads(symbols: readonly string[]): CoreReads {
  return {
    sequence: 10,
    timeMs: START_MS,
    exchange: {
      symbols: () => symbols.slice(0, 1).map(symbolView),
      symbol: (name) => (symbols.includes(name) ? symbolView(name) : undefined),
      depth: () => ({ version: 3, bids: [[ticks(98), steps(1)]], asks: [[ticks(102), steps(2)]] }),
    },
  };
}

const trade = (price: number, quantity: number, atMs = START_MS): TradeEvent => ({
  type: 'trade',
  symbol: 'BTCUSDT',
  tradeId: 1,
  price: ticks(price),
  quantity: steps(quantity),
  takerSide: 'BUY',
  makerOrderId: 1,
  takerOrderId: 2,
  atMs,
});

class Feeder {
  readonly views: MemoryViews;
  #sequence = 10;
  constructor(symbols = ['BTCUSDT', 'ETHUSDT'], pastTrades: readonly TradeEvent[] = []) {
    this.views = new MemoryViews(coreReads(symbols), { pastTrades });
  }
  feed(events: readonly Event[], timeMs = START_MS): void {
    this.views.apply([{ sequence: ++this.#sequence, timeMs, events }]);
  }
}

describe('memory views', () => {
  it('start from the state of the core', () => {
    const { views } = new Feeder();
    expect(views.ticker('BTCUSDT')).toEqual({
      symbol: 'BTCUSDT',
      last: 99,
      mark: 101,
      index: 100,
      open: 99,
      high: 99,
      low: 99,
      volume: 0n,
      turnover: 0n,
      bestBid: 98,
      bestBidQuantity: 1,
      bestAsk: 102,
      bestAskQuantity: 2,
      openInterest: 7,
      estimatedFundingRate: 12_500,
      nextFundingAtMs: 1_772_035_200_000,
    });
    expect(views.book('BTCUSDT')?.version).toBe(3);
    expect(views.book('ETHUSDT')).toBeUndefined();
    expect(views.ticker('ETHUSDT')).toBeUndefined();
  });

  it('start from past trades where they are given', () => {
    const { views } = new Feeder(
      ['BTCUSDT'],
      [trade(90, 2, START_MS - 90_000_000), trade(120, 3, START_MS - 3_600_000), trade(99, 1, START_MS - 60_000)],
    );
    expect(views.ticker('BTCUSDT')).toMatchObject({
      open: 90,
      high: 120,
      low: 90,
      last: 99,
      volume: 4n,
      turnover: 459n,
    });
    expect(views.tape('BTCUSDT')?.end).toBe(3);
    expect(views.trades('BTCUSDT', 2)?.map((each) => each.price)).toEqual([99, 120]);
    expect(views.trades('ETHUSDT', 2)).toBeUndefined();
  });

  it('begin with the trades and private events that the start has replayed, and go on with them', () => {
    const told = (userSequence: number): Event => ({
      type: 'account-updated',
      userSequence,
      userId: 7,
      reason: 'ORDER',
      account: { wallet: ZERO_MONEY, frozen: ZERO_MONEY, used: ZERO_MONEY, available: ZERO_MONEY },
      positions: [],
    });
    const recent = new RecentEvents();
    recent.take([
      { sequence: 9, timeMs: START_MS - 2, events: [trade(90, 1, START_MS - 2), told(4)] },
      { sequence: 10, timeMs: START_MS - 1, events: [told(5), trade(91, 1, START_MS - 1)] },
    ]);
    const views = new MemoryViews(coreReads(['BTCUSDT']), { recent });
    views.apply([{ sequence: 11, timeMs: START_MS, events: [trade(92, 1), told(6)] }]);
    expect(views.trades('BTCUSDT', 9)?.map(({ price }) => price)).toEqual([92, 91, 90]);
    const since = views.privateSince(7, 4);
    expect(since !== 'gone' && since.map(({ timeMs, event }) => [timeMs, event.userSequence])).toEqual([
      [START_MS - 1, 5],
      [START_MS, 6],
    ]);
    expect(views.privateSince(7, 2)).toBe('gone');
  });

  it('follow trades, prices and the book', () => {
    const feeder = new Feeder();
    feeder.feed([
      trade(105, 2),
      trade(95, 4),
      { type: 'prices-updated', symbol: 'BTCUSDT', index: ticks(103), mark: ticks(104), state: 'LIVE', atMs: START_MS },
      { type: 'depth-changed', symbol: 'BTCUSDT', version: 4, side: 'BUY', price: ticks(99), quantity: steps(9) },
    ]);
    expect(feeder.views.ticker('BTCUSDT')).toMatchObject({
      last: 95,
      open: 105,
      high: 105,
      low: 95,
      volume: 6n,
      turnover: 590n,
      mark: 104,
      index: 103,
      bestBid: 99,
      bestBidQuantity: 9,
    });
    expect(feeder.views.sequence).toBe(11);
  });

  it('a symbol that is configured later begins empty', () => {
    const feeder = new Feeder();
    feeder.feed([{ type: 'symbol-configured', symbol: 'ETHUSDT', version: 1 }]);
    feeder.feed([
      { type: 'depth-changed', symbol: 'ETHUSDT', version: 1, side: 'SELL', price: ticks(5), quantity: steps(1) },
    ]);
    expect(feeder.views.ticker('ETHUSDT')).toMatchObject({ last: 0, open: 0, bestBid: 0, bestAsk: 5 });
    expect(feeder.views.tickers().map((each) => each.symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
  });

  it('tell which tickers changed', () => {
    const feeder = new Feeder();
    feeder.feed([{ type: 'symbol-configured', symbol: 'ETHUSDT', version: 1 }]);
    const depth = (version: number, price: number, quantity: number) =>
      feeder.feed([
        {
          type: 'depth-changed',
          symbol: 'BTCUSDT',
          version,
          side: 'SELL',
          price: ticks(price),
          quantity: steps(quantity),
        },
      ]);
    const changed = (run: () => void) => {
      const before = feeder.views.tickerRevision;
      run();
      return feeder.views.tickersSince(before).map((each) => each.symbol);
    };
    expect(changed(() => depth(4, 103, 5))).toEqual([]);
    expect(changed(() => depth(5, 102, 1))).toEqual(['BTCUSDT']);
    expect(changed(() => depth(6, 102, 0))).toEqual(['BTCUSDT']);
    expect(changed(() => feeder.feed([trade(100, 1)]))).toEqual(['BTCUSDT']);
    const funding = { rate: 1 as Rate, mark: ticks(101), intervalHours: 8, atMs: START_MS };
    expect(changed(() => feeder.feed([{ type: 'funding-settled', symbol: 'BTCUSDT', ...funding }]))).toEqual([
      'BTCUSDT',
    ]);
    const prices = {
      type: 'prices-updated',
      symbol: 'ETHUSDT',
      index: ticks(1),
      mark: ticks(1),
      state: 'LIVE',
      atMs: START_MS,
    } as const;
    expect(changed(() => feeder.feed([prices]))).toEqual(['ETHUSDT']);
    expect(changed(() => feeder.feed([prices]))).toEqual([]);
    expect(changed(() => feeder.feed([], START_MS + 86_400_000))).toEqual(['BTCUSDT']);
  });

  it('keep private events and tell listeners after the batch is in', () => {
    const feeder = new Feeder();
    const seen: unknown[] = [];
    const listener = vi.fn(() => seen.push(feeder.views.privateSince(5, 1)));
    const stop = feeder.views.onApplied(listener);
    const account = { wallet: ZERO_MONEY, frozen: ZERO_MONEY, used: ZERO_MONEY, available: ZERO_MONEY };
    const event = (userSequence: number) =>
      ({ type: 'account-updated', userSequence, userId: 5, reason: 'ORDER', account, positions: [] }) as const;
    feeder.feed([event(2), event(3)]);
    expect(seen).toEqual([
      [
        { timeMs: START_MS, event: event(2) },
        { timeMs: START_MS, event: event(3) },
      ],
    ]);
    stop();
    feeder.feed([]);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('refuse a gap in the commands', () => {
    const { views } = new Feeder();
    expect(() => views.apply([{ sequence: 12, timeMs: START_MS, events: [] }])).toThrow('missed');
  });
});
