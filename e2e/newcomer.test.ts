import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, logIn, patiently } from './testing/api.ts';
import { openSocket } from './testing/socket.ts';
import { VenueProcess } from './testing/venue-process.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-newcomer-'));
const READY_MS = 15_000;

describe('a newcomer', () => {
  let venue: VenueProcess;
  beforeAll(async () => {
    venue = await VenueProcess.start(dataFolder);
  });
  afterAll(async () => {
    await venue.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it(`finds it ready within ${READY_MS} ms, with its addresses, demo users and three commands to try`, () => {
    expect(venue.readyMs).toBeLessThan(READY_MS);
    expect(venue.output).toContain('alice / alice-demo, bob / bob-demo');
    expect(venue.output).toContain('SIMULATED');
    expect(venue.output.match(/^ {2}(curl|TOKEN=)/gm)).toHaveLength(3);
  });

  it('sees a living, simulated market: three symbols, at least 15 levels a side, trades', async () => {
    const { url } = venue;
    expect((await call(url, { path: '/v1/version' })).data).toMatchObject({
      service: 'openvenue',
      market: 'simulated',
    });
    const symbols = await call(url, { path: '/v1/public/market/symbols' });
    expect(symbols.data.list.map((row: { symbol: string }) => row.symbol)).toEqual(['BTCUSDT', 'ETHUSDT', 'SOLUSDT']);
    for (const { symbol } of symbols.data.list) {
      const depth = await call(url, { path: '/v1/public/market/depth', query: { symbol, limit: '50' } });
      expect(Math.min(depth.data.bids.length, depth.data.asks.length), symbol).toBeGreaterThanOrEqual(15);
    }
    const socket = await openSocket(`${url}/ws`);
    socket.send({ id: '1', op: 'subscribe', args: ['market.trade.BTCUSDT', 'market.depth.BTCUSDT'] });
    expect(await socket.next((frame) => frame.id === '1')).toMatchObject({ success: true });
    const snapshot = await socket.next((frame) => frame.data?.type === 'snapshot');
    const update = await socket.next((frame) => frame.data?.type === 'update');
    expect(update.data.startVersion).toBe(snapshot.data.endVersion + 1);
    expect(
      await socket.next((frame) => frame.topic === 'market.trade.BTCUSDT' && frame.data.list.length > 0),
    ).toMatchObject({ event: 'data' });
    socket.close();
  });

  it('signs in, places an order, sees it fill on the WebSocket, and finds all of it after the plug was pulled', async () => {
    const token = await logIn(venue.url, 'bob', 'bob-demo');
    const auth = { token };
    const { data } = await call(venue.url, { method: 'POST', path: '/v1/private/user/listen-key', auth });
    const socket = await openSocket(`${venue.url}/ws?listenKey=${data.listenKey}`);
    expect(await socket.next((frame) => frame.event === 'auth')).toMatchObject({ success: true });
    const order = { symbol: 'ETHUSDT', type: 'MARKET', side: 'BUY', quantity: '0.1', clientOrderId: 'first' };
    const placed = await call(venue.url, { path: '/v1/private/order/place', body: order, auth });
    expect(placed).toMatchObject({ code: 0, data: { status: 'FILLED', clientOrderId: 'first' } });
    const fill = await socket.next(
      (frame) => frame.data?.executionType === 'TRADE' && frame.data.orderStatus === 'FILLED',
    );
    expect(fill.data).toMatchObject({
      eventType: 'ORDER_TRADE_UPDATE',
      orderId: placed.data.orderId,
      filledQuantity: '0.1',
      roleType: 'taker',
    });
    const account = await socket.next((frame) => frame.data?.eventType === 'ACCOUNT_UPDATE');
    expect(account.data.balances[0]).toMatchObject({ assetType: 'USDT' });
    const before = await call(venue.url, { path: '/v1/private/position/positions', auth });
    socket.close();

    await venue.kill();
    venue = await VenueProcess.start(dataFolder, { PARTNER_PORT: '0' });
    const after = await call(venue.url, { path: '/v1/private/position/positions', auth });
    for (const field of ['symbol', 'quantity', 'entryPrice', 'leverage', 'margin'])
      expect(after.data.positions[0][field]).toBe(before.data.positions[0][field]);
    const again = await call(venue.url, { path: '/v1/private/order/place', body: order, auth });
    expect(again).toMatchObject({ code: 3015, details: { order: { orderId: placed.data.orderId, status: 'FILLED' } } });
    const trades = await patiently(() => call(venue.url, { path: '/v1/private/order/trades', auth }));
    expect(trades.data.list.map((trade: { orderId: string }) => trade.orderId)).toContain(placed.data.orderId);
  });

  it('is shown a partner first, whose user can enter the terminal from there', async () => {
    const addresses = venue.output.match(/http:\/\/\S+/g) ?? [];
    expect(addresses[0]).toBe(venue.partnerUrl);
    expect(addresses[1]).toBe(`${venue.url}/trade/BTCUSDT`);
    const partner = new PartnerVisitor(String(venue.partnerUrl));
    expect(await partner.post('/api/login', { username: 'carol', password: 'carol-demo' })).toBe(200);
    expect(await partner.post('/api/trading-entry', { redirectPath: '/trade/ETHUSDT' })).toBe(200);
    const { webUrl } = partner.lastBody as { readonly webUrl: string };
    expect(webUrl.startsWith(`${venue.url}/agent-entry?ticket=`)).toBe(true);
    const page = await fetch(webUrl);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toMatch(new RegExp(`frame-ancestors ${venue.partnerUrl} http://localhost:\\d+$`));
    const [, script] = /<script type="module" crossorigin src="([^"]+)"/.exec(await page.text()) ?? [];
    const asset = await fetch(venue.url + script);
    expect([asset.status, asset.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    const widget = await fetch(`${venue.url}/sdk/trading-widget/v1/index.js`);
    expect(await widget.text()).toContain('TradingWidget');
  });

  it('is told when a second process wants the same folder, and the first goes on', async () => {
    await expect(VenueProcess.start(dataFolder)).rejects.toThrow(/did not start: .*(lock|open)/i);
    expect((await call(venue.url, { path: '/v1/time' })).code).toBe(0);
  });

  it('stops it with Ctrl-C, cleanly', async () => {
    const { partnerUrl = '' } = venue;
    expect((await fetch(partnerUrl)).status).toBe(200);
    expect(await venue.stop()).toBe(0);
    await expect(fetch(partnerUrl), 'the partner outlives its venue').rejects.toThrow();
  });
});

/** A browser at the partner's: it keeps its cookies. */
class PartnerVisitor {
  readonly #url: string;
  #cookies = '';
  lastBody: unknown;

  constructor(url: string) {
    this.#url = url;
  }

  /** @returns the status */
  async post(path: string, body: unknown): Promise<number> {
    const reply = await fetch(this.#url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: this.#url, Cookie: this.#cookies },
      body: JSON.stringify(body),
    });
    const cookies = reply.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    if (cookies.length > 0) this.#cookies = cookies.join('; ');
    this.lastBody = await reply.json();
    return reply.status;
  }
}

describe('the configuration', () => {
  const start = (environment: Record<string, string>) => VenueProcess.start(join(dataFolder, 'never'), environment);
  it('lists every mistake at the start', async () => {
    await expect(start({ PORT: 'http', LOG_LEVEL: 'loud' })).rejects.toThrow(/2 mistakes[\s\S]*PORT[\s\S]*LOG_LEVEL/);
  });
  it('in production refuses to start without secrets', async () => {
    await expect(start({ NODE_ENV: 'production' })).rejects.toThrow(/OPENVENUE_JWT_SECRET is missing/);
  });
  it('in production seeds nobody and no market', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openvenue-production-'));
    const secret = 'c0ffee5eed0123456789abcdefba98765432100f1e2d3c4b5a69788796a5b4c3';
    const venue = await VenueProcess.start(folder, {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      OPENVENUE_PUBLIC_URL: 'https://venue.example',
      OPENVENUE_JWT_SECRET: secret,
      OPENVENUE_KEY_ENCRYPTION_KEY: secret,
    });
    try {
      expect(venue.output).not.toContain('demo');
      expect((await call(venue.url, { path: '/v1/public/market/symbols' })).data.list).toEqual([]);
      const login = await call(venue.url, {
        path: '/v1/public/user/login',
        body: { username: 'alice', password: 'alice-demo' },
      });
      expect(login).toMatchObject({ status: 401, code: 1003 });
    } finally {
      await venue.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
