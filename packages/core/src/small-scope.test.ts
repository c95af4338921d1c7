import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import { Core, type Outcome } from './core.ts';
import { FastBook } from './exchange/book/fast-book.ts';
import { NaiveBook } from './exchange/book/naive-book.ts';
import type { Side } from './exchange/enums.ts';
import { FastTriggers } from './exchange/triggers/fast-triggers.ts';
import { NaiveTriggers } from './exchange/triggers/naive-triggers.ts';
import { invariantFaults, newCondition, TestVenue, testSymbol } from './testing/index.ts';

const LENGTH = 5;
const [A, B] = [1, 2];
const [LOW, HIGH] = ['100', '101'];
const [ONE, TWO] = ['1', '2'];

/** Two users, of whom the first has little money, and a market at the lower of two prices. */
const venue = new TestVenue([testSymbol({ maxPrice: 2_000 as PriceTicks })]);
venue.user('34');
venue.user('10000');
venue.price(LOW);
const ticks = (price: string): PriceTicks => venue.ticks('BTCUSDT', price);

type Letter = (core: Core) => Command;

const place =
  (userId: number, side: Side, [price, quantity]: readonly [string, string]): Letter =>
  () => ({ type: 'place-order', actor: { userId }, order: venue.order({ side, price, quantity }) });
const oldestOf = (core: Core, userId: number) => core.exchange.openOrders(userId)[0];
const cancelOldest =
  (userId: number): Letter =>
  (core) => ({
    type: 'cancel-order',
    actor: { userId },
    order: { symbol: 'BTCUSDT', orderId: oldestOf(core, userId)?.orderId ?? 0 },
  });
/** To the other price, and to the larger size. */
const amendOldest =
  (userId: number): Letter =>
  (core) => {
    const oldest = oldestOf(core, userId);
    const price = ticks(oldest?.price === ticks(LOW) ? HIGH : LOW);
    const quantity = venue.steps('BTCUSDT', TWO) as QuantitySteps;
    const amendment = { symbol: 'BTCUSDT', orderId: oldest?.orderId ?? 0, price, quantity };
    return { type: 'amend-order', actor: { userId }, amendment };
  };
/** Sells at the market when a trade is made at the lower price. */
const placeStop =
  (userId: number): Letter =>
  () => ({
    type: 'place-condition',
    actor: { userId },
    condition: newCondition(venue, {
      side: 'SELL',
      stop: LOW,
      quantity: ONE,
      more: { workingType: 'CONTRACT_PRICE' },
    }),
  });
const movePrice: Letter = (core) => {
  const price = ticks(core.exchange.symbol('BTCUSDT')?.index === ticks(LOW) ? HIGH : LOW);
  return {
    type: 'update-prices',
    symbols: [{ symbol: 'BTCUSDT', quotes: [{ source: 'source', price, ageMs: 0, weight: 1 }] }],
  };
};

const ALPHABET: readonly Letter[] = [
  place(A, 'BUY', [LOW, ONE]),
  place(A, 'BUY', [HIGH, TWO]),
  place(A, 'SELL', [LOW, ONE]),
  place(A, 'SELL', [HIGH, TWO]),
  place(B, 'BUY', [LOW, TWO]),
  place(B, 'SELL', [LOW, ONE]),
  place(B, 'SELL', [HIGH, TWO]),
  cancelOldest(A),
  cancelOldest(B),
  amendOldest(A),
  placeStop(A),
  movePrice,
];
const SEQUENCES = ALPHABET.length ** LENGTH;

const fastFrom = (bytes: Uint8Array): Core =>
  Core.restore(
    bytes,
    () => new FastBook(),
    () => new FastTriggers(),
  );
const naiveFrom = (bytes: Uint8Array): Core =>
  Core.restore(
    bytes,
    () => new NaiveBook(),
    () => new NaiveTriggers(),
  );

/** A state, and how many sequences lead to it: what follows depends on the state alone, so it is looked at once. */
interface Reached {
  readonly bytes: Uint8Array;
  sequences: number;
}

