import { call, logIn } from '../../testing/api.ts';

const SWEEP = '2';

/**
 * Another user trades through both sides of the book: the candle of now then spans some prices, and an order between them is
 * seen on the chart and not filled at once.
 * @returns a price in the lower part of the candle
 */
export async function stirMarket(venueUrl: string): Promise<string> {
  const auth = { token: await logIn(venueUrl, 'bob', 'bob-demo') };
  const before = await bestBid(venueUrl);
  for (const side of ['SELL', 'BUY']) {
    const body = { symbol: 'BTCUSDT', type: 'MARKET', side, quantity: SWEEP };
    const { code, message } = await call(venueUrl, { path: '/v1/private/order/place', body, auth });
    if (code !== 0) throw new Error(`the other user's order was refused: ${message}`);
  }
  const { data } = await call(venueUrl, {
    path: '/v1/public/market/klines',
    query: { symbol: 'BTCUSDT', interval: '1m', limit: '3' },
  });
  const lows: number[] = data.list.map(({ low }: { low: string }) => Number(low));
  return (before - (before - Math.min(...lows)) * 0.7).toFixed(1);
}

async function bestBid(venueUrl: string): Promise<number> {
  const { data } = await call(venueUrl, {
    path: '/v1/public/market/depth',
    query: { symbol: 'BTCUSDT', limit: '5' },
  });
  return Number(data.bids[0][0]);
}

/** Gives a user an open order far from the market, and a position. */
export async function openOrderAndPosition(
  venueUrl: string,
  user: { readonly username: string; readonly password: string },
): Promise<void> {
  const auth = { token: await logIn(venueUrl, user.username, user.password) };
  const price = ((await bestBid(venueUrl)) * 0.99).toFixed(1);
  const common = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.02' };
  for (const body of [
    { ...common, type: 'LIMIT', price },
    { ...common, type: 'MARKET' },
  ]) {
    const { code, message } = await call(venueUrl, { path: '/v1/private/order/place', body, auth });
    if (code !== 0) throw new Error(`the order of ${user.username} was refused: ${message}`);
  }
}
