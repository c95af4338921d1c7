import { call } from '../../e2e/testing/api.ts';
import type { Key } from './orders.ts';

const SYMBOL = 'BTCUSDT';
const MOVE_EVERY_MS = 60;
/** Whole prices below the best bid among which the order moves. */
const DISTANCE = 300;
const PLACES = 10;

/** Moves one resting order of a user: with what moves in the demonstration by itself the book changes 20 times a second. Returns what ends it. */
export async function moveBook(url: string, key: Key): Promise<() => Promise<void>> {
  const depth = await call(url, { path: '/v1/public/market/depth', query: { symbol: SYMBOL, limit: '5' } });
  const best = Math.floor(Number(depth.data.bids[0][0]));
  let resting: string | undefined;
  let moves = 0;
  const move = async (): Promise<void> => {
    const before = resting;
    const clientOrderId = `restless-${Date.now()}-${++moves}`;
    const price = String(best - DISTANCE - (moves % PLACES));
    const order = { symbol: SYMBOL, type: 'LIMIT', side: 'BUY', price, quantity: '0.010', timeInForce: 'GTC' };
    await accepted(url, '/v1/private/order/place', { key, body: { ...order, clientOrderId } });
    resting = clientOrderId;
    if (before !== undefined) await cancel(before);
  };
  const cancel = (clientOrderId: string): Promise<void> =>
    accepted(url, '/v1/private/order/cancel', { key, body: { symbol: SYMBOL, clientOrderId } });
  await move();
  let moved = Promise.resolve();
  const timer = setInterval(() => {
    moved = moved.then(move);
  }, MOVE_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await moved;
    if (resting !== undefined) await cancel(resting);
  };
}

async function accepted(
  url: string,
  path: string,
  { key, body }: { readonly key: Key; readonly body: unknown },
): Promise<void> {
  const answer = await call(url, { path, body, auth: key });
  if (answer.code !== 0) throw new Error(`${path}: ${answer.code} ${answer.message}`);
}
