import { LEADERBOARD_LIMIT, LEADERBOARD_RANKED_MAX, type LeaderboardPeriod } from '@openvenue/contract';
import { firstLeaderDay, type LEADERBOARD_DAYS, type Leaderboard, openingOf } from '@openvenue/views';
import type { Failure } from '../../failure.ts';
import type { HistoryQueries } from '../../ports.ts';
import { askHistory } from '../history.ts';

/** How long a leaderboard is shown before the history is asked anew, in ms: a public call must not make it sum up months each time. */
export const LEADERBOARD_LIFE_MS = 10_000;

/** Those that the history sums up by itself. */
const DAYS: Readonly<Record<LeaderboardPeriod, (typeof LEADERBOARD_DAYS)[number]>> = { '7d': 7, '30d': 30, '90d': 90 };

type Asked = { readonly ok: true; readonly value: Leaderboard } | Failure;

interface Shown {
  readonly atMs: number;
  readonly asked: Promise<Asked>;
}

/** The leaderboard of each period, of which callers of the same seconds share one. A failure is not kept. */
export class Leaderboards {
  readonly #history: Pick<HistoryQueries, 'leaderboard'>;
  readonly #shown = new Map<LeaderboardPeriod, Shown>();

  constructor(history: Pick<HistoryQueries, 'leaderboard'>) {
    this.#history = history;
  }

  /** `now`: the time, and the sequence that a new answer must know. */
  of(period: LeaderboardPeriod, now: { readonly timeMs: number; readonly sequence: number }): Promise<Asked> {
    const shown = this.#shown.get(period);
    if (shown !== undefined && now.timeMs < shown.atMs + LEADERBOARD_LIFE_MS && isSameDay(now.timeMs, shown.atMs)) {
      return shown.asked;
    }
    const fromMs = firstLeaderDay(now.timeMs, DAYS[period]);
    const places = { ranked: LEADERBOARD_RANKED_MAX, shown: LEADERBOARD_LIMIT };
    const asked = askHistory(this.#history.leaderboard({ fromMs, ...places, atLeastSequence: now.sequence }));
    const entry = { atMs: now.timeMs, asked };
    this.#shown.set(period, entry);
    const forget = () => {
      if (this.#shown.get(period) === entry) this.#shown.delete(period);
    };
    void asked.then((result) => {
      if (!result.ok) forget();
    }, forget);
    return asked;
  }
}

const isSameDay = (a: number, b: number): boolean => openingOf('1d', a) === openingOf('1d', b);
