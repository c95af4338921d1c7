import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ApiClient,
  BearerAuth,
  createApiClient,
  createStream,
  DuplicateClientOrderIdError,
  ListenKeyAuth,
  OrderNotFoundError,
  openDepthBook,
  PermissionDeniedError,
  type Stream,
  SymbolNotTradingError,
  topics,
} from '@openvenue/api-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TcpRelay } from './testing/tcp-relay.ts';
import { VenueProcess } from './testing/venue-process.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-api-client-'));
/** Some seconds of a living market. */
const DEPTH_UPDATES = 6;
const SYMBOL = 'BTCUSDT';
/** Far below the market, but within its price band. */
const RESTING_DISCOUNT = 0.97;

describe('the API client and the venue', () => {
  let venue: VenueProcess;
  let relay: TcpRelay;
  let relayUrl: string;
  let client: ApiClient;
  let auth: BearerAuth;
  const streams: Stream[] = [];

  beforeAll(async () => {
    venue = await VenueProcess.start(dataFolder);
    relay = new TcpRelay(venue.url);
    relayUrl = await relay.start();
    auth = new BearerAuth(() => client.session.login({ username: 'alice', password: 'alice-demo' }));
    client = createApiClient({ baseUrl: venue.url, auth });
  });
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.close();
  });
  afterAll(async () => {
    await relay.stop();
    await venue.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  const open = (options: { readonly isPrivate?: boolean; readonly listenKey?: ListenKeyAuth } = {}): Stream => {
    const streamAuth = options.listenKey ?? (options.isPrivate === true ? auth : undefined);
    const url = `${relayUrl}/ws`;
    const stream = createStream({ url, ...(streamAuth === undefined ? {} : { auth: streamAuth }) });
    streams.push(stream);
    return stream;
  };

  async function restingOrder(clientOrderId: string) {
    const { bestBid } = await tickerOf(client);
    const price = String(Math.floor(Number(bestBid) * RESTING_DISCOUNT));
    return { symbol: SYMBOL, type: 'LIMIT', side: 'BUY', price, quantity: '0.01', clientOrderId } as const;
  }

  it('agree on depth: every update follows the one before and fits its checksum, also after a cut', async () => {
    const stream = open();
    const books = [
      openDepthBook(stream, { symbol: SYMBOL }),
      openDepthBook(stream, { symbol: 'ETHUSDT', cut: { levels: 20, intervalMs: 20 } }),
    ];
    const updates = () => Promise.all(books.map((book) => until((listener) => book.onChange(listener), DEPTH_UPDATES)));
    await updates();
    for (const book of books) {
      expect([book.status, book.heals]).toEqual(['live', 0]);
      expect(Number(book.bids(1)[0]?.[0])).toBeLessThan(Number(book.asks(1)[0]?.[0]));
    }
    const [first] = books;
    expect(first?.bids().length).toBeGreaterThanOrEqual(15);
    expect(first?.grouped({ side: 'bids', increment: '10' })[0]?.[0]).toMatch(/0$/);
    relay.cut();
    await updates();
    for (const book of books) expect([book.status, book.heals]).toEqual(['live', 0]);
  });

  it('agree on the other public topics, and on what there is not', async () => {
    const stream = open();
    const heard = new Map<string, unknown>();
    const all = new Promise<void>((resolve) => {
      const note = (name: string) => (value: unknown) => {
        heard.set(name, value);
        if (heard.size === 4) resolve();
      };
      stream.subscribe(topics.trade(SYMBOL), { onData: ({ list }) => note('trade')(list[0]?.tradeId) });
      stream.subscribe(topics.ticker(SYMBOL), { onData: ({ symbol }) => note('ticker')(symbol) });
      stream.subscribe(topics.tickers, { onData: ({ list }) => note('tickers')(list.length) });
      stream.subscribe(topics.ticker('NONE'), { onData: () => undefined, onRefused: note('refused') });
    });
    await all;
    expect(heard.get('trade')).toMatch(/^\d{19}$/);
    expect(heard.get('ticker')).toBe(SYMBOL);
    expect(heard.get('refused')).toBeInstanceOf(SymbolNotTradingError);
  });

  it('place and cancel with a token, and say by class what went wrong', async () => {
    const order = await restingOrder('e2e:1');
    const placed = await client.order.placeSafely(order);
    expect(placed).toMatchObject({ clientOrderId: 'e2e:1', status: 'PENDING' });
    await expect(client.order.placeSafely(order)).rejects.toBeInstanceOf(DuplicateClientOrderIdError);
    expect((await client.order.current({ symbol: SYMBOL })).list).toMatchObject([{ orderId: placed.orderId }]);
    const cancelled = await client.order.cancel({ symbol: SYMBOL, orderId: placed.orderId });
    expect(cancelled.status).toBe('CANCELED');
    const unknown = client.order.cancel({ symbol: SYMBOL, clientOrderId: 'never' });
    await expect(unknown).rejects.toBeInstanceOf(OrderNotFoundError);
  });

  it('agree on what an account came to, own transfers, favourites, the leaderboard and candles of index and mark', async () => {
    const before = await client.user.assetOverviewSummary();
    expect(await client.user.walletTransfer({ direction: 'CONTRACT_TO_FUNDING', amount: '12.5' })).toMatchObject({
      amount: '12.5',
    });
    expect(await client.user.fundingAsset()).toMatchObject({ availableAmount: '12.5' });
    const after = await client.user.tradeOverview({ type: '1W' });
    expect(Number(after.transferOut) - Number(before.transferOut)).toBe(12.5);
    const { userAsset } = await client.user.asset();
    expect(after.items[0]?.balance).toBe(userAsset.walletBalance);
    const { items } = await client.user.balanceHistory({ period: '1M' });
    expect(items.map(({ balance }) => balance)).toEqual([userAsset.walletBalance]);
    expect(await client.user.volumeStats()).toEqual({ volume30d: '0', feeTotal30d: '0' });
    expect((await client.leaderboard.pnl({ period: '7d' })).myRank).toBe(0);

    await client.user.setFavoriteSymbols({ symbols: ['ETHUSDT', SYMBOL] });
    expect(await client.user.favoriteSymbols()).toEqual({ symbols: ['ETHUSDT', SYMBOL] });
    for (const priceType of ['indexPrice', 'markPrice'] as const) {
      const { list } = await client.market.klines({ symbol: SYMBOL, interval: '1M', priceType });
      expect(list).toMatchObject([{ volume: '0', close: expect.stringMatching(/^[1-9]/) }]);
    }
  });

  it('place and cancel with an API key, whatever the clock of the client says', async () => {
    const { apiKey, apiSecret } = await client.apiKey.create({ label: 'bot', permissions: 3 });
    const clock = {
      nowMs: () => Date.now() - 3_600_000,
      setTimer: (delayMs: number, task: () => void) => {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
    };
    const bot = createApiClient({ baseUrl: venue.url, auth: { apiKey, apiSecret }, clock });
    const { symbol, ...order } = await restingOrder('e2e:2');
    const { results } = await bot.order.batchPlace({
      orders: [
        { symbol, ...order },
        { symbol, ...order },
      ],
    });
    expect(results.map(({ code }) => code)).toEqual([0, 3015]);
    const both = await Promise.all([bot.order.current({ symbol }), bot.order.current({ symbol })]);
    expect(both.map(({ list }) => list.length)).toEqual([1, 1]);
    expect(await bot.order.batchCancelAll()).toEqual({});
    await expect(bot.apiKey.list()).rejects.toBeInstanceOf(PermissionDeniedError);
  });

  it('take up private events where a cut connection has lost them, in sequence', async () => {
    const stream = open({ isPrivate: true });
    const seqs: bigint[] = [];
    const orders: string[] = [];
    const resyncs: string[] = [];
    stream.onResync(({ reason }) => resyncs.push(reason));
    stream.onUserEvent(({ seq, data }) => {
      seqs.push(BigInt(seq));
      if (data.eventType === 'ORDER_TRADE_UPDATE') orders.push(`${data.clientOrderId} ${data.executionType}`);
    });
    await opened(stream);
    expect(stream.userId).toMatch(/^\d{10}$/);
    const lifeOf = async (clientOrderId: string) => {
      await client.order.placeSafely(await restingOrder(clientOrderId));
      await client.order.cancel({ symbol: SYMBOL, clientOrderId });
    };
    const seen = (text: string) =>
      until(
        (listener) => stream.onUserEvent(listener),
        1,
        () => orders.includes(text),
      );

    await lifeOf('cut:1');
    await seen('cut:1 CANCELED');
    relay.cut();
    await lifeOf('cut:2');
    await seen('cut:2 CANCELED');
    relay.cut();
    relay.cut();
    await lifeOf('cut:3');
    await seen('cut:3 CANCELED');

    expect(orders).toEqual([1, 2, 3].flatMap((n) => [`cut:${n} NEW`, `cut:${n} CANCELED`]));
    expect(seqs).toEqual(seqs.map((_, at) => (seqs[0] ?? 0n) + BigInt(at)));
    expect(resyncs).toEqual(['start']);
  });

  it('trade over the private channel, and place one order however often the connection is cut', async () => {
    const stream = open({ isPrivate: true });
    await opened(stream);
    const order = await restingOrder('ws:1');
    const placed = await stream.orders.place(order);
    expect(placed).toMatchObject({ clientOrderId: 'ws:1', status: 'PENDING' });
    await expect(stream.orders.place(order)).rejects.toBeInstanceOf(DuplicateClientOrderIdError);
    const price = String(Number(order.price) - 1);
    const { orderId } = await stream.orders.move({ symbol: SYMBOL, orderId: placed.orderId, price });
    expect(await client.order.get({ symbol: SYMBOL, orderId })).toMatchObject({ price, clientOrderId: 'ws:1' });
    expect(await stream.orders.cancel({ symbol: SYMBOL, orderId })).toMatchObject({ status: 'CANCELED' });

    const again = stream.orders.placeSafely(await restingOrder('ws:2'));
    relay.cut();
    expect(await again).toMatchObject({ clientOrderId: 'ws:2' });
    const { list } = await client.order.current({ symbol: SYMBOL });
    expect(list.filter(({ clientOrderId }) => clientOrderId === 'ws:2')).toHaveLength(1);
    await client.order.cancel({ symbol: SYMBOL, clientOrderId: 'ws:2' });
  });

  it('take a listen key as well, and a deleted one is replaced', async () => {
    let listenKey = '';
    const calls = {
      ...client.user,
      createListenKey: async () => {
        const created = await client.user.createListenKey();
        listenKey = created.listenKey;
        return created;
      },
    };
    const stream = open({ listenKey: new ListenKeyAuth(calls) });
    await opened(stream);
    const first = listenKey;
    await client.user.deleteListenKey({ listenKey });
    await until(
      (listener) => stream.onState(listener),
      1,
      () => stream.state === 'open' && listenKey !== first,
    );
    expect(stream.userId).toMatch(/^\d{10}$/);
  });

  it('part after a log-out: the stream that shares the token closes when no other is to be had', async () => {
    let isOver = false;
    const ownAuth: BearerAuth = new BearerAuth(async () => {
      // As after a real log-out: the cookie is gone, and with it the way to another token.
      if (isOver) return { accessToken: revoked, accessExpire: 4_000_000_000 };
      return own.session.login({ username: 'bob', password: 'bob-demo' });
    });
    const own: ApiClient = createApiClient({ baseUrl: venue.url, auth: ownAuth });
    const stream = createStream({ url: `${relayUrl}/ws`, auth: ownAuth });
    streams.push(stream);
    await opened(stream);
    const revoked = await ownAuth.token();
    isOver = true;
    await own.session.logout();
    const closed = new Promise<unknown>((resolve) => {
      stream.onState(({ state, error }) => {
        if (state === 'closed') resolve(error);
      });
    });
    expect(await closed).toMatchObject({ code: 1004 });
  });
});

const tickerOf = async (client: ApiClient) => {
  const { list } = await client.market.ticker({ symbol: SYMBOL });
  const [ticker] = list;
  if (ticker === undefined) throw new Error(`no ticker of ${SYMBOL}`);
  return ticker;
};

const opened = (stream: Stream): Promise<void> =>
  until(
    (listener) => stream.onState(listener),
    1,
    () => stream.state === 'open',
  );

/** Waits until a source has told `count` times of something that holds; what holds already counts at once. */
function until(
  listen: (listener: () => void) => () => void,
  count: number,
  holds: () => boolean = () => true,
): Promise<void> {
  return new Promise((resolve) => {
    let told = 0;
    const stop = listen(() => {
      if (!holds()) return;
      told += 1;
      if (told >= count) finish();
    });
    const finish = () => {
      stop();
      resolve();
    };
    if (count === 1 && holds()) finish();
  });
}
