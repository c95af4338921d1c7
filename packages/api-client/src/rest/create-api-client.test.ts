import { createHmac } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { BearerAuth } from '../auth/bearer-auth.ts';
import { InsufficientBalanceError, RateLimitedError, TokenExpiredError, TokenRevokedError } from '../errors/classes.ts';
import { OutcomeUnknownError, UnreachableError } from '../errors/no-reply.ts';
import { FakeClock, FakeFetch, settled } from '../testing/index.ts';
import type { ApiClientOptions } from './caller.ts';
import { createApiClient } from './create-api-client.ts';

const BASE = 'https://venue.example';
const ORDER = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '60000.5', quantity: '0.01' } as const;
const KEY = { apiKey: 'fx_key', apiSecret: 'sécret' };
const FAR_S = 4_000_000_000;

function scene(options: Partial<ApiClientOptions> = {}) {
  const clock = new FakeClock();
  const venue = new FakeFetch();
  const client = createApiClient({ baseUrl: BASE, fetch: venue.fetch, clock, ...options });
  return { clock, venue, client };
}

const bearer = (accessToken = 'token-1') => new BearerAuth(async () => ({ accessToken, accessExpire: FAR_S }));

describe('a call', () => {
  it('of a query sends its fields in the query and resolves to the data', async () => {
    const { venue, client } = scene();
    const depth = client.market.depth({ symbol: 'BTCUSDT', limit: 5 });
    const request = await venue.next();
    expect(request).toMatchObject({ method: 'GET', path: '/v1/public/market/depth', rawBody: '', headers: {} });
    expect(request.query).toEqual({ symbol: 'BTCUSDT', limit: '5' });
    request.succeed({ version: 7, bids: [], asks: [] });
    expect(await depth).toEqual({ version: 7, bids: [], asks: [] });
  });

  it('of a change sends its fields as JSON, with an id of the request', async () => {
    const { venue, client } = scene({ auth: bearer() });
    const cancelled = client.order.cancel({ symbol: 'BTCUSDT', orderId: '1' });
    const request = await venue.next();
    expect(request).toMatchObject({ method: 'POST', path: '/v1/private/order/cancel', rawQuery: '' });
    expect(request.body).toEqual({ symbol: 'BTCUSDT', orderId: '1' });
    expect(request.headers).toEqual({
      Authorization: 'Bearer token-1',
      'Content-Type': 'application/json',
      'X-Request-ID': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(request.init).toMatchObject({ redirect: 'error', cache: 'no-store', credentials: 'same-origin' });
    request.succeed({ orderId: '1' });
    expect(await cancelled).toEqual({ orderId: '1' });
  });

  it('without fields has no body and leaves out what is undefined', async () => {
    const { venue, client } = scene({ auth: bearer() });
    void client.user.createListenKey();
    expect((await venue.next()).rawBody).toBe('');
    const query: { readonly symbol: string } = Object.assign({ symbol: 'BTCUSDT' }, { lastOrderId: undefined });
    void client.order.current(query);
    expect((await venue.next()).rawQuery).toBe('symbol=BTCUSDT');
  });

  it('keeps a path in the base URL', async () => {
    const { venue, client } = scene({ baseUrl: 'https://partner.example/venue/' });
    void client.venue.time();
    expect((await venue.next()).path).toBe('/venue/v1/time');
  });

  it('that needs an auth is not sent without one', async () => {
    const { venue, client } = scene();
    await expect(client.user.asset()).rejects.toThrow('needs an auth');
    expect(venue.untaken).toBe(0);
  });

  it('that says more to who is signed in is sent with the auth where there is one', async () => {
    const anonymous = scene();
    void anonymous.client.leaderboard.pnl({ period: '7d' });
    const request = await anonymous.venue.next();
    expect(request).toMatchObject({ path: '/v1/public/leaderboard/pnl', rawQuery: 'period=7d', headers: {} });
    const { venue, client } = scene({ auth: bearer() });
    void client.leaderboard.pnl({ period: '7d' });
    expect((await venue.next()).headers['Authorization']).toBe('Bearer token-1');
    void client.market.ticker();
    expect((await venue.next()).headers).not.toHaveProperty('Authorization');
  });

  it('of a statistic, a transfer or favourites is typed by the contract', async () => {
    const { venue, client } = scene({ auth: bearer() });
    const moved = client.user.walletTransfer({ direction: 'FUNDING_TO_CONTRACT', transferAll: true });
    const transfer = await venue.next();
    expect(transfer.body).toEqual({ direction: 'FUNDING_TO_CONTRACT', transferAll: true });
    transfer.succeed({ amount: '5', timestamp: 7 });
    expect((await moved).amount).toBe('5');
    const history = client.user.balanceHistory({ period: '1W' });
    (await venue.next()).succeed({ items: [{ date: '2026-02-23', balance: '5', pnl: '0' }] });
    expect((await history).items[0]?.date).toBe('2026-02-23');
    void client.user.setFavoriteSymbols({ symbols: ['BTCUSDT'] });
    expect((await venue.next()).body).toEqual({ symbols: ['BTCUSDT'] });
  });

  it('of an embed token names the embedding page', async () => {
    const { venue, client } = scene();
    const input = { embedToken: 'once', channelId: 'c1' };
    void client.session.exchangeEmbedToken(input, { embedOrigin: 'https://partner.example' });
    const request = await venue.next();
    expect(request.headers['X-Embed-Origin']).toBe('https://partner.example');
    expect(request.body).toEqual(input);
  });
});

describe('a refusal', () => {
  it('is thrown as the error of its code, with details and id', async () => {
    const { venue, client } = scene({ auth: bearer() });
    const placed = client.order.place(ORDER);
    const request = await venue.next();
    request.refuse(3001, { message: 'Insufficient balance', details: { required: '600', available: '1' } });
    const error = await placed.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InsufficientBalanceError);
    expect(error).toMatchObject({
      code: 3001,
      message: 'Insufficient balance',
      details: { required: '600', available: '1' },
      requestId: request.headers['X-Request-ID'],
    });
  });

  it('for the rate says when to come back', async () => {
    const { venue, client } = scene();
    const time = client.venue.time();
    (await venue.next()).refuse(5003, { status: 429, headers: { 'retry-after': '3' } });
    const error = await time.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfterMs: 3_000 });
  });
});

