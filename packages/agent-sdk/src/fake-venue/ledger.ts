import assert from 'node:assert';
import type { Clock } from '../clock.ts';
import type { OrderStatus } from '../replies.ts';
import type { WebhookEvent } from '../webhook/event.ts';
import type { FakeAgent, FakeUser } from './agents.ts';
import { Refusal } from './refusal.ts';
import { formatUnits } from './units.ts';

/** Orders of all agents together. */
export const MAX_ORDERS = 100_000;

/** A place where money is. */
export type Pocket = 'deposit' | 'contract' | 'funding';

/** What a call wants moved. `amount` is in 1e-8; `undefined` moves all there is. */
export interface Movement {
  readonly from: Pocket;
  readonly to: Pocket;
  readonly amount: bigint | undefined;
}

export type OrderKind = 'transfer' | 'wallet-transfer' | 'reverse';

export interface FakeOrder {
  readonly orderId: number;
  readonly orderNo: string;
  readonly kind: OrderKind;
  readonly agent: FakeAgent;
  readonly user: FakeUser;
  readonly movement: Movement;
  /** As the call named it. */
  readonly direction: string;
  readonly currency: string;
  /** What a repeat must equal. */
  readonly content: string;
  /** The transfer that a reverse takes back. */
  readonly original: FakeOrder | undefined;
  readonly createdAtMs: number;
  status: OrderStatus;
  /** What was moved or is to be moved, in 1e-8; `undefined` while not known. */
  amount: bigint | undefined;
  failReason: string;
  completedAtMs: number | undefined;
  isReversed: boolean;
}

/** How an order is held up. */
export interface Hold {
  readonly forMs?: number;
  readonly outcome?: 'FAILED' | 'DEAD';
}

export type NewOrder = Pick<
  FakeOrder,
  'orderNo' | 'kind' | 'agent' | 'user' | 'movement' | 'direction' | 'currency' | 'content' | 'original'
>;

/** Orders and the money they move. Every change is one synchronous step, so concurrent calls are in some order. */
export class FakeLedger {
  readonly #clock: Clock;
  readonly #announce: (event: WebhookEvent, agent: FakeAgent) => void;
  readonly #orders = new Map<string, FakeOrder>();
  readonly #held = new Map<FakeOrder, { readonly hold: Hold; readonly cancel: () => void }>();
  #lastOrderId = 0;

  constructor(clock: Clock, announce: (event: WebhookEvent, agent: FakeAgent) => void) {
    this.#clock = clock;
    this.#announce = announce;
  }