describe('every short sequence of commands', () => {
  it(`INV-1 to INV-4, INV-6, INV-7: all ${SEQUENCES.toLocaleString('en')} sequences of ${LENGTH} of ${ALPHABET.length} commands, and their beginnings, lead to the same with the naive book and triggers`, () => {
    const seen = new Map<string, number>();
    let level = new Map<string, Reached>([['', { bytes: venue.core.snapshot(), sequences: 1 }]]);
    let last = 0;
    for (let length = 1; length <= LENGTH; length++) {
      const next = new Map<string, Reached>();
      for (const { bytes, sequences } of level.values()) {
        for (const after of stepsFrom(bytes, { seen, isLast: length === LENGTH })) {
          if (after === undefined) last += sequences;
          else reach(next, after, sequences);
        }
      }
      level = next;
    }
    expect(last).toBe(SEQUENCES);
    for (const kind of [
      'trade',
      'self-trade-prevented',
      'order-updated TRADE',
      'order-updated AMENDED',
      'order-updated CANCELED',
      'order-updated EXPIRED',
      'condition-updated PENDING',
      'condition-updated FIRED',
      'condition-updated REJECTED',
      'position-closed',
      'INSUFFICIENT_MARGIN',
      'WOULD_TRIGGER_IMMEDIATELY',
      'ORDER_NOT_FOUND',
    ])
      expect(seen.get(kind) ?? 0, `${kind} of ${JSON.stringify([...seen])}`).toBeGreaterThan(20);
  }, 300_000);
});

function reach(states: Map<string, Reached>, bytes: Uint8Array, sequences: number): void {
  const key = Buffer.from(bytes).toString('latin1');
  const known = states.get(key);
  if (known === undefined) states.set(key, { bytes, sequences });
  else known.sequences += sequences;
}

interface Look {
  readonly seen: Map<string, number>;
  readonly isLast: boolean;
}

/** The state after each command of the alphabet, checked; none is made of the last ones. */
function* stepsFrom(bytes: Uint8Array, { seen, isLast }: Look): Generator<Uint8Array | undefined> {
  let [fast, naive] = [fastFrom(bytes), naiveFrom(bytes)];
  for (const letter of ALPHABET) {
    const command = letter(fast);
    const timeMs = fast.timeMs + (letter === movePrice ? 1_000 : 0);
    const outcome = fast.apply(fast.sequence + 1, timeMs, command);
    const other = naive.apply(naive.sequence + 1, timeMs, command);
    if (!same(outcome, other))
      expect(outcome, `${JSON.stringify(command)} after ${describeState(bytes)}`).toEqual(other);
    count(seen, outcome);
    if (!isLast) yield agreed(fast, naive);
    else yield undefined;
    // A refusal has changed nothing but the sequence, so the last commands go on with the same cores.
    if (outcome.reply.ok) {
      const faults = invariantFaults(fast);
      if (faults.length > 0) expect(faults, `${JSON.stringify(command)} after ${describeState(bytes)}`).toEqual([]);
    }
    if (outcome.reply.ok || !isLast) [fast, naive] = [fastFrom(bytes), naiveFrom(bytes)];
  }
}

function agreed(fast: Core, naive: Core): Uint8Array {
  const state = fast.snapshot();
  if (Buffer.compare(state, naive.snapshot()) !== 0) expect(state).toEqual(naive.snapshot());
  return state;
}

const describeState = (bytes: Uint8Array): string =>
  JSON.stringify(
    [A, B].map((userId) => fastFrom(bytes).exchange.openOrders(userId)),
    (_key, value) => (typeof value === 'bigint' ? String(value) : value),
  );

function count(seen: Map<string, number>, { reply, events }: Outcome): void {
  const kinds = reply.ok ? [] : [reply.reason as string];
  for (const event of events) {
    if (event.type === 'order-updated') kinds.push(`order-updated ${event.executionType}`);
    else if (event.type === 'condition-updated') kinds.push(`condition-updated ${event.condition.status}`);
    else kinds.push(event.type);
  }
  for (const kind of kinds) seen.set(kind, (seen.get(kind) ?? 0) + 1);
}

/** Deep equality of plain data; a fraction of the cost of a matcher. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same(a[key as keyof typeof a], b[key as keyof typeof b]));
}
