import { setTimeout as sleep } from 'node:timers/promises';
import { HistoryLaggingError, HistoryOverloadedError, HistoryUnavailableError } from '../../sql/history-errors.ts';
import type { HistoryQueries } from '../../sql/history-queries.ts';
import type { MemoryViews } from '../memory-views.ts';
import type { CandlesName } from './price-type.ts';
import { seedRange } from './symbol-candles.ts';

export interface CandleSeeding {
  readonly views: Pick<MemoryViews, 'timeMs' | 'unseededCandles' | 'seedCandles'>;
  readonly history: Pick<HistoryQueries, 'candleSeed'>;
  /** Ends it early. */
  readonly signal: AbortSignal;
  /** Wait after a question that the history could not answer, in ms. Default 500. */
  readonly retryDelayMs?: number;
}

/**
 * Asks the history for what was before the start and gives it to the candles and tickers in memory, one after the other. A history that is
 * being rebuilt is asked again until it answers. Resolves when all is seeded or the signal has ended it.
 */
export async function seedCandles({ views, history, signal, retryDelayMs = 500 }: CandleSeeding): Promise<void> {
  for (const name of views.unseededCandles()) {
    while (!signal.aborted && !(await trySeed({ views, history }, name)))
      await sleep(retryDelayMs, undefined, { signal }).catch(() => undefined);
  }
}

async function trySeed(
  { views, history }: Pick<CandleSeeding, 'views' | 'history'>,
  name: CandlesName,
): Promise<boolean> {
  try {
    const seed = await history.candleSeed({ ...name, range: seedRange(views.timeMs) });
    return views.seedCandles(name, seed);
  } catch (error) {
    const isPassing =
      error instanceof HistoryLaggingError ||
      error instanceof HistoryOverloadedError ||
      error instanceof HistoryUnavailableError;
    if (isPassing) return false;
    throw error;
  }
}
