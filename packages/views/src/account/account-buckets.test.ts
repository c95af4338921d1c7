import { money, ONE } from '@openvenue/money';
import { describe, expect, test } from 'vitest';
import { NO_FLOW } from '../sql/account-changes.ts';
import type { AccountFlow, AccountFlowOfSpan } from '../sql/history-queries.ts';
import { accountBuckets } from './account-buckets.ts';
import { maxDrawdown } from './drawdown.ts';
import { accountOverview, overviewFlows } from './overview.ts';

const DAY_MS = 86_400_000;
/** A Wednesday. */
const TODAY_MS = Date.parse('2026-02-25T00:00:00Z');
const NOW_MS = TODAY_MS + 5 * 3_600_000;

const flow = (changes: Partial<Record<keyof AccountFlow, bigint>>): AccountFlow => ({
  ...NO_FLOW,
  ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, money(value)])),
});
const day = (daysAgo: number, changes: Parameters<typeof flow>[0]): AccountFlowOfSpan => ({
  openMs: TODAY_MS - daysAgo * DAY_MS,
  ...flow(changes),
});
const daily = (fromDaysAgo: number) =>
  ({ interval: '1d', fromMs: TODAY_MS - fromDaysAgo * DAY_MS, nowMs: NOW_MS }) as const;

describe('buckets', () => {
  test('go on from what was before, and those without anything are there', () => {
    const before = flow({ transferIn: 100n, netPnl: -10n });
    const spans = [day(2, { netPnl: 5n }), day(0, { transferOut: 20n, netPnl: 1n })];
    const rows = accountBuckets({ before, spans }, daily(3)).map(
      ({ openMs, endMs, balanceBefore, balance, totalPnl }) => [
        (TODAY_MS - openMs) / DAY_MS,
        endMs - openMs,
        balanceBefore,
        balance,
        totalPnl,
      ],
    );
    expect(rows).toEqual([
      [3, DAY_MS, 90n, 90n, -10n],
      [2, DAY_MS, 90n, 95n, -5n],
      [1, DAY_MS, 95n, 95n, -5n],
      [0, 5 * 3_600_000, 95n, 76n, -4n],
    ]);
  });

  test('begin with the first change of the wallet, and what is later than the question is left out', () => {
    const spans = [day(1, { transferIn: 7n }), day(-1, { transferIn: 1n })];
    expect(accountBuckets({ before: undefined, spans }, daily(9)).map(({ balance }) => balance)).toEqual([7n, 7n]);
    expect(accountBuckets({ before: undefined, spans: [] }, daily(9))).toEqual([]);
  });

  test('weeks begin on Monday, months on the first', () => {
    const spans = [day(30, { netPnl: 1n }), day(3, { netPnl: 2n }), day(2, { netPnl: 4n }), day(0, { netPnl: 8n })];
    const dates = (interval: '1w' | '1M', from: string) =>
      accountBuckets({ before: flow({}), spans }, { interval, fromMs: Date.parse(from), nowMs: NOW_MS }).map(
        ({ openMs, flow: { netPnl } }) => [new Date(openMs).toISOString().slice(0, 10), netPnl],
      );
    expect(dates('1w', '2026-02-16T00:00:00Z')).toEqual([
      ['2026-02-16', 2n],
      ['2026-02-23', 12n],
    ]);
    expect(dates('1M', '2026-01-01T00:00:00Z')).toEqual([
      ['2026-01-01', 1n],
      ['2026-02-01', 14n],
    ]);
  });
});

describe('the drawdown', () => {
  const drawdown = (before: AccountFlow | undefined, spans: readonly AccountFlowOfSpan[], from = 9) =>
    maxDrawdown(accountBuckets({ before, spans }, daily(from)));

  test('is the largest fall of the profit from a peak to a later end of a day, by what there was to lose', () => {
    const spans = [
      day(6, { transferIn: 1_000n }),
      day(5, { netPnl: 200n }),
      day(4, { netPnl: -150n }),
      day(3, { netPnl: 100n }),
      day(2, { netPnl: -250n }),
      day(1, { netPnl: 500n }),
      day(0, { netPnl: -290n }),
    ];
    expect(drawdown(undefined, spans)).toEqual({ amount: 300n, rate: ONE / 4n });
  });

  test('counts what came in during the fall, and is no matter of what was taken out', () => {
    const before = flow({ transferIn: 100n });
    const spans = [day(2, { netPnl: -50n }), day(1, { transferIn: 100n, netPnl: -50n }), day(0, { transferOut: 90n })];
    expect(drawdown(before, spans)).toEqual({ amount: 100n, rate: ONE / 2n });
  });

  test('begins with what was before the first day, and is 0 for a rise, at most the whole', () => {
    expect(drawdown(flow({ transferIn: 10n, netPnl: 90n }), [day(9, { netPnl: -100n })])).toEqual({
      amount: 100n,
      rate: ONE,
    });
    expect(drawdown(flow({ transferIn: 10n }), [day(9, { netPnl: 1n })])).toEqual({ amount: 0n, rate: 0n });
    expect(drawdown(undefined, [])).toEqual({ amount: 0n, rate: 0n });
    expect(drawdown(undefined, [day(0, { netPnl: -5n })])).toEqual({ amount: 5n, rate: ONE });
    expect(drawdown(flow({ transferIn: 3n }), [day(0, { netPnl: -1n })])).toEqual({ amount: 1n, rate: 33_333_333n });
  });
});

test('an overview has today, all time, and the drawdown of 30 days', () => {
  expect(overviewFlows(NOW_MS)).toEqual({ span: '1d', fromMs: TODAY_MS - 29 * DAY_MS });
  const before = flow({ tradedValue: 5n, netPnl: -4n, transferIn: 40n, transferOut: 1n });
  const spans = [
    day(29, { tradedValue: 3n, netPnl: -2n }),
    day(0, { tradedValue: 2n, netPnl: 3n, transferIn: 1n }),
    day(-1, { netPnl: 77n }),
  ];
  expect(accountOverview({ before, spans }, NOW_MS)).toEqual({
    todayPnl: 3n,
    todayVolume: 2n,
    total: flow({ tradedValue: 10n, netPnl: -3n, transferIn: 41n, transferOut: 1n }),
    drawdown: { amount: 2n, rate: 5_714_286n },
  });
  expect(accountOverview({ before: undefined, spans: [] }, NOW_MS)).toMatchObject({ todayPnl: 0n, total: NO_FLOW });
});