describe('without a reply', () => {
  it.each([
    ['a query is unreachable', UnreachableError, false],
    ['the outcome of a change is unknown', OutcomeUnknownError, true],
  ])('%s', async (_name, ErrorClass, isWrite) => {
    const { venue, client, clock } = scene({ auth: bearer(), timeoutMs: 2_000 });
    const call = () => (isWrite ? client.order.place(ORDER) : client.order.current()).catch((error: unknown) => error);

    const broken = call();
    (await venue.next()).fail();
    expect(await broken).toBeInstanceOf(ErrorClass);
    expect(await broken).toMatchObject({ reason: 'network' });

    const page = call();
    (await venue.next()).respond(502, '<html>Bad Gateway</html>');
    expect(await page).toBeInstanceOf(ErrorClass);
    expect(await page).toMatchObject({ reason: 'malformed' });

    const silent = call();
    await venue.next();
    await clock.advance(1_999);
    expect(clock.timers).toBe(1);
    await clock.advance(1);
    expect(await silent).toBeInstanceOf(ErrorClass);
    expect(await silent).toMatchObject({ reason: 'timeout' });
    expect(clock.timers).toBe(0);
  });

  it('a change that never left is unreachable, not unknown', async () => {
    const { venue, client } = scene({ auth: bearer() });
    const placed = client.order.place(ORDER);
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    (await venue.next()).fail(new TypeError('fetch failed', { cause: refused }));
    await expect(placed).rejects.toBeInstanceOf(UnreachableError);
  });

  it('a query that is given up rejects with the reason, a change with its uncertainty', async () => {
    const { venue, client } = scene({ auth: bearer() });
    const reason = new Error('page left');
    for (const isWrite of [false, true]) {
      const controller = new AbortController();
      const { signal } = controller;
      const call = isWrite ? client.order.place(ORDER, { signal }) : client.order.current({}, { signal });
      await venue.next();
      controller.abort(reason);
      const error = await call.catch((caught: unknown) => caught);
      if (isWrite) expect(error).toMatchObject({ name: 'OutcomeUnknownError', reason: 'aborted', cause: reason });
      else expect(error).toBe(reason);
    }
  });

  it('nothing is sent when the signal was given before', async () => {
    const { venue, client } = scene({ auth: bearer() });
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(client.order.place(ORDER, { signal })).rejects.toThrow('too late');
    await expect(client.market.symbols({}, { signal })).rejects.toThrow('too late');
    expect(venue.untaken).toBe(0);
  });

  it('and with one, nothing is left on the signal', async () => {
    const { venue, client, clock } = scene({ auth: bearer() });
    const { signal } = new AbortController();
    const [good, bad] = [client.user.asset({}, { signal }), client.user.info({}, { signal })];
    (await venue.next()).succeed();
    (await venue.next()).fail();
    await Promise.allSettled([good, bad]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('from the token provider the signal still ends the wait', async () => {
    const { client } = scene({ auth: new BearerAuth(() => new Promise(() => undefined)) });
    const controller = new AbortController();
    const call = client.user.asset({}, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
  });
});

describe('with a token', () => {
  function renewing() {
    const reasons: string[] = [];
    const auth = new BearerAuth(async (reason) => {
      reasons.push(reason);
      return { accessToken: `token-${reasons.length}`, accessExpire: FAR_S };
    });
    return { reasons, ...scene({ auth }) };
  }

  it('that has expired, all calls wait for one renewal and are sent anew', async () => {
    const { reasons, client, venue } = renewing();
    const calls = [client.user.asset(), client.order.place(ORDER), client.user.info()];
    const first = [await venue.next(), await venue.next(), await venue.next()];
    for (const request of first) request.refuse(1002, { status: 401 });
    const again = [await venue.next(), await venue.next(), await venue.next()];
    for (const request of again) {
      expect(request.headers['Authorization']).toBe('Bearer token-2');
      request.succeed();
    }
    await Promise.all(calls);
    expect(reasons).toEqual(['initial', 'expired']);
  });

  it('that has expired again, the call fails', async () => {
    const { reasons, client, venue } = renewing();
    const call = client.user.asset();
    (await venue.next()).refuse(1002, { status: 401 });
    (await venue.next()).refuse(1002, { status: 401 });
    await expect(call).rejects.toBeInstanceOf(TokenExpiredError);
    expect(reasons).toEqual(['initial', 'expired']);
  });

  it('that was revoked, the call fails at once', async () => {
    const { reasons, client, venue } = renewing();
    const call = client.user.asset();
    (await venue.next()).refuse(1004, { status: 401 });
    await expect(call).rejects.toBeInstanceOf(TokenRevokedError);
    expect(reasons).toEqual(['initial']);
  });

  it('a log-out forgets it', async () => {
    const { reasons, client, venue } = renewing();
    const loggedOut = client.session.logout();
    (await venue.next()).succeed();
    await loggedOut;
    void client.user.asset();
    await venue.next();
    expect(reasons).toEqual(['initial', 'initial']);
  });
});

describe('with an API key', () => {
  const signed = (text: string) => createHmac('sha256', KEY.apiSecret).update(text).digest('hex');

  it('signs query and body at the time of the venue', async () => {
    const { client, venue, clock } = scene({ auth: KEY });
    const placed = client.order.place({ ...ORDER, clientOrderId: 'a:1' });
    const time = await venue.next();
    expect(time.path).toBe('/v1/time');
    time.succeed({ timestampMs: clock.nowMs() + 60_000 });
    const request = await venue.next();
    const timestamp = `timestamp=${clock.nowMs() + 60_000}`;
    expect(request.headers['X-API-KEY']).toBe(KEY.apiKey);
    expect(request.rawQuery).toBe(`${timestamp}&signature=${signed(timestamp + request.rawBody)}`);
    request.succeed();
    await placed;
  });

  it('never signs two requests alike, and asks for the time once', async () => {
    const { client, venue, clock } = scene({ auth: KEY });
    void client.order.current({ symbol: 'BTC&USDT' });
    void client.order.current({ symbol: 'BTC&USDT' });
    (await venue.next()).succeed({ timestampMs: clock.nowMs() });
    const [first, second] = [await venue.next(), await venue.next()];
    expect(first.query['timestamp']).not.toBe(second.query['timestamp']);
    const [payload = ''] = first.rawQuery.split('&signature=');
    expect(payload).toBe(`symbol=BTC%26USDT&timestamp=${first.query['timestamp']}`);
    expect(first.query['signature']).toBe(signed(payload));
    expect(venue.untaken).toBe(0);
  });

  it('compares the clocks anew when the venue finds the time wrong', async () => {
    const { client, venue, clock } = scene({ auth: KEY });
    const asset = client.user.asset();
    (await venue.next()).succeed({ timestampMs: clock.nowMs() });
    (await venue.next()).refuse(1003, { status: 401, message: 'Timestamp outside of tolerance window' });
    const time = await venue.next();
    expect(time.path).toBe('/v1/time');
    time.succeed({ timestampMs: clock.nowMs() - 60_000 });
    const again = await venue.next();
    expect(again.query['timestamp']).toBe(String(clock.nowMs() - 60_000));
    again.succeed({ userAsset: {} });
    await asset;
  });

  it('takes a wrong signature as final', async () => {
    const { client, venue, clock } = scene({ auth: KEY });
    const asset = client.user.asset();
    (await venue.next()).succeed({ timestampMs: clock.nowMs() });
    (await venue.next()).refuse(1003, { status: 401, message: 'Invalid API key or signature' });
    await expect(asset).rejects.toMatchObject({ code: 1003 });
    await settled();
    expect(venue.untaken).toBe(0);
  });
});
