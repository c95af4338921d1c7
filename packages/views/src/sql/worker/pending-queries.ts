import { HistoryLaggingError, HistoryOverloadedError, HistoryUnavailableError } from '../history-errors.ts';
import type { HistoryAnswer } from './protocol.ts';

interface PendingQuery {
  readonly atLeastSequence: number;
  readonly resolve: (answer: HistoryAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export interface PendingQueriesOptions {
  readonly limit: number;
  readonly timeoutMs: number;
  /** Position of the history, for the error of a query that ran out of time. */
  readonly position: () => number;
  /** Called with the id of a query that ran out of time. */
  readonly onTimeout: (id: number) => void;
}

/** Questions that have gone to the worker and have no answer yet: bounded in number and in time. */
export class PendingQueries {
  readonly #options: PendingQueriesOptions;
  readonly #byId = new Map<number, PendingQuery>();
  #lastId = 0;

  constructor(options: PendingQueriesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Registers a question and returns its id with the promise of its answer. @throws HistoryOverloadedError at the limit */
  add(atLeastSequence: number): { readonly id: number; readonly answer: Promise<HistoryAnswer> } {
    const { limit, timeoutMs } = this.#options;
    if (this.#byId.size >= limit) throw new HistoryOverloadedError(limit);
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<HistoryAnswer>();
    const timer = setTimeout(() => this.#expire(id), timeoutMs);
    this.#byId.set(id, { atLeastSequence, resolve, reject, timer });
    return { id, answer: promise };
  }

  /** An answer that nobody waits for any more is dropped. */
  resolve(id: number, answer: HistoryAnswer): void {
    this.#take(id)?.resolve(answer);
  }

  reject(id: number, error: Error): void {
    this.#take(id)?.reject(error);
  }

  rejectAll(message: string): void {
    for (const id of this.#byId.keys()) this.reject(id, new HistoryUnavailableError(message));
  }

  #expire(id: number): void {
    const query = this.#take(id);
    if (query === undefined) return;
    query.reject(new HistoryLaggingError(this.#options.position(), query.atLeastSequence));
    this.#options.onTimeout(id);
  }

  #take(id: number): PendingQuery | undefined {
    const query = this.#byId.get(id);
    if (query === undefined) return undefined;
    this.#byId.delete(id);
    clearTimeout(query.timer);
    return query;
  }
}
