import type { Socket } from 'node:net';
import { ConnectionPush, compileValidator, UserPush } from '@openvenue/contract';
import type { Command, OrderRecord } from '@openvenue/core';
import { newCondition } from '@openvenue/core/testing';
import { money } from '@openvenue/money';
import { PRIVATE_LOG_LIMITS, RecentEvents } from '@openvenue/views';
import { afterEach, describe, expect, it } from 'vitest';
import { WsScene, type WsSceneOptions } from '../testing/ws-scene.ts';
import type { WsMessage, WsTestClient } from '../testing/ws-test-client.ts';
import { DEFAULT_WS_LIMITS } from './limits.ts';

let scene: WsScene;
afterEach(() => scene.stop());

const LISTEN_KEY = '8f14e45fceea167a5a36dedd4bea2543';
const SESSION = 'session-1';
const HOUR_MS = 3_600_000;
const userPush = compileValidator(UserPush);
const connectionPush = compileValidator(ConnectionPush);

/** A scene with a user who has a session and a listen key made by it. */
async function started(options: WsSceneOptions = {}): Promise<{ userId: number; externalUserId: string }> {
  scene = await WsScene.start({
    verifyAccessToken: async (token) =>
      token === 'good' ? { ok: true, userId: 1, sessionId: SESSION } : { ok: false, error: 'TOKEN_EXPIRED' },
    ...options,
  });
  const userId = scene.user('trader');
  scene.run(
    {
      type: 'open-session',
      userId,
      sessionId: SESSION,
      refreshTokenHash: '',
      refreshExpiresAtMs: scene.venue.timeMs + 2 * HOUR_MS,
      ip: '127.0.0.1',
    },
    { type: 'create-listen-key', actor: { userId, sessionId: SESSION }, listenKey: LISTEN_KEY },
  );
  return { userId, externalUserId: scene.venue.core.identity.userById(userId)?.externalUserId ?? '' };
}

const BY_KEY = `/ws?listenKey=${LISTEN_KEY}`;
const sequenceOf = (userId: number) => scene.venue.core.exchange.userSequence(userId);
const place = (userId: number, side: 'BUY' | 'SELL', price: string): Command => ({
  type: 'place-order',
  actor: { userId },
  order: scene.venue.order({ side, price, quantity: '0.1', more: { clientOrderId: `${side}-${price}-${userId}` } }),
});

/** A price command for BTCUSDT. */
const priced = (text: string): Command => ({
  type: 'update-prices',
  symbols: [
    {
      symbol: 'BTCUSDT',
      quotes: [{ source: 'test', price: scene.venue.ticks('BTCUSDT', text), ageMs: 0, weight: 1 }],
    },
  ],
});

/** Reads pushes up to the sequence; they are well-formed and without a gap after `from`. */
async function readTo(client: WsTestClient, from: number, to: number): Promise<WsMessage[]> {
  const pushes: WsMessage[] = [];
  for (let seq = from + 1; seq <= to; seq++) {
    const push = await client.next();
    expect(push.seq).toBe(String(seq));
    expect(userPush.validate(push)).toMatchObject({ ok: true });
    pushes.push(push);
  }
  return pushes;
}

