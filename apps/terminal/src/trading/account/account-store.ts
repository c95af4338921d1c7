import type { ApiClient, InputOf, Stream } from '@openvenue/api-client';
import { FrameStore } from '../../frame/frame-store.ts';
import type { OrderEvent, PlaceOrderBody, PositionView, UserEvent } from '../venue-types.ts';
import { type AccountBalances, AccountBook } from './account-book.ts';
import { newClientOrderId } from './client-order-id.ts';
import type { OpenOrder } from './open-order.ts';

/** Events that are kept while a snapshot is read; with more of them the snapshot is read again. */
export const EVENTS_DURING_READ_MAX = 2_000;
/** Open orders that are read; a user may have no more in one symbol. */
const OPEN_ORDERS_MAX = 1_000;
const SCREEN_INTERVAL_MS = 90;

/** An order that was sent and of which the venue's stream has not told yet. */
export interface PendingOrder extends PlaceOrderBody {
  readonly clientOrderId: string;
}

/** The account as the screen shows it. */
export interface AccountView {
  /** `failed`: there has never been a snapshot. */
  readonly status: 'loading' | 'ready' | 'failed';
  /** What is shown may not be the venue's truth: the connection is lost, or the account is being read anew. */
  readonly isStale: boolean;
  readonly balances: AccountBalances | undefined;
  readonly positions: readonly PositionView[];
  readonly orders: readonly OpenOrder[];
  readonly pending: readonly PendingOrder[];
  /** Ids of orders that were asked to be canceled. */
  readonly canceling: ReadonlySet<string>;
  /** Leverage by symbol, as far as it is known. */
  readonly leverages: ReadonlyMap<string, number>;
  /** Grows when an order has ended or filled: lists of the past are then out of date. */
  readonly pastVersion: number;
}

/** What the account needs of the client. */
export interface AccountCalls {
  readonly order: Pick<ApiClient['order'], 'current' | 'placeSafely' | 'cancel' | 'move' | 'batchCancelAll'>;
  readonly position: Pick<ApiClient['position'], 'positions' | 'settings' | 'leverage'>;
  readonly user: Pick<ApiClient['user'], 'asset'>;
}

/** What it needs of the user's stream. */
export type AccountStream = Pick<Stream, 'onResync' | 'onUserEvent' | 'onState' | 'state'>;

/**
 * The user's account: read by REST, kept by the private stream, read again when the stream says that something is missing.
 * Calls that change something show as pending until the stream has told of them.
 */
export class AccountStore {
  readonly view: FrameStore<AccountView>;
  readonly #calls: AccountCalls;
  readonly #stream: AccountStream;
  readonly #book = new AccountBook();
  readonly #pending = new Map<string, PendingOrder>();
  /** Pending orders that the venue has accepted; a snapshot that is read afterwards knows what became of them. */
  readonly #accepted = new Set<string>();
  readonly #canceling = new Set<string>();
  readonly #leverages = new Map<string, number>();
  readonly #orderListeners = new Set<(event: OrderEvent) => void>();
  #status: AccountView['status'] = 'loading';
  #reading = false;
  #readAgain = false;
  #heard: UserEvent[] = [];
  #pastVersion = 0;

