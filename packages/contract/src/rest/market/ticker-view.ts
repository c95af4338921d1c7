import { Type } from 'typebox';
import { amount, price, quantity, signedDecimal, signedRatio, symbolName, timestampMs } from '../../scalars.ts';

/** Prices and volume of the last 24 hours; `"0"` where there is no value yet. */
export const TickerView = Type.Object(
  {
    symbol: symbolName(),
    lastPrice: price('Price of the last trade'),
    markPrice: price('Mark price'),
    indexPrice: price('Index price'),
    openPrice: price('Price 24 hours ago'),
    highPrice: price('Highest price of the last 24 hours'),
    lowPrice: price('Lowest price of the last 24 hours'),
    volume: quantity('Quantity traded in the last 24 hours'),
    quoteVolume: amount('Value traded in the last 24 hours'),
    priceChange: signedDecimal('Last price less open price', 'USDT', '-120.5'),
    priceChangePercent: signedDecimal('Price change by open price', 'percent', '-0.2'),
    bestBid: price('Highest price on the buy side'),
    bestBidQty: quantity('Quantity at the best bid'),
    bestAsk: price('Lowest price on the sell side'),
    bestAskQty: quantity('Quantity at the best ask'),
    fundingRate: signedRatio('Estimate of the next funding rate'),
    nextFundingTime: timestampMs('Time of the next funding'),
    openInterest: quantity('Quantity of all open positions, one side counted'),
  },
  { description: 'Prices and volume of the last 24 hours' },
);