describe('private channel', () => {
  it('calls for margin, then tells a liquidation as the reason of what happens to the account (LIQ-5)', async () => {
    const { userId } = await started();
    const other = scene.user('other');
    scene.run(place(other, 'SELL', '60000'), place(userId, 'BUY', '60000'));
    const { available } = scene.venue.core.exchange.account(userId);
    scene.run({ type: 'adjust-wallet', userId, amount: money(-available), changeType: 'TRANSFER_OUT' });
    const client = await scene.connect(BY_KEY);
    await client.next();
    const from = sequenceOf(userId);
    scene.run(priced('54260'));
    const called = sequenceOf(userId);
    const [call] = await readTo(client, from, called);
    expect(call?.data).toEqual({
      eventType: 'MARGIN_CALL',
      marginMode: 'CROSS',
      symbol: '',
      positionSide: 'BOTH',
      marginRatio: '0.8348',
      marginBalance: '26',
      maintenanceMargin: '21.704',
      updateTime: scene.venue.timeMs,
    });
    scene.run(priced('54200'));
    const pushes = await readTo(client, called, sequenceOf(userId));
    expect(pushes.map(({ data }) => data)).toMatchObject([
      { executionType: 'NEW', side: 'SELL', reduceOnly: true, clientOrderId: '' },
      { executionType: 'TRADE', orderStatus: 'FILLED', handlingFee: '0', realizedPnl: '-600' },
      { eventType: 'ACCOUNT_UPDATE', reason: 'LIQUIDATION', balances: [{ walletBalance: '0' }] },
    ]);
  });

  it('tells what happens to a condition order and what it does, in order', async () => {
    const { userId } = await started();
    const other = scene.user('other');
    scene.run(place(other, 'BUY', '59400'));
    const client = await scene.connect(BY_KEY);
    await client.next();
    const from = sequenceOf(userId);
    const condition = newCondition(scene.venue, { side: 'SELL', stop: '59500', quantity: '0.1' });
    scene.run({ type: 'place-condition', actor: { userId }, condition });
    scene.run(priced('59500'));
    const fired = await readTo(client, from, sequenceOf(userId));
    expect(fired.map(({ data }) => data)).toMatchObject([
      { eventType: 'CONDITION_ORDER_UPDATE', status: 'PENDING', generatedOrderId: '', strategyId: '' },
      { eventType: 'ORDER_TRADE_UPDATE', executionType: 'NEW' },
      { eventType: 'CONDITION_ORDER_UPDATE', status: 'TRIGGERED' },
      { eventType: 'ORDER_TRADE_UPDATE', executionType: 'TRADE', orderStatus: 'FILLED' },
      { eventType: 'CONDITION_ORDER_UPDATE', status: 'FIRED' },
      { eventType: 'ACCOUNT_UPDATE' },
    ]);
  });

  it('tells of a condition order that is rejected, with the code of its order (CND-8)', async () => {
    const { userId } = await started();
    const client = await scene.connect(BY_KEY);
    await client.next();
    const from = sequenceOf(userId);
    const condition = newCondition(scene.venue, { side: 'SELL', stop: '59500', quantity: '0.1' });
    scene.run({ type: 'place-condition', actor: { userId }, condition }, priced('59500'));
    const [, rejected] = await readTo(client, from, sequenceOf(userId));
    expect(rejected?.data).toMatchObject({ status: 'REJECTED', rejectReason: 'NO_LIQUIDITY', rejectCode: 3018 });
  });

  it('tells of a strategy when it begins and ends, and of exits with the position', async () => {
    const { userId } = await started();
    const other = scene.user('other');
    const client = await scene.connect(BY_KEY);
    await client.next();
    const from = sequenceOf(userId);
    const takeProfit = { stopPrice: scene.venue.ticks('BTCUSDT', '61000'), workingType: 'MARK_PRICE' } as const;
    const order = scene.venue.order({ side: 'BUY', price: '59900', quantity: '0.1', more: { takeProfit } });
    scene.run({ type: 'place-order', actor: { userId }, order });
    scene.run(place(other, 'SELL', '59900'));
    scene.run({ type: 'cancel-all-orders', actor: { userId }, cancelType: 2 });
    const pushes = (await readTo(client, from, sequenceOf(userId))).map(({ data }) => data);
    const strategies = pushes.filter((data) => data?.['eventType'] === 'STRATEGY_UPDATE');
    expect(strategies).toMatchObject([
      {
        strategyId: '9000000000000000001',
        strategyType: 'OTO',
        strategyStatus: 'WORKING',
        subOrders: [{ status: 'PENDING' }, { status: 'PENDING_ACTIVATION' }],
      },
      { strategyStatus: 'ALL_DONE', subOrders: [{ status: 'FILLED' }, { status: 'CANCELLED' }] },
    ]);
    const position = pushes.flatMap((data) => (data?.['positions'] as readonly object[] | undefined) ?? []);
    expect(position.at(0)).toMatchObject({ quantity: '0.1', tpPrice: '61000', slPrice: '0' });
  });

  it('greets with the external id, then pushes what happens to the user and to nobody else', async () => {
    const { userId, externalUserId } = await started();
    const other = scene.user('other');
    const client = await scene.connect(BY_KEY);
    expect(await client.next()).toEqual({ event: 'auth', success: true, data: externalUserId });
    const from = sequenceOf(userId);
    scene.run(place(other, 'SELL', '60010'), place(userId, 'BUY', '60010'));
    const [, trade, account] = await readTo(client, from, sequenceOf(userId)).then((pushes) => pushes.slice(-3));
    expect(trade).toEqual({
      topic: `user.${externalUserId}`,
      ts: scene.venue.timeMs,
      seq: trade?.seq,
      data: {
        eventType: 'ORDER_TRADE_UPDATE',
        symbol: 'BTCUSDT',
        orderId: '1000000000000000002',
        clientOrderId: `BUY-60010-${userId}`,
        orderStatus: 'FILLED',
        executionType: 'TRADE',
        side: 'BUY',
        positionSide: 'BOTH',
        type: 'LIMIT',
        timeInForce: 'GTC',
        price: '60010',
        quantity: '0.1',
        filledQuantity: '0.1',
        avgFilledPrice: '60010',
        lastFilledPrice: '60010',
        lastFilledQuantity: '0.1',
        tradeId: '2000000000000000001',
        roleType: 'taker',
        handlingFee: '3.0005',
        realizedPnl: '0',
        reduceOnly: false,
        makerOnly: false,
        closePosition: false,
        rejectReason: '',
        updateTime: scene.venue.timeMs,
      },
    });
    expect(account?.data).toMatchObject({
      eventType: 'ACCOUNT_UPDATE',
      reason: 'TRADE',
      balances: [
        {
          assetType: 'USDT',
          walletBalance: '999996.9995',
          frozenBalance: '0',
          usedMargin: '600.1',
          availableBalance: '999395.8995',
        },
      ],
      positions: [
        {
          symbol: 'BTCUSDT',
          marginMode: 'CROSS',
          positionSide: 'BOTH',
          leverage: 10,
          quantity: '0.1',
          entryPrice: '60010',
          markPrice: '60000',
          unrealizedPnl: '-1',
          notional: '6000',
          margin: '600.1',
        },
      ],
    });
    expect(await client.received()).toEqual([]);
  });

  it('shows a closed position with quantity 0, and an earlier state of one batch by its own figures', async () => {
    const { userId } = await started();
    const other = scene.user('other');
    const client = await scene.connect(BY_KEY);
    await client.next();
    const from = sequenceOf(userId);
    scene.run(
      place(other, 'SELL', '60020'),
      place(userId, 'BUY', '60020'),
      place(other, 'BUY', '60010'),
      place(userId, 'SELL', '60010'),
    );
    const pushes = await readTo(client, from, sequenceOf(userId));
    const positions = pushes.flatMap((push) => (push.data?.['positions'] ?? []) as Record<string, string>[]);
    expect(positions[0]).toMatchObject({
      quantity: '0.1',
      entryPrice: '60020',
      unrealizedPnl: '-2',
      margin: '600.2',
      roe: '-0.00333222',
    });
    expect(positions.at(-1)).toMatchObject({
      quantity: '0',
      entryPrice: '0',
      unrealizedPnl: '0',
      margin: '0',
      roe: '0',
    });
  });

  it('replays what came after since, then goes on live: no gap, no repeat', async () => {
    const { userId } = await started();
    const from = sequenceOf(userId);
    scene.run(place(userId, 'BUY', '59990'), place(userId, 'BUY', '59980'), place(userId, 'BUY', '59970'));
    const to = sequenceOf(userId);
    for (let since = from; since <= to; since++) {
      const client = await scene.connect(`${BY_KEY}&since=${since}`);
      expect(await client.next()).toMatchObject({ event: 'auth' });
      await readTo(client, since, to);
      expect(await client.received()).toEqual([]);
      client.terminate();
    }
    const client = await scene.connect(`${BY_KEY}&since=${from}`);
    scene.run({ type: 'cancel-all-orders', actor: { userId } });
    expect(await client.next()).toMatchObject({ event: 'auth' });
    await readTo(client, from, sequenceOf(userId));
  });

  it.each(['0', '1', '999999', '9223372036854775807'])(
    'since=%s is no longer kept: the client must re-read',
    async (since) => {
      const { userId, externalUserId } = await started({
        views: { recent: new RecentEvents({ perUser: 2, total: 2 }) },
      });
      scene.run(place(userId, 'BUY', '59990'), place(userId, 'BUY', '59980'));
      const seq = sequenceOf(userId);
      const client = await scene.connect(`${BY_KEY}&since=${since}`);
      expect(await client.next()).toMatchObject({ event: 'auth' });
      const resync = await client.next();
      expect(connectionPush.validate(resync)).toMatchObject({ ok: true });
      expect(resync).toEqual({
        topic: `user.${externalUserId}`,
        ts: scene.venue.timeMs,
        data: { eventType: 'RESYNC_REQUIRED', since, seq: String(seq), updateTime: scene.venue.timeMs },
      });
      scene.run({ type: 'cancel-all-orders', actor: { userId } });
      await readTo(client, seq, sequenceOf(userId));
    },
  );

  it('takes public topics, too', async () => {
    await started();
    const client = await scene.connect(BY_KEY);
    client.subscribe('market.tickers');
    const events = (await client.received()).map((message) => message.event);
    expect(events).toEqual(['auth', 'subscribe', 'data']);
  });

  it('connections of one user are bounded', async () => {
    await started({ limits: { maxConnectionsPerUser: 1 } });
    await (await scene.connect(BY_KEY)).next();
    const second = await scene.connect('/ws?token=good');
    expect(await second.next()).toMatchObject({ event: 'error', code: 5003 });
    expect(await second.closed).toMatchObject({ code: 4001 });
  });
});

