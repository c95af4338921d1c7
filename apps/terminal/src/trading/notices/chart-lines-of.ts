import type { ChartLine, DrawnLines } from '../../chart/chart-lines.ts';
import type { AccountView } from '../account/account-store.ts';
import type { TradingText } from '../text/index.ts';

/** Entry and liquidation prices of positions, and the prices of open orders, as lines of the chart. */
export function chartLinesOf(
  { words, columns }: TradingText,
  { positions, orders }: Pick<AccountView, 'positions' | 'orders'>,
): DrawnLines {
  const entries = positions.map(({ symbol, quantity, entryPrice }): ChartLine => {
    const direction = quantity.startsWith('-') ? words.short : words.long;
    const label = `${direction} ${quantity.replace('-', '')}`;
    return { id: `position-${symbol}`, symbol, price: entryPrice, label, tone: 'accent', style: 'solid' };
  });
  const liquidations = positions
    .filter(({ liqPrice }) => liqPrice !== '0')
    .map(({ symbol, liqPrice: price }): ChartLine => {
      return { id: `liquidation-${symbol}`, symbol, price, label: columns.liquidation, tone: 'warn', style: 'dashed' };
    });
  const resting = orders
    .filter(({ price }) => price !== '0')
    .map(({ orderId, symbol, price, side, quantity }): ChartLine => {
      const isBuy = side === 'BUY';
      const label = `${isBuy ? words.buy : words.sell} ${quantity}`;
      return { id: `order-${orderId}`, symbol, price, label, tone: isBuy ? 'up' : 'down', style: 'dashed', orderId };
    });
  return { positions: [...entries, ...liquidations], orders: resting };
}
