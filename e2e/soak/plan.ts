import { SeededRandom } from '@openvenue/core/testing';
import { amountOf } from './units.ts';

const USDT = 100_000_000;

/** What a transfer says beside its number. */
export interface Content {
  readonly path: 'transfer' | 'transfer-all-out';
  readonly agentUserId: string;
  readonly direction: 'IN' | 'OUT';
  /** Missing for an all-out. */
  readonly amount?: string;
}

/** One order number, sent `copies` times at once with each of its contents: the first to arrive gives the number its meaning. */
export interface OrderStep {
  readonly kind: 'order';
  readonly orderNo: string;
  readonly contents: readonly Content[];
  readonly copies: number;
  /** Sent once by somebody who neither reads the answer nor ever comes back. */
  readonly isAbandoned: boolean;
}

const WALLET_DIRECTIONS = [
  'PARTNER_TO_FUNDING',
  'FUNDING_TO_PARTNER',
  'FUNDING_TO_CONTRACT',
  'CONTRACT_TO_FUNDING',
] as const;

/** What a wallet transfer says beside its number. */
export interface WalletContent {
  readonly agentUserId: string;
  readonly direction: (typeof WALLET_DIRECTIONS)[number];
  /** Missing for all there is. */
  readonly amount?: string;
}

/** As an order, between the user's wallets and the partner. */
export interface WalletStep {
  readonly kind: 'wallet';
  readonly orderNo: string;
  readonly contents: readonly WalletContent[];
  readonly copies: number;
}

/** An earlier order, sent again long after. */
export interface RepeatStep {
  readonly kind: 'repeat';
  readonly order: OrderStep;
}

/** A reverse of an earlier order, under one number or under two that race; `copies` of each at once. */
export interface ReverseStep {
  readonly kind: 'reverse';
  readonly origOrderNo: string;
  readonly reverseOrderNos: readonly string[];
  readonly copies: number;
}

export type Step = OrderStep | RepeatStep | ReverseStep | WalletStep;

export interface Plan {
  readonly users: readonly string[];
  readonly orders: readonly OrderStep[];
  readonly steps: readonly Step[];
  /** Numbers of done steps at which the plug is pulled, rising. */
  readonly killsAt: readonly number[];
  /** Numbers of done steps at which the partner's process is killed, rising. */
  readonly partnerKillsAt: readonly number[];
}

export interface PlanOptions {
  readonly seed: number;
  readonly transfers: number;
  readonly kills: number;
}

const ORDERS_PER_USER = 60;

/** Everything that the clients will do, from the seed alone. */
export function makePlan({ seed, transfers, kills }: PlanOptions): Plan {
  const random = new SeededRandom(seed);
  const users = Array.from({ length: Math.max(4, Math.ceil(transfers / ORDERS_PER_USER)) }, (_, n) => `user-${n}`);
  const orders: OrderStep[] = [];
  const steps: Step[] = [];
  let reverses = 0;
  for (let n = 0; n < transfers; n++) {
    const order = makeOrder(random, `S${seed}-${n}`, users);
    orders.push(order);
    steps.push(order);
    if (random.chance(1, 10)) steps.push({ kind: 'repeat', order: random.pick(orders) });
    if (random.chance(1, 8)) steps.push(makeWalletStep(random, `W${seed}-${n}`, users));
    if (!random.chance(1, 6)) continue;
    const { orderNo: origOrderNo } = random.pick(orders.slice(-50));
    const reverseOrderNos = Array.from({ length: random.integer(1, 2) }, () => `R${seed}-${++reverses}`);
    steps.push({ kind: 'reverse', origOrderNo, reverseOrderNos, copies: random.integer(1, 3) });
  }
  const moments = (count: number): number[] =>
    Array.from({ length: count }, () => random.integer(1, steps.length - 1)).toSorted((one, other) => one - other);
  return { users, orders, steps, killsAt: moments(kills), partnerKillsAt: moments(Math.ceil(kills / 2)) };
}

function makeOrder(random: SeededRandom, orderNo: string, users: readonly string[]): OrderStep {
  const first = makeContent(random, users);
  const contents = random.chance(1, 8) ? [first, makeOther(random, first, users)] : [first];
  if (random.chance(1, 2)) contents.reverse();
  const isAbandoned = contents.length === 1 && random.chance(1, 20);
  return { kind: 'order', orderNo, contents, copies: random.pick([1, 1, 1, 2, 2, 3]), isAbandoned };
}

function makeContent(random: SeededRandom, users: readonly string[]): Content {
  const agentUserId = random.pick(users);
  const dice = random.integer(0, 99);
  if (dice < 55) return { path: 'transfer', agentUserId, direction: 'IN', amount: makeAmount(random, 200) };
  if (dice < 57) return { path: 'transfer', agentUserId, direction: 'IN', amount: '5000000' };
  if (dice < 95) return { path: 'transfer', agentUserId, direction: 'OUT', amount: makeAmount(random, 250) };
  return { path: 'transfer-all-out', agentUserId, direction: 'OUT' };
}

function makeWalletStep(random: SeededRandom, orderNo: string, users: readonly string[]): WalletStep {
  const agentUserId = random.pick(users);
  const make = (): WalletContent => {
    const direction = random.pick(WALLET_DIRECTIONS);
    const isOwn = direction === 'FUNDING_TO_CONTRACT' || direction === 'CONTRACT_TO_FUNDING';
    if (isOwn && random.chance(1, 4)) return { agentUserId, direction };
    return { agentUserId, direction, amount: makeAmount(random, 100) };
  };
  const contents = random.chance(1, 6) ? [make(), make()] : [make()];
  return { kind: 'wallet', orderNo, contents, copies: random.integer(1, 3) };
}

/** Something else under the same number. */
function makeOther(random: SeededRandom, first: Content, users: readonly string[]): Content {
  const amount = makeAmount(random, 200);
  if (first.amount === undefined || random.chance(1, 3)) {
    const direction = first.direction === 'IN' ? 'OUT' : 'IN';
    return { path: 'transfer', agentUserId: first.agentUserId, direction, amount };
  }
  if (random.chance(1, 2)) return { ...first, amount: first.amount === amount ? '1' : amount };
  return { ...first, agentUserId: random.pick(users.filter((user) => user !== first.agentUserId)) };
}

/** From a single unit to `largest`, with any number of decimals. */
function makeAmount(random: SeededRandom, largest: number): string {
  const units = BigInt(random.integer(1, largest * USDT));
  return random.chance(1, 4) ? String(random.integer(1, largest)) : amountOf(units);
}
