import { describe, expect, it } from 'vitest';
import { order, position } from '../account/testing/examples.ts';
import { TRADING_TEXTS } from '../text/index.ts';
import { chartLinesOf } from './chart-lines-of.ts';

describe('chartLinesOf', () => {
  it('draws entry, liquidation and open orders', () => {
    const { positions, orders } = chartLinesOf(TRADING_TEXTS.en, {
      positions: [position({ quantity: '-0.5' })],
      orders: [order()],
    });
    expect([...positions, ...orders].map(({ id, price, label, tone }) => [id, price, label, tone])).toEqual([
      ['position-BTCUSDT', '60000', 'Short 0.5', 'accent'],
      ['liquidation-BTCUSDT', '54000', 'Liq. price', 'warn'],
      ['order-11', '59000', 'Buy 0.5', 'up'],
    ]);
  });

  it('draws no line where there is no price', () => {
    const none = { positions: [position({ liqPrice: '0' })], orders: [order({ type: 'MARKET', price: '0' })] };
    const { positions, orders } = chartLinesOf(TRADING_TEXTS.en, none);
    expect(positions.map(({ id }) => id)).toEqual(['position-BTCUSDT']);
    expect(orders).toEqual([]);
  });
});