  constructor(calls: AccountCalls, stream: AccountStream) {
    this.#calls = calls;
    this.#stream = stream;
    this.view = new FrameStore({ initial: this.#read(), intervalMs: SCREEN_INTERVAL_MS, read: () => this.#read() });
    stream.onUserEvent(({ data }) => this.#heardEvent(data));
    stream.onResync(() => void this.load());
    stream.onState(() => this.view.touch());
    void this.load();
  }

  /** Reads the whole account; while it is being read, once more afterwards. */
  async load(): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = true;
    if (this.#status === 'failed') this.#status = 'loading';
    this.view.touch();
    do {
      this.#readAgain = false;
      this.#heard = [];
      await this.#loadOnce();
    } while (this.#readAgain);
    this.#reading = false;
    this.view.touch();
  }

  /** Hears what happens to orders, each event once. */
  onOrderEvent(listener: (event: OrderEvent) => void): () => void {
    this.#orderListeners.add(listener);
    return () => this.#orderListeners.delete(listener);
  }

  /** Places an order, once however many replies are lost. It is pending until the stream tells of it or it is refused. */
  async place(order: PlaceOrderBody) {
    const pending: PendingOrder = { ...order, clientOrderId: order.clientOrderId ?? newClientOrderId() };
    this.#pending.set(pending.clientOrderId, pending);
    this.view.flush();
    try {
      const reply = await this.#calls.order.placeSafely(pending);
      if (this.#pending.has(pending.clientOrderId)) this.#accepted.add(pending.clientOrderId);
      return reply;
    } catch (error) {
      this.#pending.delete(pending.clientOrderId);
      this.view.flush();
      throw error;
    }
  }

  async cancel({ orderId, symbol }: Pick<OpenOrder, 'orderId' | 'symbol'>): Promise<void> {
    this.#canceling.add(orderId);
    this.view.flush();
    try {
      await this.#calls.order.cancel({ symbol, orderId });
    } catch (error) {
      this.#canceling.delete(orderId);
      this.view.flush();
      throw error;
    }
  }

  async cancelAll(symbol?: string): Promise<void> {
    await this.#calls.order.batchCancelAll(symbol === undefined ? {} : { symbol });
  }

  async move(change: InputOf<'moveOrder'>): Promise<void> {
    await this.#calls.order.move(change);
  }

  /** Reads the leverage of a symbol unless it is known. */
  async loadLeverage(symbol: string): Promise<void> {
    if (this.#leverages.has(symbol)) return;
    const { leverage } = await this.#calls.position.settings({ symbol });
    this.#leverages.set(symbol, leverage);
    this.view.touch();
  }

  async setLeverage(symbol: string, leverage: number): Promise<void> {
    const set = await this.#calls.position.leverage({ symbol, leverage });
    this.#leverages.set(symbol, set.leverage);
    this.view.flush();
  }

  async #loadOnce(): Promise<void> {
    const accepted = [...this.#accepted];
    try {
      const [{ userAsset }, { positions }, { list }] = await Promise.all([
        this.#calls.user.asset(),
        this.#calls.position.positions(),
        this.#calls.order.current({ limit: OPEN_ORDERS_MAX }),
      ]);
      this.#book.replace({ asset: userAsset, positions, orders: list });
      for (const event of this.#heard) this.#book.apply(event);
      for (const { symbol, leverage } of positions) this.#leverages.set(symbol, leverage);
      for (const clientOrderId of [...accepted, ...list.map((order) => order.clientOrderId)])
        this.#known(clientOrderId);
      const open = new Set(list.map(({ orderId }) => orderId));
      for (const orderId of this.#canceling) if (!open.has(orderId)) this.#canceling.delete(orderId);
      this.#pastVersion += 1;
      this.#status = 'ready';
    } catch {
      // Whatever the fault is: the panels say that the account could not be read and offer to try again.
      if (this.#status === 'loading') this.#status = 'failed';
    }
  }

  #heardEvent(event: UserEvent): void {
    if (this.#reading) {
      if (this.#heard.length < EVENTS_DURING_READ_MAX) this.#heard.push(event);
      else this.#readAgain = true;
    }
    this.#book.apply(event);
    if (event.eventType === 'ORDER_TRADE_UPDATE') this.#heardOrder(event);
    else if (event.eventType === 'ACCOUNT_UPDATE')
      for (const { symbol, leverage } of event.positions) this.#leverages.set(symbol, leverage);
    this.view.touch();
  }

  #heardOrder(event: OrderEvent): void {
    this.#known(event.clientOrderId);
    this.#canceling.delete(event.orderId);
    if (event.executionType !== 'NEW' && event.executionType !== 'AMENDED') this.#pastVersion += 1;
    for (const listener of this.#orderListeners) listener(event);
  }

  #known(clientOrderId: string): void {
    this.#pending.delete(clientOrderId);
    this.#accepted.delete(clientOrderId);
  }

  #read(): AccountView {
    return {
      status: this.#status,
      isStale: this.#stream.state !== 'open' || (this.#reading && this.#status === 'ready'),
      balances: this.#book.balances,
      positions: this.#book.positions,
      orders: this.#book.orders,
      pending: [...this.#pending.values()],
      canceling: new Set(this.#canceling),
      leverages: new Map(this.#leverages),
      pastVersion: this.#pastVersion,
    };
  }
}