describe('refused credentials', () => {
  it.each([
    ['listenKey=00000000000000000000000000000000', 1003],
    ['listenKey=nonsense', 2002],
    ['token=bad', 1002],
    ['token=', 1001],
    ['listenKey=&since=5', 1001],
    [`listenKey=${LISTEN_KEY}&since=-1`, 2002],
    [`listenKey=${LISTEN_KEY}&listenKey=${LISTEN_KEY}`, 2002],
  ])('%s answers %i and closes with 4001', async (query, code) => {
    await started();
    const client = await scene.connect(`/ws?${query}`);
    expect(await client.next()).toMatchObject({ event: 'error', success: false, code });
    expect(await client.closed).toMatchObject({ code: 4001 });
  });

  it('a token of a revoked session is refused with 1004', async () => {
    await started();
    scene.run({ type: 'revoke-session', sessionId: SESSION });
    const client = await scene.connect('/ws?token=good');
    expect(await client.next()).toMatchObject({ event: 'error', code: 1004 });
    expect(await client.closed).toMatchObject({ code: 4001 });
  });
});

describe('ended credentials', () => {
  const actor = { userId: 1, sessionId: SESSION };
  const API_KEY = {
    type: 'create-api-key',
    actor,
    apiKey: 'fx_12345678',
    label: 'bot',
    permissions: 3,
    ipWhitelist: [],
    sealedSecret: 'x',
  } as const;
  const KEY_OF_API_KEY = 'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb';

  async function expectEnd(client: WsTestClient, data: object): Promise<void> {
    const push = await client.nextThat((message) => message.event !== 'auth');
    expect(connectionPush.validate(push)).toMatchObject({ ok: true });
    expect(push.data).toEqual({ ...data, updateTime: scene.venue.timeMs });
    expect(await client.closed).toMatchObject({ code: 4002 });
  }

  it.each([
    [
      'a log-out',
      BY_KEY,
      { type: 'revoke-session', sessionId: SESSION },
      { eventType: 'SESSION_ENDED', reason: 'LOGGED_OUT' },
    ],
    [
      'a log-out',
      '/ws?token=good',
      { type: 'revoke-session', sessionId: SESSION },
      { eventType: 'SESSION_ENDED', reason: 'LOGGED_OUT' },
    ],
    [
      'the end of all sessions',
      '/ws?token=good',
      { type: 'revoke-all-sessions', userId: 1 },
      { eventType: 'SESSION_ENDED', reason: 'REVOKED' },
    ],
    [
      'a disabled user',
      '/ws?token=good',
      { type: 'set-user-disabled', userId: 1, disabled: true },
      { eventType: 'SESSION_ENDED', reason: 'USER_DISABLED' },
    ],
    [
      'a disabled user',
      BY_KEY,
      { type: 'set-user-disabled', userId: 1, disabled: true },
      { eventType: 'SESSION_ENDED', reason: 'USER_DISABLED' },
    ],
    [
      'a deleted listen key',
      BY_KEY,
      { type: 'close-listen-key', actor, listenKey: LISTEN_KEY },
      { eventType: 'LISTEN_KEY_EXPIRED', reason: 'DELETED' },
    ],
  ] as const)('%s closes %s with 4002 after an event that says so', async (_name, path, command, data) => {
    await started();
    const client = await scene.connect(path);
    scene.run(command);
    await expectEnd(client, data);
  });

  it.each([
    [
      { type: 'update-api-key', actor, id: 1, enabled: false },
      { eventType: 'API_KEY_ENDED', reason: 'DISABLED' },
    ],
    [
      { type: 'delete-api-key', actor, id: 1 },
      { eventType: 'API_KEY_ENDED', reason: 'DELETED' },
    ],
    [
      { type: 'set-user-disabled', userId: 1, disabled: true },
      { eventType: 'API_KEY_ENDED', reason: 'USER_DISABLED' },
    ],
  ] as const)('%j ends the listen key that an API key made', async (command, data) => {
    const { userId } = await started();
    scene.run(API_KEY, { type: 'create-listen-key', actor: { userId, apiKeyId: 1 }, listenKey: KEY_OF_API_KEY });
    const client = await scene.connect(`/ws?listenKey=${KEY_OF_API_KEY}`);
    scene.run(command);
    await expectEnd(client, data);
  });

  it.each([
    [BY_KEY, HOUR_MS, { eventType: 'LISTEN_KEY_EXPIRED', reason: 'EXPIRED' }],
    ['/ws?token=good', 2 * HOUR_MS, { eventType: 'SESSION_ENDED', reason: 'EXPIRED' }],
  ])('the connection %s ends when its time is over, without any command', async (path, lifeMs, data) => {
    await started({ limits: { sweepIntervalMs: 5 } });
    const client = await scene.connect(path);
    scene.venue.timeMs += lifeMs - 1;
    expect(await client.received()).toMatchObject([{ event: 'auth' }]);
    scene.venue.timeMs += 1;
    await expectEnd(client, data);
  });

  it('a renewed listen key and a renewed session go on, and other users are not concerned', async () => {
    const { userId } = await started({ limits: { sweepIntervalMs: 5 } });
    const stranger = scene.user('stranger');
    const client = await scene.connect(BY_KEY);
    scene.venue.timeMs += HOUR_MS - 1;
    scene.run({ type: 'renew-listen-key', actor: { userId, sessionId: SESSION }, listenKey: LISTEN_KEY });
    scene.run({ type: 'set-user-disabled', userId: stranger, disabled: true });
    scene.venue.timeMs += HOUR_MS / 2;
    scene.run({ type: 'update-prices', symbols: [] });
    expect(await client.received()).toMatchObject([{ event: 'auth' }]);
  });
});

