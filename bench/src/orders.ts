import { createHmac } from 'node:crypto';
import { call, logIn } from '../../e2e/testing/api.ts';

const READ_AND_TRADE = 3;
/**
 * Orders are signed as by clients whose clock is behind: the venue remembers a user's signatures until they expire, at most 20,000 of them,
 * and that bound isn't what is measured. With {@link AHEAD_MAX_MS} it stays within the tolerance of 10 s.
 */
const CLOCK_BEHIND_MS = 5_000;
/** For no longer than this are orders signed ahead. */
export const AHEAD_MAX_MS = 3_500;

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

/** Orders that are signed before any is sent: what signing costs the load would be measured as the server's. */
export interface Ahead {
  readonly count: number;
  /** They are sent within this time, at most {@link AHEAD_MAX_MS}. */
  readonly spanMs: number;
}

/**
 * Gives a new signed order at every call, of each key's user in turn; beyond those that were signed ahead, each is signed when it is asked for.
 * `run` tells the orders of several generators apart.
 */
export function signedOrders(
  keys: readonly Key[],
  run = 'bench',
  ahead: Ahead = { count: 0, spanMs: 0 },
): () => string {
  const nowMs = Date.now();
  const signed = Array.from({ length: ahead.count }, (_, n) =>
    signedOrder(keys[n % keys.length]!, `${run}-${n}`, nowMs + (ahead.spanMs * n) / ahead.count),
  );
  let count = 0;
  return () => {
    const n = count++;
    return signed[n] ?? signedOrder(keys[n % keys.length]!, `${run}-${n}`, Date.now());
  };
}

function signedOrder({ apiKey, apiSecret }: Key, clientOrderId: string, atMs: number): string {
  const body = orderBody(clientOrderId);
  const query = `timestamp=${Math.floor(atMs) - CLOCK_BEHIND_MS}`;
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
