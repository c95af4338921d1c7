import type { Leaderboard, LeaderboardFilter } from '@openvenue/views';
import { expect, test } from 'vitest';
import { LEADERBOARD_LIFE_MS, Leaderboards } from './leaderboards.ts';

const DAY_MS = 86_400_000;
const NOON_MS = 20_000 * DAY_MS + DAY_MS / 2;

function asked() {
  const filters: LeaderboardFilter[] = [];
  let answer: () => Promise<Leaderboard> = async () => ({ leaders: [], ranking: [filters.length] });
  const leaderboards = new Leaderboards({
    leaderboard: (filter) => {
      filters.push(filter);
      return answer();
    },
  });
  const breakNext = () => {
    const whole = answer;
    answer = () => {
      answer = whole;
      return Promise.reject(new Error('broken'));
    };
  };
  const count = async (timeMs: number, period: '7d' | '30d' = '7d') => {
    const result = await leaderboards.of(period, { timeMs, sequence: 9 });
    return result.ok ? result.value.ranking[0] : result;
  };
  return { filters, breakNext, count };
}

test('callers at one time share a question; each period has its own', async () => {
  const { filters, count } = asked();
  expect(await Promise.all([count(NOON_MS), count(NOON_MS), count(NOON_MS, '30d')])).toEqual([1, 1, 2]);
  const places = { ranked: 10_000, shown: 100, atLeastSequence: 9 };
  expect(filters).toEqual([
    { fromMs: 19_994 * DAY_MS, ...places },
    { fromMs: 19_971 * DAY_MS, ...places },
  ]);
  expect(await count(NOON_MS + LEADERBOARD_LIFE_MS - 1)).toBe(1);
  expect(await count(NOON_MS + LEADERBOARD_LIFE_MS)).toBe(3);
});

test('a new day asks anew', async () => {
  const { count } = asked();
  const midnightMs = 20_001 * DAY_MS;
  expect([await count(midnightMs - 1), await count(midnightMs)]).toEqual([1, 2]);
});

test('a question that fails is not kept', async () => {
  const { breakNext, count } = asked();
  breakNext();
  await expect(count(NOON_MS)).rejects.toThrow('broken');
  expect(await count(NOON_MS)).toBe(2);
});
