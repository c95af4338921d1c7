import { formatDecimal, type Money, parseDecimal, type Rate } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import type { Event } from '../../event.ts';
import { BTC, TestVenue, testSymbol } from '../../testing/index.ts';
import { assertInvariants } from '../../testing/invariants.ts';
import { fundingOf } from './settle-funding.ts';

const HOUR_MS = 3_600_000;
const free = [{ minVolume30d: 0n as Money, maker: 0 as Rate, taker: 0 as Rate }];

/** A market with free fees whose next funding is due in one hour. */
function market(options: { isolated?: boolean } = {}) {
  const venue = new TestVenue([testSymbol({ feeLevels: free })]);
  const users = { long: venue.user('100000'), shorts: [1, 2, 3].map(() => venue.user('100000')) };
  venue.timeMs = Math.ceil(venue.timeMs / (8 * HOUR_MS)) * 8 * HOUR_MS + 7 * HOUR_MS;
  venue.price('60000');
  if (options.isolated === true)
    venue.ok({
      type: 'set-margin-mode',
      actor: { userId: users.long },
      symbol: 'BTCUSDT',
      marginMode: 'ISOLATED',
    });
  const open = (): void => {
    for (const short of users.shorts) venue.trade(users.long, short, { price: '60000', quantity: '0.001' });
  };
  const settle = (price = '60000'): readonly Event[] => {
    venue.timeMs += HOUR_MS;
    return venue.price(price);
  };
  const fundings = (events: readonly Event[]) => events.filter((event) => event.type === 'funding-settled');
  const payments = (events: readonly Event[]) =>
    events.flatMap((event) =>
      event.type === 'ledger' && event.entry.changeType === 'FUNDING_FEE'
        ? [[event.entry.userId, formatSigned(event.entry.amount)] as const]
        : [],
    );
  return { venue, ...users, open, settle, fundings, payments };
}

const formatSigned = (amount: bigint): string => (amount < 0n ? `-${formatDecimal(-amount)}` : formatDecimal(amount));

describe('settling funding (FND-3)', () => {
  it('goes through the positions in the order in which the accounts began, whatever the order of opening', () => {
    const { venue, long, shorts, settle, payments } = market();
    for (const short of [...shorts].reverse()) venue.trade(long, short, { price: '60000', quantity: '0.001' });
    expect(payments(settle()).map(([userId]) => userId)).toEqual([long, ...shorts]);
  });

  it('takes the rate of the samples at the mark of that command: without premium the interest of 0.01 %', () => {
    const { venue, open, settle, fundings, payments, long, shorts } = market();
    open();
    const events = settle('61000');
    // The last trade holds the median against the index.
    const { mark } = venue.core.exchange.symbol('BTCUSDT') ?? {};
    expect(fundings(events)).toEqual([
      {
        type: 'funding-settled',
        symbol: 'BTCUSDT',
        rate: 10_000,
        mark,
        intervalHours: 8,
        atMs: venue.timeMs,
      },
    ]);
    const exact = 3n * BigInt(mark ?? 0) * BTC.tickSize * 100_000n * 10_000n;
    const paid = exact / 10n ** 16n + (exact % 10n ** 16n === 0n ? 0n : 1n);
    expect(payments(events)[0]).toEqual([long, formatSigned(-paid)]);
    expect(payments(events).map(([userId]) => userId)).toEqual([long, ...shorts]);
    assertInvariants(venue.core);
  });

  it('V39: paid up, received down, and the residue goes to the rounding account', () => {
    const { venue, open, long, shorts } = market();
    open();
    const state = venue.core.exchangeState;
    const btc = state.markets.get('BTCUSDT');
    if (btc === undefined) throw new Error('no market');
    const leg = (userId: number) => state.account(userId).stance(btc).leg('BOTH');
    btc.mark = 600_185 as typeof btc.mark;
    expect(formatSigned(fundingOf(leg(long), 1_250 as Rate))).toBe('-0.0022507');
    expect(shorts.map((short) => formatSigned(fundingOf(leg(short), 1_250 as Rate)))).toEqual(
      Array.from({ length: 3 }, () => '0.00075023'),
    );
  });

  it('settles once what is due, however long nothing came, and the next at whole intervals', () => {
    const { venue, open, settle, fundings } = market();
    open();
    venue.timeMs += 30 * HOUR_MS;
    expect(fundings(settle())).toHaveLength(1);
    expect(venue.core.exchange.symbol('BTCUSDT')?.nextFundingAtMs).toBe(
      (Math.floor(venue.timeMs / (8 * HOUR_MS)) + 1) * 8 * HOUR_MS,
    );
    venue.timeMs += 1_000;
    expect(fundings(venue.price('60000'))).toHaveLength(0);
  });

  it('waits while the index has no source (PRC-1)', () => {
    const { venue, open, fundings } = market();
    open();
    venue.timeMs += HOUR_MS;
    expect(fundings(venue.ok({ type: 'update-prices', symbols: [] }).events)).toHaveLength(0);
    venue.timeMs += 60_000;
    expect(fundings(venue.price('60000'))).toHaveLength(1);
  });

  it('is paid by an isolated position from its own margin', () => {
    const { venue, open, settle, long } = market({ isolated: true });
    open();
    const before = venue.position(long)?.margin ?? 0n;
    const { wallet } = venue.account(long);
    settle();
    const paid = wallet - venue.account(long).wallet;
    expect(formatDecimal(paid)).toBe('0.018');
    expect(before - (venue.position(long)?.margin ?? 0n)).toBe(paid);
    expect(venue.account(long).available).toBe(parseDecimal('100000')! - before);
    assertInvariants(venue.core);
  });

  it('stands in the mark until it is due (PRC-2)', () => {
    const { venue, open, settle } = market();
    open();
    settle();
    venue.timeMs += 1_000;
    venue.price('60000');
    expect(venue.core.exchange.symbol('BTCUSDT')).toMatchObject({ fundingRate: 10_000, mark: 600_000 });
  });
});

