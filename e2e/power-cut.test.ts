import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '@openvenue/core/testing';
import { afterAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type Auth, call, logIn, patiently } from './testing/api.ts';
import { VenueProcess } from './testing/venue-process.ts';

const KILLS = 20;
const SERVES_AGAIN_MS = 5_000;
/** Keeps the traders below their rate limit. */
const PAUSE_MS = 20;

/** What the venue has told its users: none of it may ever be missing. */
class Promised {
  readonly orders = new Map<string, { readonly orderId: string; readonly status: string }>();
  readonly canceled = new Set<string>();
  readonly fills = new Map<string, { readonly orderId: string; readonly quantity: string; readonly price: string }>();
  readonly apiKeys = new Map<string, { readonly apiKey: string; readonly apiSecret: string }>();
  readonly tokens: string[] = [];
  unanswered = 0;
}

const dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-power-cut-'));
let running: VenueProcess | undefined;
afterAll(async () => {
  await running?.kill();
  rmSync(dataFolder, { recursive: true, force: true });
});

describe('pulling the plug', () => {
  it(`${KILLS} times at random moments loses no acknowledged order, fill, key or session, and it serves again within ${SERVES_AGAIN_MS} ms`, async () => {
    const random = new SeededRandom(7);
    const promised = new Promised();
    const readyMs: number[] = [];
    for (let round = 0; round <= KILLS; round++) {
      const venue = await VenueProcess.start(dataFolder);
      running = venue;
      if (round > 0) readyMs.push(venue.readyMs);
      await keepsItsWord(venue.url, promised, round === KILLS || round % 10 === 9);
      if (round === KILLS) break;
      const plug = sleep(random.integer(150, 1_200)).then(() => venue.kill());
      await trade(venue.url, { round, random, promised });
      await plug;
    }
    expect(await running?.stop()).toBe(0);
    expect(promised.orders.size).toBeGreaterThan(KILLS * 5);
    expect(promised.fills.size).toBeGreaterThan(KILLS);
    expect(promised.apiKeys.size).toBeGreaterThan(KILLS / 4);
    expect(Math.max(...readyMs), `ms to serve again: ${readyMs.map(Math.round)}`).toBeLessThan(SERVES_AGAIN_MS);
  });
});

/** Trades until the venue is gone, noting every acknowledgement and every fill that the stream shows. */
async function trade(
  url: string,
  run: { readonly round: number; readonly random: SeededRandom; readonly promised: Promised },
): Promise<void> {
  const { round, random, promised } = run;
  const untilGone = async (act: () => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        await act();
        await sleep(PAUSE_MS);
      } catch (error) {
        if (!isGone(error)) throw error;
        promised.unanswered++;
        return;
      }
    }
  };
  await untilGoneOnce(promised, async () => {
    const known = promised.tokens.at(-1);
    const token = known === undefined || round % 4 === 0 ? await logIn(url, 'alice', 'alice-demo') : known;
    promised.tokens.push(token);
    const auth: Auth = { token };
    const created = await call(url, {
      path: '/v1/private/user/api-key/create',
      body: { label: `round ${round}`, permissions: 3 },
      auth,
    });
    expect(created.code).toBe(0);
    promised.apiKeys.set(created.data.apiKey, created.data);
    const listen = await call(url, { method: 'POST', path: '/v1/private/user/listen-key', auth });
    const socket = watch(`${url.replace('http', 'ws')}/ws?listenKey=${listen.data.listenKey}`, promised);
    let n = 0;
    const place = async (by: Auth): Promise<void> => {
      const clientOrderId = `r${round}-${++n}`;
      const isMarket = random.chance(1, 2);
      const order = isMarket
        ? { type: 'MARKET', quantity: '0.002' }
        : { type: 'LIMIT', price: '50000', quantity: '0.002' };
      const side = isMarket ? random.pick(['BUY', 'SELL']) : 'BUY';
      const answer = await call(url, {
        path: '/v1/private/order/place',
        body: { symbol: 'BTCUSDT', side, clientOrderId, ...order },
        auth: by,
      });
      if (answer.code !== 0) expect([3001, 3014, 3018, 5003], answer.message).toContain(answer.code);
      if (answer.code !== 0) return;
      promised.orders.set(clientOrderId, { orderId: answer.data.orderId, status: answer.data.status });
      if (isMarket || random.chance(1, 2)) return;
      const canceled = await call(url, {
        path: '/v1/private/order/cancel',
        body: { symbol: 'BTCUSDT', clientOrderId },
        auth: by,
      });
      if (canceled.code === 0) promised.canceled.add(clientOrderId);
    };
    await Promise.all([
      untilGone(() => place(auth)),
      untilGone(() => place(created.data)),
      untilGone(() => place(auth)),
    ]);
    socket.terminate();
  });
}

