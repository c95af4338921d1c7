import type { TickerView, TradeView } from '@openvenue/contract';
import { divide, formatDecimal, formatOnGrid, multiplyDivide, ONE } from '@openvenue/money';
import type { Ticker, TradeEvent } from '@openvenue/views';
import { externalId } from '../ids.ts';
import type { Grid } from './order.ts';

const PERCENT = 100n;

/** A ticker as replies show it. */
export function tickerView(ticker: Ticker, { tickSize, stepSize }: Grid): TickerView {
  const price = (ticks: number) => formatOnGrid(ticks, tickSize);
  const quantity = (steps: number) => formatOnGrid(steps, stepSize);
  const change = ticker.last - ticker.open;
  return {
    symbol: ticker.symbol,
    lastPrice: price(ticker.last),
    markPrice: price(ticker.mark),
    indexPrice: price(ticker.index),
    openPrice: price(ticker.open),
    highPrice: price(ticker.high),
    lowPrice: price(ticker.low),
    volume: formatDecimal(ticker.volume * stepSize),
    quoteVolume: formatDecimal(multiplyDivide([ticker.turnover * tickSize, stepSize], ONE, 'half-up')),
    priceChange: price(change),
    priceChangePercent: changePercent(change, ticker.open),
    bestBid: price(ticker.bestBid),
    bestBidQty: quantity(ticker.bestBidQuantity),
    bestAsk: price(ticker.bestAsk),
    bestAskQty: quantity(ticker.bestAskQuantity),
    fundingRate: formatDecimal(BigInt(ticker.estimatedFundingRate)),
    nextFundingTime: ticker.nextFundingAtMs,
    openInterest: quantity(ticker.openInterest),
  };
}

function changePercent(change: number, open: number): string {
  return open === 0 ? '0' : formatDecimal(divide(BigInt(change) * PERCENT * ONE, BigInt(open), 'half-up'));
}

/** A trade as everyone sees it. */
export function tradeView(trade: TradeEvent, { tickSize, stepSize }: Grid): TradeView {
  return {
    tradeId: externalId('trade', trade.tradeId),
    price: formatOnGrid(trade.price, tickSize),
    quantity: formatOnGrid(trade.quantity, stepSize),
    side: trade.takerSide,
    ts: trade.atMs,
  };
}