describe('a new funding interval (FND-2)', () => {
  const change = (venue: TestVenue, fundingIntervalHours: 1 | 4, effectiveAtMs: number) =>
    venue.ok({
      type: 'configure-symbol',
      parameters: testSymbol({ feeLevels: free, fundingIntervalHours }),
      effectiveAtMs,
    });

  it('leaves what is due at that very time to the interval that it is due for', () => {
    const { venue, open, settle, fundings } = market();
    open();
    change(venue, 1, venue.timeMs + HOUR_MS);
    // 8 hours have gone by: 0.01 %. One hour's rate would be 0.00125 %.
    expect(fundings(settle())).toMatchObject([{ rate: 10_000, intervalHours: 8 }]);
    expect(fundings(settle())).toMatchObject([{ rate: 1_250, intervalHours: 1 }]);
  });

  it('waits for a live price with the interval that is due, over a restart too (INV-6)', () => {
    const { venue, open, fundings } = market();
    open();
    change(venue, 1, venue.timeMs + HOUR_MS);
    venue.timeMs += HOUR_MS;
    expect(fundings(venue.ok({ type: 'update-prices', symbols: [] }).events)).toEqual([]);
    expect(venue.core.exchange.symbol('BTCUSDT')?.estimatedFundingRate).toBe(10_000);
    const restored = Core.restore(venue.core.snapshot());
    venue.timeMs += 1_000;
    const events = venue.price('60000');
    expect(fundings(events)).toMatchObject([{ rate: 10_000, intervalHours: 8 }]);
    const last = venue.journal.at(-1);
    if (last !== undefined) expect(restored.apply(last.sequence, last.timeMs, last.command).events).toEqual(events);
  });

  it('in the midst of one takes its place: the next whole interval of the UTC day is due, whenever a live price comes', () => {
    const { venue, open, fundings } = market();
    open();
    change(venue, 4, venue.timeMs + 60_000);
    const dueMs = venue.timeMs + HOUR_MS;
    venue.timeMs += 60_000;
    venue.ok({ type: 'update-prices', symbols: [] });
    expect(venue.core.exchange.symbol('BTCUSDT')?.nextFundingAtMs).toBe(dueMs);
    // What fell due without a source is settled once, by the first live price.
    venue.timeMs = dueMs + 5 * HOUR_MS;
    expect(fundings(venue.price('60000'))).toMatchObject([{ rate: 5_000, intervalHours: 4 }]);
    expect(venue.core.exchange.symbol('BTCUSDT')?.nextFundingAtMs).toBe(dueMs + 8 * HOUR_MS);
  });

  it('does not skip what is due when it takes effect; then its own times hold', () => {
    const { venue, open, settle, fundings } = market();
    open();
    change(venue, 4, venue.timeMs + HOUR_MS);
    expect(fundings(settle())).toHaveLength(1);
    expect(venue.core.exchangeState.markets.get('BTCUSDT')?.funding.nextAtMs).toBe(venue.timeMs + 4 * HOUR_MS);
  });
});