/** A connection that broke, or a reply that was cut. */
const isGone = (error: unknown): boolean => error instanceof TypeError || error instanceof SyntaxError;

/** The plug may be pulled before the first answer. */
async function untilGoneOnce(promised: Promised, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isGone(error)) throw error;
    promised.unanswered++;
  }
}

function watch(url: string, promised: Promised): WebSocket {
  const socket = new WebSocket(url);
  socket.on('error', () => undefined);
  socket.on('message', (message) => {
    const { data } = JSON.parse(String(message));
    if (data?.eventType !== 'ORDER_TRADE_UPDATE' || data.executionType !== 'TRADE') return;
    promised.fills.set(data.tradeId, {
      orderId: data.orderId,
      quantity: data.lastFilledQuantity,
      price: data.lastFilledPrice,
    });
  });
  return socket;
}

/** Holds everything promised so far against what the venue knows now. */
async function keepsItsWord(url: string, promised: Promised, thorough: boolean): Promise<void> {
  const token = promised.tokens.at(-1);
  if (token === undefined) return;
  const info = await call(url, { path: '/v1/private/user/info', auth: { token } });
  expect(info, 'the session of the last life').toMatchObject({ code: 0, data: { userInfo: { username: 'alice' } } });
  const keys = await call(url, { path: '/v1/private/user/api-key/list', auth: { token } });
  const known = new Set(keys.data.list.map((key: { apiKey: string }) => key.apiKey));
  for (const apiKey of promised.apiKeys.keys()) expect(known).toContain(apiKey);
  const last = [...promised.apiKeys.values()].at(-1);
  if (last !== undefined)
    expect(await call(url, { path: '/v1/private/user/asset', auth: last })).toMatchObject({ code: 0 });
  if (!thorough) return;
  const orders = new Map<string, { orderId: string; status: string }>();
  const open = await patiently(() => call(url, { path: '/v1/private/order/current', auth: { token } }));
  for (const order of [...(await everyPage(url, { path: '/v1/private/order/history', token })), ...open.data.list])
    orders.set(order.clientOrderId, order);
  for (const [clientOrderId, { orderId, status }] of promised.orders) {
    const found = orders.get(clientOrderId);
    expect(found, clientOrderId).toMatchObject({ orderId });
    if (status === 'FILLED') expect(found?.status).toBe('FILLED');
    if (promised.canceled.has(clientOrderId)) expect(found?.status).toBe('CANCELED');
  }
  const trades = new Map<string, unknown>();
  for (const trade of await everyPage(url, { path: '/v1/private/order/trades', token }))
    trades.set(trade.tradeId, trade);
  for (const [tradeId, fill] of promised.fills)
    expect(trades.get(tradeId), `fill of trade ${tradeId}`).toMatchObject(fill);
}

// biome-ignore lint/suspicious/noExplicitAny: rows of two endpoints, looked at as any client does
async function everyPage(url: string, of: { readonly path: string; readonly token: string }): Promise<any[]> {
  const rows = [];
  for (let page = 1; ; page++) {
    const answer = await patiently(() =>
      call(url, { path: of.path, query: { page: String(page), pageSize: '100' }, auth: { token: of.token } }),
    );
    expect(answer).toMatchObject({ code: 0 });
    rows.push(...answer.data.list);
    if (answer.data.list.length < 100) return rows;
  }
}
