import { describe, expect, it } from 'vitest';
import { AccountBook } from './account-book.ts';
import { accountEvent, asset, order, orderEvent, position } from './testing/examples.ts';

function loaded() {
  const book = new AccountBook();
  book.replace({ asset: asset(), positions: [position()], orders: [order()] });
  return book;
}

describe('AccountBook', () => {
  it('shows a snapshot', () => {
    const book = loaded();
    expect(book.balances).toEqual({ asset: 'USDT', wallet: '10000', frozen: '0', used: '0' });
    expect(book.positions.map(({ symbol }) => symbol)).toEqual(['BTCUSDT']);
    expect(book.orders.map(({ orderId }) => orderId)).toEqual(['11']);
  });

  it('forgets with a snapshot what the venue no longer knows', () => {
    const book = loaded();
    book.replace({ asset: asset(), positions: [], orders: [order({ orderId: '12', status: 'FILLED' })] });
    expect([book.positions, book.orders]).toEqual([[], []]);
  });

  it('follows an order from its acceptance to its end', () => {
    const book = loaded();
    book.apply(orderEvent({ orderId: '12', clientOrderId: 'web-2' }));
    expect(book.orders.map(({ orderId }) => orderId)).toEqual(['12', '11']);
    book.apply(orderEvent({ orderId: '11', executionType: 'AMENDED', price: '58000', updateTime: 3_000 }));
    expect(book.orders[1]).toMatchObject({ price: '58000', createdAt: 1_000 });
    book.apply(
      orderEvent({ orderId: '11', executionType: 'TRADE', orderStatus: 'PARTIALLY_FILLED', filledQuantity: '0.2' }),
    );
    expect(book.orders[1]).toMatchObject({ filledQuantity: '0.2', status: 'PARTIALLY_FILLED' });
    book.apply(orderEvent({ orderId: '11', executionType: 'CANCELED', orderStatus: 'PARTIALLY_FILLED_CANCELED' }));
    expect(book.orders.map(({ orderId }) => orderId)).toEqual(['12']);
  });

  it('comes to the same end when events from before the snapshot come again', () => {
    const book = new AccountBook();
    book.replace({ asset: asset(), positions: [], orders: [] });
    book.apply(orderEvent());
    book.apply(orderEvent({ executionType: 'TRADE', orderStatus: 'FILLED', filledQuantity: '0.5' }));
    expect(book.orders).toEqual([]);
  });

  it('takes the balances and positions that an event carries, and closes a position at zero', () => {
    const book = loaded();
    const eth = position({ symbol: 'ETHUSDT', quantity: '-4' });
    book.apply(accountEvent({ positions: [eth] }));
    expect(book.balances).toEqual({ asset: 'USDT', wallet: '9990', frozen: '10', used: '3000' });
    expect(book.positions.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
    book.apply(accountEvent({ balances: [], positions: [position({ quantity: '0' })] }));
    expect(book.positions).toEqual([eth]);
    expect(book.balances?.wallet).toBe('9990');
  });
});
