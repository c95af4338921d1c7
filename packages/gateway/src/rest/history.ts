import { pageOf } from '@openvenue/contract';
import {
  HistoryLaggingError,
  HistoryOverloadedError,
  type HistoryPage,
  HistoryUnavailableError,
} from '@openvenue/views';
import { type Failure, fail } from '../failure.ts';

const CATCHING_UP = 'the history is catching up with the log; ask again in a moment';

/** What the history answers, or 5002 when it cannot answer now or lags behind what the caller may already have seen. */
export async function askHistory<T>(rows: Promise<T>): Promise<{ readonly ok: true; readonly value: T } | Failure> {
  try {
    return { ok: true, value: await rows };
  } catch (error) {
    const isPassing =
      error instanceof HistoryLaggingError ||
      error instanceof HistoryOverloadedError ||
      error instanceof HistoryUnavailableError;
    if (isPassing) return fail('TEMPORARILY_UNAVAILABLE', { details: { rule: CATCHING_UP } });
    throw error;
  }
}

/** The rows that a query asks for. */
export function historyPageOf(query: { readonly page?: number; readonly pageSize?: number }): HistoryPage {
  const { offset, pageSize } = pageOf(query);
  return { offset, limit: pageSize };
}
