import type { Money } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import type { Event } from '../../event.ts';
import { BTC, ETH } from '../symbols.ts';
import { TestVenue } from '../test-venue.ts';
import { compareUser, compareVenue } from './core-reads.ts';
import { Oracle } from './oracle.ts';
import { holdSums } from './oracle-invariants.ts';
import { EXPECTED_OUTCOMES, missingOutcomes } from './outcomes.ts';
import { shrink } from './shrink.ts';
import type { Turn } from './turn.ts';

const HOUR_MS = 3_600_000;

/** Two users trade, one of them with isolated margin, and close again. */
function story(): { readonly turns: readonly Turn[]; readonly core: Core } {
  const venue = new TestVenue();
  const [long, short] = [venue.user('10000'), venue.user('10000')];
  venue.price('60000');
  venue.ok({ type: 'set-margin-mode', actor: { userId: long }, symbol: 'BTCUSDT', marginMode: 'ISOLATED' });
  venue.trade(long, short, { price: '60000.1', quantity: '0.5' });
  venue.price('60010');
  venue.trade(short, long, { price: '60005', quantity: '0.3' });
  venue.trade(short, long, { price: '60005', quantity: '0.2' });
  venue.trade(long, short, { price: '60005', quantity: '0.1' });
  return told(venue);
}

/** What the commands of a venue lead to. */
function told(venue: TestVenue): { readonly turns: readonly Turn[]; readonly core: Core } {
  const core = new Core();
  const turns = venue.journal.map(({ sequence, timeMs, command }) => {
    const outcome = core.apply(sequence, timeMs, command);
    return { timeMs, command, ...outcome };
  });
  return { turns, core };
}

/** The first figure of an event that a change makes wrong is named; without a change nothing is. */
function read(turns: readonly Turn[], change: (event: Event) => Event = (event) => event): string {
  const oracle = new Oracle();
  try {
    for (const turn of turns) oracle.read({ ...turn, events: turn.events.map(change) });
  } catch (error) {
    if (error instanceof Error && error.name === 'OracleDifference') return error.message;
    throw error;
  }
  return '';
}

type OrderUpdated = Extract<Event, { type: 'order-updated' }>;

/** The event with other figures in the order and in its fill. */
function wrongFill(event: OrderUpdated, figures: Partial<Record<'handlingFee' | 'realizedPnl', bigint>>): Event {
  const { fill, order } = event;
  if (fill === undefined) return event;
  const grown = Object.entries(figures).map(([figure, value]) => {
    const key = figure as keyof typeof figures;
    return [figure, order[key] + value - fill[key]] as const;
  });
  return {
    ...event,
    order: { ...order, ...Object.fromEntries(grown) },
    fill: { ...fill, ...figures } as typeof fill,
  };
}

/** A copy in which each amount of that name is one unit more. */
function offByOne(value: unknown, figure: string): unknown {
  if (Array.isArray(value)) return value.map((each) => offByOne(each, figure));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [
    key,
    key === figure && typeof each === 'bigint' ? each + 1n : offByOne(each, figure),
  ]);
  return Object.fromEntries(entries);
}

