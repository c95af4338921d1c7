import { formatDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { Ticker } from '../../market/ticker.ts';
import { EXAMPLE_INSTRUMENT } from '../calculation/testing/example-instrument.ts';
import { crossAccountFor, liveAccount, markOf } from './live-account.ts';
import { position } from './testing/examples.ts';

const ticker = (symbol: string, markPrice: string): Ticker => ({
  symbol,
  lastPrice: '0',
  markPrice,
  indexPrice: '0',
  openPrice: '0',
  highPrice: '0',
  lowPrice: '0',
  volume: '0',
  quoteVolume: '0',
  priceChange: '0',
  priceChangePercent: '0',
  bestBid: '0',
  bestBidQty: '0',
  bestAsk: '0',
  bestAskQty: '0',
  fundingRate: '0',
  nextFundingTime: 0,
  openInterest: '0',
});
const balances = { asset: 'USDT', wallet: '10000', frozen: '100', used: '3000' };
const instruments = new Map([
  ['BTCUSDT', EXAMPLE_INSTRUMENT],
  ['ETHUSDT', EXAMPLE_INSTRUMENT],
]);
const short = position({ symbol: 'ETHUSDT', quantity: '-4', notional: '12000', unrealizedPnl: '-40' });

describe('liveAccount', () => {
  const tickers = new Map([['BTCUSDT', ticker('BTCUSDT', '59000')]]);
  const account = liveAccount({ balances, positions: [position(), short] }, { instruments, tickers });

  it('values positions at the mark of now, not of their last event', () => {
    expect(account?.positions.map(({ atMark }) => formatDecimal(atMark.unrealizedPnl))).toEqual(['-500', '-228040']);
  });

  it('takes the mark of the position while the market has none', () => {
    const none = liveAccount({ balances, positions: [position()] }, { instruments, tickers: new Map() });
    expect(formatDecimal(none?.atMarks.equity ?? 0n)).toBe('10000');
    expect(formatDecimal(none?.atMarks.available ?? 0n)).toBe('6900');
    expect(markOf(ticker('BTCUSDT', '0'))).toBeUndefined();
  });

  it('is nothing before balances and contracts are known', () => {
    expect(liveAccount({ balances: undefined, positions: [] }, { instruments, tickers })).toBeUndefined();
    expect(liveAccount({ balances, positions: [] }, { instruments: new Map(), tickers })).toBeUndefined();
  });

  it('shows a market what all the others have', () => {
    if (account === undefined) throw new Error('the account has balances');
    const seen = crossAccountFor(account, 'ETHUSDT');
    expect(formatDecimal(seen.otherUnrealizedPnl)).toBe('-500');
    expect(formatDecimal(seen.otherMaintenanceMargin)).toBe('118');
    expect(formatDecimal(seen.wallet)).toBe('10000');
  });
});