  ordersOf(agent: FakeAgent): FakeOrder[] {
    return [...this.#orders.values()].filter((order) => order.agent === agent);
  }

  find(agent: FakeAgent, orderNo: string): FakeOrder | undefined {
    return this.#orders.get(keyOf(agent, orderNo));
  }

  /** The order of this number, if its content is the same. A number is used once for good. */
  findSame(agent: FakeAgent, orderNo: string, content: string): FakeOrder | undefined {
    const known = this.find(agent, orderNo);
    if (known !== undefined && known.content !== content) {
      throw new Refusal('orderNumberTaken', 'order number already used with other content');
    }
    return known;
  }

  place(order: NewOrder, hold: Hold | undefined): FakeOrder {
    if (this.#orders.size >= MAX_ORDERS) throw new Refusal('temporarilyUnavailable', 'too many orders');
    this.#lastOrderId += 1;
    const placed: FakeOrder = {
      ...order,
      orderId: this.#lastOrderId,
      createdAtMs: this.#clock.now(),
      status: 'PROCESSING',
      amount: order.movement.amount,
      failReason: '',
      completedAtMs: undefined,
      isReversed: false,
    };
    this.#orders.set(keyOf(order.agent, order.orderNo), placed);
    if (hold === undefined) this.#complete(placed, undefined);
    else this.#hold(placed, hold);
    return placed;
  }

  /** Ends the wait of an order that is `PROCESSING`. */
  resolve(order: FakeOrder): void {
    const held = this.#held.get(order);
    if (held === undefined) return;
    held.cancel();
    this.#held.delete(order);
    this.#complete(order, held.hold.outcome);
  }

  close(): void {
    for (const { cancel } of this.#held.values()) cancel();
    this.#held.clear();
  }

  #hold(order: FakeOrder, hold: Hold): void {
    const cancel =
      hold.forMs === undefined ? () => undefined : this.#clock.setTimeout(() => this.resolve(order), hold.forMs);
    this.#held.set(order, { hold, cancel });
  }

  #complete(order: FakeOrder, instead: 'FAILED' | 'DEAD' | undefined): void {
    const available = balanceIn(order, order.movement.from);
    const amount = order.movement.amount ?? available;
    if (instead !== undefined) {
      order.status = instead;
      order.failReason = 'rejected by the test';
    } else if (order.original?.isReversed === true) {
      order.status = 'FAILED';
      order.failReason = 'already reversed';
    } else if (amount > available) {
      order.status = 'FAILED';
      order.failReason = 'insufficient balance';
    } else {
      changeBalance(order, order.movement.from, -amount);
      changeBalance(order, order.movement.to, amount);
      order.status = 'SUCCESS';
    }
    order.amount = order.status === 'SUCCESS' ? amount : (order.movement.amount ?? 0n);
    order.completedAtMs = this.#clock.now();
    this.#tell(order);
    if (order.original !== undefined && order.status === 'SUCCESS') {
      order.original.isReversed = true;
      order.original.status = 'REVERSED';
      this.#tell(order.original);
    }
  }

  #tell(order: FakeOrder): void {
    const event = eventOf(order);
    if (event !== undefined) this.#announce(event, order.agent);
  }
}

/** ISO 8601, `''` for no time. */
export function isoTime(timeMs: number | undefined): string {
  return timeMs === undefined ? '' : new Date(timeMs).toISOString();
}

/** `amount` of a reply. */
export function amountText(order: FakeOrder): string {
  return order.amount === undefined ? '' : formatUnits(order.amount);
}

export function transferModeOf(order: FakeOrder): 'FIXED_AMOUNT' | 'ALL_OUT' {
  return order.movement.amount === undefined ? 'ALL_OUT' : 'FIXED_AMOUNT';
}

function eventOf(order: FakeOrder): WebhookEvent | undefined {
  if (order.kind === 'wallet-transfer') return undefined;
  const common = {
    orderId: order.orderId,
    orderNo: order.orderNo,
    direction: order.direction === 'IN' ? ('IN' as const) : ('OUT' as const),
    transferMode: transferModeOf(order),
    currency: order.currency,
    amount: amountText(order),
    agentCode: order.agent.agentCode,
    agentUserId: order.user.agentUserId,
    platformUserId: order.user.platformUserId,
    failReason: order.failReason,
    createdAt: isoTime(order.createdAtMs),
    completedAt: isoTime(order.completedAtMs),
  };
  const { status } = order;
  assert(status !== 'PROCESSING', 'a pending order has no event');
  if (order.kind === 'reverse') {
    const targetStatus = status === 'SUCCESS' ? 'SUCCESS' : 'FAILED';
    return { event: 'reverse.completed', orderType: 'reverse', targetStatus, ...common };
  }
  if (status === 'DEAD') return { event: 'transfer.dead', orderType: 'transfer', targetStatus: status, ...common };
  return { event: 'transfer.completed', orderType: 'transfer', targetStatus: status, ...common };
}

function balanceIn(order: FakeOrder, pocket: Pocket): bigint {
  return pocket === 'deposit' ? order.agent.deposit : order.user[pocket];
}

function changeBalance(order: FakeOrder, pocket: Pocket, change: bigint): void {
  if (pocket === 'deposit') {
    order.agent.deposit += change;
    return;
  }
  order.user[pocket] += change;
  if (pocket === 'funding' && change !== 0n) order.user.materialized = true;
  order.user.version += 1;
}

function keyOf(agent: FakeAgent, orderNo: string): string {
  return JSON.stringify([agent.agentCode, orderNo]);
}
