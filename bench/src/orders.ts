import { createHmac } from 'node:crypto';
import { call, logIn } from '../../e2e/testing/api.ts';

const READ_AND_TRADE = 3;
/**
 * Orders are signed as by clients whose clock is behind, still within the tolerance of 10 s: the venue remembers a user's signatures until
 * they expire, at most 20,000 of them, and that bound isn't what is measured.
 */
const CLOCK_BEHIND_MS = 8_000;

export interface Key {
  readonly apiKey: string;
  readonly apiSecret: string;
}

export async function createKey(
  url: string,
  user: { readonly username: string; readonly password: string },
): Promise<Key> {
  const token = await logIn(url, user.username, user.password);
  const answer = await call(url, {
    path: '/v1/private/user/api-key/create',
    body: { label: 'bench', permissions: READ_AND_TRADE },
    auth: { token },
  });
  if (answer.code !== 0) throw new Error(`no API key for ${user.username}: ${answer.code} ${answer.message}`);
  return { apiKey: answer.data.apiKey as string, apiSecret: answer.data.apiSecret as string };
}

/** Gives a new signed order at every call, of each key's user in turn. `run` tells the orders of several generators apart. */
export function signedOrders(keys: readonly Key[], run = 'bench'): () => string {
  let count = 0;
  return () => {
    const { apiKey, apiSecret } = keys[count % keys.length]!;
    const body = orderBody(`${run}-${++count}`);
    const query = `timestamp=${Date.now() - CLOCK_BEHIND_MS}`;
    const signature = createHmac('sha256', apiSecret)
      .update(query + body)
      .digest('hex');
    return [
      `POST /v1/private/order/place?${query}&signature=${signature} HTTP/1.1`,
      'Host: 127.0.0.1',
      `X-API-KEY: ${apiKey}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      `\r\n${body}`,
    ].join('\r\n');
  };
}

/** IOC far below the market: accepted, and leaves nothing in the book. */
export const orderBody = (clientOrderId: string): string =>
  JSON.stringify({
    symbol: 'BTCUSDT',
    type: 'LIMIT',
    side: 'BUY',
    price: '10000',
    quantity: '0.010',
    timeInForce: 'IOC',
    clientOrderId,
  });