describe('a private reader that does not read', () => {
  const LIMITS = { slowBytes: 65_536, maxPrivateLag: 50 };
  const COUNT = 400;
  let first: number;
  let large: OrderRecord;

  /** A reader that stalls, and a large event to tell it of. */
  async function stalled(options: WsSceneOptions = {}): Promise<WsTestClient> {
    const { userId } = await started({ limits: LIMITS, ...options });
    scene.run(place(userId, 'BUY', '59990'));
    const order = scene.venue.core.exchange.openOrders(userId)[0] as OrderRecord;
    large = { ...order, clientOrderId: 'x'.repeat(60_000) };
    first = sequenceOf(userId);
    const client = await scene.connect(BY_KEY);
    await client.next();
    client.webSocket.pause();
    return client;
  }

  /** Events that no core has made; the system takes some of them for a client that does not read. */
  async function feed(from: number, to: number): Promise<void> {
    for (let n = from; n <= to; n++) {
      scene.feed([{ type: 'order-updated', userSequence: first + n, executionType: 'AMENDED', order: large }]);
      await new Promise(setImmediate);
    }
  }

  /** Reads on to an event; none is left out. */
  async function readOn(client: WsTestClient, last: number, to: number): Promise<void> {
    for (let seq = last + 1; seq <= to; seq++) expect((await client.next()).seq).toBe(String(seq));
  }

  /** Everything that still comes of a connection that is closed, without a gap after `last`; returns where it ends. */
  async function readOut(client: WsTestClient, last: number): Promise<number> {
    let read = last;
    for (;;) {
      let message: WsMessage;
      try {
        message = await client.next();
      } catch {
        return read;
      }
      expect(message.seq).toBe(String(++read));
    }
  }

  it('is disconnected (4008) and resumes by seq: nothing is dropped', async () => {
    const client = await stalled();
    await feed(1, COUNT);
    client.webSocket.resume();
    expect(await client.closed).toMatchObject({ code: 4008 });
    const last = await readOut(client, first);
    expect(last).toBeGreaterThan(first);
    expect(last).toBeLessThan(first + COUNT - LIMITS.maxPrivateLag);
    const resumed = await scene.connect(`${BY_KEY}&since=${last}`);
    expect(await resumed.next()).toMatchObject({ event: 'auth' });
    await readOn(resumed, last, first + COUNT);
  });

  it('waits in the log, and not in memory, for as long as it is not too far behind; then it gets all of it', async () => {
    let sent = 0;
    const waiting: Socket[] = [];
    const client = await stalled({ limits: { ...LIMITS, maxPrivateLag: COUNT } });
    for (const socket of scene.sockets) waiting.push(socket);
    for (; sent < COUNT; sent++) {
      await feed(sent + 1, sent + 1);
      for (const { writableLength } of waiting) expect(writableLength).toBeLessThan(LIMITS.slowBytes + 2 * 60_000);
    }
    expect(waiting.some(({ writableLength }) => writableLength > LIMITS.slowBytes)).toBe(true);
    client.webSocket.resume();
    await readOn(client, first, first + COUNT);
  });

  it('who comes back far behind catches up while events go on', async () => {
    const client = await stalled();
    await feed(1, COUNT);
    client.webSocket.resume();
    await client.closed;
    const resumed = await scene.connect(`${BY_KEY}&since=${first + 1}`);
    await resumed.next();
    const reading = readOn(resumed, first + 1, first + COUNT + 20);
    await feed(COUNT + 1, COUNT + 20);
    await reading;
    expect(resumed.webSocket.readyState).toBe(resumed.webSocket.OPEN);
  });

  it('whose events are no longer kept is disconnected, and told to re-read', async () => {
    const client = await stalled({
      limits: { ...LIMITS, maxPrivateLag: 1_000 },
      views: { recent: new RecentEvents({ perUser: 20, total: 20 }) },
    });
    await feed(1, COUNT);
    client.webSocket.resume();
    expect(await client.closed).toMatchObject({ code: 4008 });
    const last = await readOut(client, first);
    const resumed = await scene.connect(`${BY_KEY}&since=${last}`);
    await resumed.next();
    expect((await resumed.next()).data).toMatchObject({ eventType: 'RESYNC_REQUIRED', since: String(last) });
  });

  it('by default is cut off while the log still has what it misses and what was written last', () => {
    // The smallest event has more bytes than this.
    const lost = DEFAULT_WS_LIMITS.slowBytes / 250;
    expect(DEFAULT_WS_LIMITS.maxPrivateLag + lost).toBeLessThan(0.75 * PRIVATE_LOG_LIMITS.perUser);
  });
});
