import type { Resync, StateChange, Stream, StreamState } from '@openvenue/api-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OrderView, UserEvent } from '../venue-types.ts';
import { type AccountCalls, AccountStore, type AccountStream, EVENTS_DURING_READ_MAX } from './account-store.ts';
import { accountEvent, asset, order, orderEvent, position } from './testing/examples.ts';

type UserPush = Parameters<Parameters<Stream['onUserEvent']>[0]>[0];

/** A stream that says what the test wants. */
class ScriptedStream implements AccountStream {
  state: StreamState = 'open';
  readonly #events = new Set<(push: UserPush) => void>();
  readonly #resyncs = new Set<(resync: Resync) => void>();
  readonly #states = new Set<(change: StateChange) => void>();
  onUserEvent = (listener: (push: UserPush) => void) => {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  };
  onResync = (listener: (resync: Resync) => void) => {
    this.#resyncs.add(listener);
    return () => this.#resyncs.delete(listener);
  };
  onState = (listener: (change: StateChange) => void) => {
    this.#states.add(listener);
    return () => this.#states.delete(listener);
  };

  event(data: UserEvent): void {
    for (const listener of this.#events) listener({ topic: 'user.1', ts: 0, seq: '1', data });
  }
  resync(): void {
    for (const listener of this.#resyncs) listener({ reason: 'gap', seq: '1' });
  }
  goTo(state: StreamState): void {
    this.state = state;
    for (const listener of this.#states) listener({ state });
  }
}

/** A venue with an account that the test changes. */
function scriptedVenue() {
  const state = { orders: [order()] as OrderView[], reads: 0, fails: false, beforeAnswer: async () => {} };
  const refusal = new Error('refused');
  const reply = { orderId: '12', clientOrderId: '', status: 'PENDING', timestamp: 0 } as const;
  const answer = async () => {
    if (state.fails) throw refusal;
    return reply;
  };
  const calls: AccountCalls = {
    user: { asset: async () => ({ userAsset: asset() }) },
    position: {
      positions: async () => ({ positions: [position({ leverage: 20 })] }),
      settings: async ({ symbol }) => ({ symbol, marginMode: 1, leverage: 7 }),
      leverage: async ({ symbol, leverage }) => ({ symbol, leverage, timestamp: 0 }),
    },
    order: {
      current: async () => {
        state.reads += 1;
        const list = state.orders;
        await state.beforeAnswer();
        if (state.fails) throw refusal;
        return { list, total: list.length };
      },
      placeSafely: answer,
      cancel: answer,
      move: answer,
      batchCancelAll: async () => ({}),
    },
  };
  return { state, calls, refusal };
}

const newOrder = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '59000', quantity: '0.1' } as const;

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', () => 1);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => vi.unstubAllGlobals());

function open() {
  const venue = scriptedVenue();
  const stream = new ScriptedStream();
  const store = new AccountStore(venue.calls, stream);
  const view = () => {
    store.view.flush();
    return store.view.get();
  };
  const ready = () => vi.waitFor(() => expect(view()).toMatchObject({ status: 'ready', isStale: false }));
  return { ...venue, stream, store, view, ready };
}

describe('AccountStore', () => {
  it('loads the account and shows what the stream tells', async () => {
    const { stream, view, ready } = open();
    expect(view().status).toBe('loading');
    await ready();
    expect(view().leverages.get('BTCUSDT')).toBe(20);
    stream.event(orderEvent({ orderId: '12' }));
    expect(view().orders.map(({ orderId }) => orderId)).toEqual(['12', '11']);
  });

  it('does not lose an event that comes while the snapshot is on its way', async () => {
    const { state, stream, view, ready } = open();
    await ready();
    state.beforeAnswer = async () => {
      state.beforeAnswer = async () => {};
      stream.event(orderEvent({ executionType: 'CANCELED', orderStatus: 'CANCELED' }));
    };
    stream.resync();
    expect(view().isStale).toBe(true);
    await ready();
    expect(view().orders).toEqual([]);
  });

  it('reads once more when another resync comes meanwhile, or more events than are kept', async () => {
    const { state, stream, ready } = open();
    stream.resync();
    await ready();
    expect(state.reads).toBe(2);
    state.beforeAnswer = async () => {
      state.beforeAnswer = async () => {};
      for (let i = 0; i <= EVENTS_DURING_READ_MAX; i++) stream.event(accountEvent());
    };
    stream.resync();
    await ready();
    expect(state.reads).toBe(4);
  });

  it('says that it has failed, and loads when it is asked again', async () => {
    const { state, store, view, ready } = open();
    await ready();
    const failing = open();
    failing.state.fails = true;
    await vi.waitFor(() => expect(failing.view().status).toBe('failed'));
    failing.state.fails = false;
    await failing.store.load();
    await failing.ready();
    state.fails = true;
    await store.load();
    expect(view().status).toBe('ready');
  });

  it('is stale while the connection is lost', async () => {
    const { stream, view, ready } = open();
    await ready();
    stream.goTo('reconnecting');
    expect(view().isStale).toBe(true);
    stream.goTo('open');
    expect(view().isStale).toBe(false);
  });

  it('shows an order as pending until the stream tells of it', async () => {
    const { store, stream, view, ready } = open();
    await ready();
    await store.place(newOrder);
    const [pending] = view().pending;
    expect(pending?.clientOrderId).toMatch(/^web-[0-9a-f]{24}$/);
    stream.event(orderEvent({ orderId: '12', clientOrderId: pending?.clientOrderId ?? '' }));
    expect(view().pending).toEqual([]);
    expect(view().orders).toHaveLength(2);
  });

  it('takes a pending order back when it is refused', async () => {
    const { state, store, view, ready, refusal } = open();
    await ready();
    state.fails = true;
    const placed = store.place(newOrder);
    expect(view().pending).toHaveLength(1);
    await expect(placed).rejects.toBe(refusal);
    expect(view().pending).toEqual([]);
  });

  it('lets a snapshot settle an accepted order whose event was missed', async () => {
    const { store, view, ready } = open();
    await ready();
    await store.place(newOrder);
    await store.load();
    expect(view().pending).toEqual([]);
  });

  it('marks an order that is being canceled until it is, or is not', async () => {
    const { state, store, stream, view, ready } = open();
    await ready();
    await store.cancel({ symbol: 'BTCUSDT', orderId: '11' });
    expect([...view().canceling]).toEqual(['11']);
    stream.event(orderEvent({ executionType: 'CANCELED', orderStatus: 'CANCELED' }));
    expect([...view().canceling]).toEqual([]);
    state.fails = true;
    await expect(store.cancel({ symbol: 'BTCUSDT', orderId: '12' })).rejects.toThrow('refused');
    expect([...view().canceling]).toEqual([]);
  });

  it('tells its listeners of an order until they leave', async () => {
    const { store, stream, ready } = open();
    await ready();
    const heard: string[] = [];
    const leave = store.onOrderEvent(({ orderId }) => heard.push(orderId));
    stream.event(orderEvent());
    leave();
    stream.event(orderEvent());
    expect(heard).toEqual(['11']);
  });

  it('counts what changes the lists of the past', async () => {
    const { stream, view, ready } = open();
    await ready();
    const before = view().pastVersion;
    stream.event(orderEvent());
    expect(view().pastVersion).toBe(before);
    stream.event(orderEvent({ executionType: 'TRADE' }));
    expect(view().pastVersion).toBe(before + 1);
  });

  it('reads a leverage once and keeps what was set', async () => {
    const { store, view, ready } = open();
    await ready();
    await store.loadLeverage('ETHUSDT');
    expect(view().leverages.get('ETHUSDT')).toBe(7);
    await store.setLeverage('ETHUSDT', 50);
    await store.loadLeverage('ETHUSDT');
    expect(view().leverages.get('ETHUSDT')).toBe(50);
  });
});
