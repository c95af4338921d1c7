import { parseDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { Core } from './core.ts';
import type { Event } from './event.ts';
import { FastBook } from './exchange/book/fast-book.ts';
import { NaiveBook } from './exchange/book/naive-book.ts';
import type { OrderBook } from './exchange/book/order-book.ts';
import { FastTriggers } from './exchange/triggers/fast-triggers.ts';
import { NaiveTriggers } from './exchange/triggers/naive-triggers.ts';
import type { TriggerIndex } from './exchange/triggers/trigger-index.ts';
import { BTC, ETH, invariantFaults, randomCommand, SeededRandom } from './testing/index.ts';
import { tightCommand, tightMarket } from './testing/tight-market.ts';

const COMMANDS = 200_000;
const INVARIANTS_EVERY = 20;
const RESTORE_EVERY = 25_000;
const USERS = 12;
const CONDITION_TYPES = ['STOP_MARKET', 'STOP_LIMIT', 'TAKE_PROFIT_MARKET', 'TAKE_PROFIT_LIMIT', 'TRAILING_STOP'];
const CONDITION_ENDS = ['PENDING', 'TRIGGERED', 'FIRED', 'REJECTED', 'CANCELLED'];
/** Prices in the tight market move by more than the callback rates; in the large one they do not. */
const TIGHT_COMMANDS = 20_000;
const STRATEGY_TYPES = ['OTO', 'OCO', 'OTOCO'];

function marketWith(
  createBook: () => OrderBook,
  createTriggers: () => TriggerIndex,
): { core: Core; userIds: number[] } {
  const core = new Core(createBook, createTriggers);
  const run = (command: Parameters<Core['apply']>[2]) => core.apply(core.sequence + 1, 1_000, command).reply;
  for (const parameters of [BTC, ETH]) run({ type: 'configure-symbol', parameters });
  run({
    type: 'update-prices',
    symbols: [BTC, ETH].map(({ symbol }) => ({
      symbol,
      quotes: [{ source: 's', price: 600_000 as never, ageMs: 0, weight: 1 }],
    })),
  });
  const userIds: number[] = [];
  for (let n = 1; n <= USERS; n++) {
    run({
      type: 'create-user',
      username: `trader-${n}`,
      externalUserId: String(1_000_000_000 + n),
      passwordHash: '',
      kind: 'trader',
    });
    run({
      type: 'adjust-wallet',
      userId: n,
      amount: parseDecimal(n % 4 === 0 ? '400' : '2000000') as never,
      changeType: 'TRANSFER_IN',
    });
    for (const { symbol } of n % 2 === 0 ? [BTC, ETH] : [])
      run({ type: 'set-margin-mode', actor: { userId: n }, symbol, marginMode: 'ISOLATED' });
    userIds.push(n);
  }
  return { core, userIds };
}

describe('seeded commands over two books and two trigger indexes', () => {
  it(`MAT-1: ${COMMANDS} commands give the same replies and events with the fast book and triggers and the naive ones; INV-1 to INV-4, INV-6, INV-7 hold`, () => {
    const random = new SeededRandom(20_250_808);
    let fast = marketWith(
      () => new FastBook(),
      () => new FastTriggers(),
    );
    const naive = marketWith(
      () => new NaiveBook(),
      () => new NaiveTriggers(),
    );
    const traders = {
      userIds: fast.userIds,
      centers: new Map([
        ['BTCUSDT', 600_000],
        ['ETHUSDT', 600_000],
      ]),
      spreadTicks: 150,
    };
    const seen = new Map<string, number>();
    let timeMs = 1_000;
    for (let i = 0; i < COMMANDS; i++) {
      timeMs += random.integer(0, 600);
      const command = randomCommand(fast.core, random, traders);
      const sequence = fast.core.sequence + 1;
      const one = fast.core.apply(sequence, timeMs, command);
      const other = naive.core.apply(sequence, timeMs, command);
      if (!same(one, other)) expect(one, `command ${sequence}: ${JSON.stringify(command)}`).toEqual(other);
      count(seen, one.reply.ok ? `ok ${command.type}` : one.reply.reason);
      for (const event of one.events) count(seen, kindOf(event));
      if (i % INVARIANTS_EVERY === 0) expect(invariantFaults(fast.core)).toEqual([]);
      if (i % RESTORE_EVERY === RESTORE_EVERY - 1) {
        const bytes = fast.core.snapshot();
        expect(Buffer.compare(bytes, naive.core.snapshot())).toBe(0);
        fast = { ...fast, core: Core.restore(bytes) };
        expect(Buffer.compare(fast.core.snapshot(), bytes)).toBe(0);
      }
    }
    // The run is worth something only if everything happened in it.
    for (const kind of [
      'trade',
      'self-trade-prevented',
      'TRADE ',
      'CANCELED ',
      'AMENDED ',
      'AMENDED REDUCE_ONLY',
      'EXPIRED IOC',
      'EXPIRED SELF_TRADE',
      'EXPIRED REDUCE_ONLY',
      'EXPIRED MARGIN',
      'DUPLICATE_CLIENT_ORDER_ID',
      'NOTHING_TO_REDUCE',
      'WOULD_TAKE',
      'FOK_NOT_FILLABLE',
      'SELF_TRADE',
      'INSUFFICIENT_MARGIN',
      'ORDER_NOT_FOUND',
      'NO_LIQUIDITY',
      'PRICE_LEVEL_MISSING',
      'TIER_LIMIT',
      'AMENDED SYMBOL',
      'EXPIRED SYMBOL',
      'AMENDED OCO',
      'EXPIRED OCO',
      'WOULD_TRIGGER_IMMEDIATELY',
      'TIME_IN_FORCE_NOT_ALLOWED',
      'TRAILING_STOP PENDING_ACTIVATION',
      ...CONDITION_TYPES.filter((type) => type !== 'TRAILING_STOP').flatMap((type) =>
        CONDITION_ENDS.map((status) => `${type} ${status}`),
      ),
      ...STRATEGY_TYPES.flatMap((type) => [`${type} WORKING`, `${type} ALL_DONE`]),
      'OTO CANCELLED',
      'OTOCO CANCELLED',
      'ok cancel-all-after',
      'POSITION_SIDE_CONFLICT',
      'LEVERAGE_LOCKED',
      'ok set-leverage',
      'ok adjust-isolated-margin',
      'position-closed',
    ])
      expect(seen.get(kind) ?? 0, `${kind} of ${JSON.stringify([...seen])}`).toBeGreaterThan(0);
  }, 180_000);

  it(`CND-2: so do ${TIGHT_COMMANDS} commands of traders with little money, whose trailing stops fire`, () => {
    const random = new SeededRandom(20_260_301);
    const { core: fast, traders } = tightMarket();
    const { core: naive } = tightMarket(
      new Core(
        () => new NaiveBook(),
        () => new NaiveTriggers(),
      ),
    );
    const seen = new Map<string, number>();
    let timeMs = fast.timeMs;
    for (let i = 0; i < TIGHT_COMMANDS; i++) {
      timeMs += random.integer(0, 400);
      const command = tightCommand(fast, random, traders);
      const sequence = fast.sequence + 1;
      const one = fast.apply(sequence, timeMs, command);
      const other = naive.apply(sequence, timeMs, command);
      if (!same(one, other)) expect(one, `command ${sequence}`).toEqual(other);
      for (const event of one.events) count(seen, kindOf(event));
      if (i % INVARIANTS_EVERY === 0) expect(invariantFaults(fast)).toEqual([]);
    }
    expect(Buffer.compare(fast.snapshot(), naive.snapshot())).toBe(0);
    for (const status of ['PENDING_ACTIVATION', ...CONDITION_ENDS])
      expect(seen.get(`TRAILING_STOP ${status}`) ?? 0, `${status} of ${JSON.stringify([...seen])}`).toBeGreaterThan(0);
  }, 60_000);
});

function kindOf(event: Event): string {
  if (event.type === 'order-updated') return `${event.executionType} ${event.order.rejectReason}`;
  if (event.type === 'condition-updated') return `${event.condition.type} ${event.condition.status}`;
  return event.type === 'strategy-updated' ? `${event.strategy.type} ${event.strategy.status}` : event.type;
}

const count = (seen: Map<string, number>, key: string): void => void seen.set(key, (seen.get(key) ?? 0) + 1);

/** Deep equality of plain data; a fraction of the cost of a matcher. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same(a[key as keyof typeof a], b[key as keyof typeof b]));
}