describe('the oracle', () => {
  it('agrees with a venue that keeps the rules, in its events and in its reads', () => {
    const { turns, core } = story();
    const oracle = new Oracle();
    for (const turn of turns) oracle.read(turn);
    for (const userId of oracle.state.users.keys()) compareUser(oracle.state, core, userId);
    compareVenue(oracle.state, core);
    holdSums(oracle.state);
    expect(oracle.state.openInterest('BTCUSDT')).toBe(100n);
  });

  it.each<readonly [figure: string, change: (event: Event) => Event]>([
    [
      'handlingFee of user',
      (event) =>
        event.type === 'order-updated' && event.fill !== undefined
          ? wrongFill(event, { handlingFee: event.fill.handlingFee + 1n })
          : event,
    ],
    [
      'realizedPnl of user',
      (event) =>
        event.type === 'order-updated' && event.fill !== undefined && event.fill.realizedPnl !== 0n
          ? wrongFill(event, { realizedPnl: event.fill.realizedPnl - 1n })
          : event,
    ],
    [
      'walletAfter of entry',
      (event) =>
        event.type === 'ledger'
          ? { ...event, entry: { ...event.entry, walletAfter: (event.entry.walletAfter + 1n) as never } }
          : event,
    ],
  ])('names a wrong %s', (figure, change) => {
    const { turns } = story();
    expect(read(turns)).toBe('');
    expect(read(turns, change)).toContain(figure);
  });

  it('names a margin, a cost, an available and an end that are one unit off', () => {
    const { turns } = story();
    const wrong = (type: Event['type'], figure: string) =>
      read(turns, (event) => (event.type === type ? (offByOne(event, figure) as Event) : event));
    expect(wrong('position-changed', 'margin')).toContain('margin of BTCUSDT BOTH');
    expect(wrong('position-changed', 'cost')).toContain('cost of BTCUSDT BOTH');
    expect(wrong('account-updated', 'available')).toContain('available');
    expect(wrong('account-updated', 'frozen')).toContain('frozen');
    expect(wrong('position-closed', 'roe')).toContain('roe of closed position');
  });

  it('misses a ledger entry and an end that are not told', () => {
    const { turns } = story();
    const without = (type: Event['type']) =>
      read(turns.map((turn) => ({ ...turn, events: turn.events.filter((event) => event.type !== type) })));
    expect(without('ledger')).toContain('ledger entries');
    expect(without('position-closed')).toContain('position-closed');
    expect(without('trade')).toContain('a fill');
  });

  it('names a level that is not the sum of its orders, one that is not told, and a gap between versions', () => {
    const { turns } = story();
    const depth = (figures: { readonly quantity?: number; readonly version?: number }) =>
      read(turns, (event) => (event.type === 'depth-changed' ? ({ ...event, ...figures } as Event) : event));
    expect(depth({ quantity: 49 })).toContain('INV-3: SELL level 600001 of BTCUSDT');
    expect(depth({ version: 9 })).toContain('depth version of BTCUSDT');
    const untold = turns.map((turn) => ({
      ...turn,
      events: turn.events.filter(({ type }) => type !== 'depth-changed'),
    }));
    expect(read(untold)).toContain('INV-3: a changed level is told');
  });

  it('asks no transfer for what the end of a symbol has settled just before it (SYM-5, INV-4)', () => {
    const venue = new TestVenue([BTC, ETH]);
    const [user, other] = [venue.user('1000'), venue.user('100000')];
    const open = (symbol: string, side: 'BUY' | 'SELL', price: string, quantity: string): void => {
      venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol, leverage: 20 });
      const against = side === 'BUY' ? 'SELL' : 'BUY';
      venue.placed(other, { symbol, side: against, price, quantity });
      venue.placed(user, { symbol, side, price, quantity });
    };
    venue.prices({ BTCUSDT: '60000', ETHUSDT: '3000' });
    open('BTCUSDT', 'BUY', '60000', '0.1');
    open('ETHUSDT', 'SELL', '3000', '4.3');
    const endMs = venue.timeMs + 25 * HOUR_MS;
    venue.ok({ type: 'delist-symbol', symbol: 'BTCUSDT', atMs: endMs });
    venue.timeMs = endMs - 1_000;
    venue.prices({ BTCUSDT: '56500', ETHUSDT: '2900' });
    const before = venue.account(user).available;
    venue.timeMs = endMs;
    venue.ok({ type: 'adjust-wallet', userId: user, amount: 1n as Money, changeType: 'TRANSFER_IN' });
    const after = venue.account(user).available;
    expect([before >= 0n, after < 0n, after < before]).toEqual([true, true, true]);
    expect(read(told(venue).turns)).toBe('');
  });

  it('names money that no one has brought, and longs without shorts', () => {
    const { turns } = story();
    const oracle = new Oracle();
    for (const turn of turns) oracle.read(turn);
    const { state, sums } = oracle;
    const [userId] = state.touched;
    const user = state.touch(userId ?? 0);
    user.crossWallet += 1n;
    expect(() => sums.hold()).toThrow('INV-1');
    user.crossWallet -= 1n;
    sums.hold();
    user.holding('BTCUSDT', 'BOTH').quantity += 1n;
    user.positionMoved();
    expect(() => sums.hold()).toThrow('INV-2');
  });

  it('counts what a run has missed', () => {
    const all = new Map(EXPECTED_OUTCOMES.map((kind) => [kind, 1]));
    expect(missingOutcomes(all)).toEqual([]);
    all.delete('liquidated by ADL');
    expect(missingOutcomes(all)).toEqual(['liquidated by ADL']);
  });
});

describe('a failing journal', () => {
  it('shrinks to the commands without which it does not fail', () => {
    const journal = Array.from({ length: 40 }, (_, k) => k);
    const fails = (some: readonly number[]) => some.includes(7) && some.includes(31);
    expect(shrink(journal, { fails, isLate: () => false })).toEqual([7, 31]);
    expect(shrink(journal, { fails, isLate: () => true })).toEqual(journal);
  });
});
