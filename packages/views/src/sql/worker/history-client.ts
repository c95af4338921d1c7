import { strict as assert } from 'node:assert';
import { HistoryUnavailableError } from '../history-errors.ts';
import type { HistoryQueries, HistorySpan, ScanFilter, ScanItems, ScanKind } from '../history-queries.ts';
import type { RebuildReason } from '../store/history-store.ts';
import { PendingQueries } from './pending-queries.ts';
import type { AnswerTo, FromWorker, HistoryQuestion, QuestionName, ToWorker } from './protocol.ts';
import { DEFAULT_RESTART_POLICY, RestartDelay, type RestartPolicy } from './restart-delay.ts';

/** Questions that may wait for the worker at a time. */
export const MAX_PENDING_QUERIES = 1_000;
/** At most one message about durable commands goes to the worker in this time, in ms, unless a question needs one. */
export const DURABLE_INTERVAL_MS = 10;

/** What the client needs of a `Worker` of `node:worker_threads`. */
export interface HistoryThread {
  postMessage(message: ToWorker): void;
  on(event: 'message', listener: (message: FromWorker) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  terminate(): Promise<unknown>;
}

export interface HistoryClientOptions {
  /** Starts a thread that calls `runHistoryWorker`; again after each failure. */
  readonly startThread: () => HistoryThread;
  /** How long a question may take, waiting for the history to catch up included, in ms. Default 2,000. */
  readonly timeoutMs?: number;
  /** How long a clean close may take before the thread is ended, in ms. Default 10,000. */
  readonly closeTimeoutMs?: number;
  /** Default {@link MAX_PENDING_QUERIES}. */
  readonly maxPendingQueries?: number;
  readonly restart?: RestartPolicy;
  /** The worker failed and will be started again. */
  readonly onFailure?: (error: unknown) => void;
  /** A worker is up; its history begins anew when `rebuilt` says why. */
  readonly onOpened?: (opened: HistoryOpened) => void;
}

export interface HistoryOpened {
  readonly position: number;
  readonly rebuilt: RebuildReason | undefined;
  /** What damaged the database, '' for nothing. */
  readonly cause: string;
}

/**
 * The main thread's end of the history: tells the worker how far the log is durable, and asks it. A worker that fails is started again;
 * meanwhile every question is refused.
 */
export class HistoryClient implements HistoryQueries {
  readonly #options: HistoryClientOptions;
  readonly #pending: PendingQueries;
  readonly #restartDelay: RestartDelay;
  #thread: HistoryThread | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #durableTimer: NodeJS.Timeout | undefined;
  #durable = 0;
  #durableTold = 0;
  #durableAtStart = 0;
  #position = 0;
  #isOpened = false;
  #closing: Promise<void> | undefined;
  #threadEnded: (() => void) | undefined;

  constructor(options: HistoryClientOptions) {
    this.#options = options;
    this.#restartDelay = new RestartDelay(options.restart ?? DEFAULT_RESTART_POLICY);
    this.#pending = new PendingQueries({
      limit: options.maxPendingQueries ?? MAX_PENDING_QUERIES,
      timeoutMs: options.timeoutMs ?? 2_000,
      position: () => this.#position,
      onTimeout: (id) => this.#thread?.postMessage({ type: 'forget', id }),
    });
  }

  /** Starts the worker. `durableSequence` is the log's end after its recovery. */
  start(durableSequence: number): void {
    assert(this.#thread === undefined && this.#closing === undefined, 'started once');
    this.#durable = durableSequence;
    this.#startThread();
  }

  /** Log sequence up to which the history is known to be complete. */
  get position(): number {
    return this.#position;
  }

  /** The log is durable up to `sequence`. Costs the caller a message now and then. */
  durable(sequence: number): void {
    if (sequence <= this.#durable) return;
    this.#durable = sequence;
    if (this.#durableTimer === undefined && this.#thread !== undefined) this.#tellDurable();
  }

  readonly orders: HistoryQueries['orders'] = (...parameters) =>
    this.#ask({ name: 'orders', parameters }, parameters[1]);

  readonly order: HistoryQueries['order'] = async (userId, lookup) =>
    (await this.orders(userId, lookup, { offset: 0, limit: 1 })).list[0];

  readonly conditions: HistoryQueries['conditions'] = (...parameters) =>
    this.#ask({ name: 'conditions', parameters }, parameters[1]);

  readonly fills: HistoryQueries['fills'] = (...parameters) => this.#ask({ name: 'fills', parameters }, parameters[1]);

  readonly ledger: HistoryQueries['ledger'] = (...parameters) =>
    this.#ask({ name: 'ledger', parameters }, parameters[1]);

  readonly closedPositions: HistoryQueries['closedPositions'] = (...parameters) =>
    this.#ask({ name: 'closedPositions', parameters }, parameters[1]);

  readonly fundings: HistoryQueries['fundings'] = (...parameters) =>
    this.#ask({ name: 'fundings', parameters }, parameters[0]);

  readonly scan: HistoryQueries['scan'] = async <Kind extends ScanKind>(kind: Kind, filter: ScanFilter) =>
    (await this.#ask({ name: 'scan', parameters: [kind, filter] }, filter)) as readonly ScanItems[Kind][];

  readonly accountFlows: HistoryQueries['accountFlows'] = (...parameters) =>
    this.#ask({ name: 'accountFlows', parameters }, parameters[1]);

  readonly leaderboard: HistoryQueries['leaderboard'] = (...parameters) =>
    this.#ask({ name: 'leaderboard', parameters }, parameters[0]);

  readonly candles: HistoryQueries['candles'] = (...parameters) =>
    this.#ask({ name: 'candles', parameters }, parameters[0]);

  readonly candleSeed: HistoryQueries['candleSeed'] = (...parameters) =>
    this.#ask({ name: 'candleSeed', parameters }, parameters[0]);

  /** Refuses what is waiting, has the database closed cleanly and ends the worker. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** The answer to a question is what its name says: the worker asks the same of the database. */
  async #ask<Name extends QuestionName>(
    question: HistoryQuestion & { readonly name: Name },
    { atLeastSequence = this.#durable }: Pick<HistorySpan, 'atLeastSequence'>,
  ): Promise<AnswerTo<Name>> {
    const thread = this.#thread;
    if (thread === undefined || this.#closing !== undefined)
      throw new HistoryUnavailableError('the history is not running');
    const { id, answer } = this.#pending.add(atLeastSequence);
    if (this.#durableTold < this.#durable) this.#tellDurable();
    thread.postMessage({ type: 'query', id, question, atLeastSequence });
    return (await answer) as AnswerTo<Name>;
  }

  #startThread(): void {
    const thread = this.#options.startThread();
    this.#thread = thread;
    this.#durableAtStart = this.#durable;
    let failure: unknown;
    thread.on('message', (message) => this.#receive(message));
    thread.on('error', (error) => {
      failure = error;
    });
    thread.on('exit', () => this.#ended(failure));
    this.#tellDurable();
  }

  #ended(failure: unknown): void {
    this.#thread = undefined;
    this.#isOpened = false;
    this.#position = 0;
    this.#threadEnded?.();
    this.#pending.rejectAll('the history has ended');
    if (this.#closing !== undefined) return;
    this.#restartTimer = setTimeout(() => this.#startThread(), this.#restartDelay.next());
    this.#options.onFailure?.(failure ?? new Error('the history worker has ended'));
  }

  #tellDurable(): void {
    clearTimeout(this.#durableTimer);
    this.#durableTold = this.#durable;
    this.#thread?.postMessage({ type: 'durable', sequence: this.#durable });
    this.#durableTimer = setTimeout(() => {
      this.#durableTimer = undefined;
      if (this.#durableTold < this.#durable) this.#tellDurable();
    }, DURABLE_INTERVAL_MS);
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'opened':
        this.#isOpened = true;
        this.#movedTo(message.position);
        this.#options.onOpened?.(message);
        break;
      case 'position':
        this.#movedTo(message.sequence);
        break;
      case 'answer':
        this.#pending.resolve(message.id, message.answer);
        break;
      case 'refused':
        this.#pending.reject(message.id, new HistoryUnavailableError(message.message));
        break;
    }
  }

  /** Only a history that has caught up with what was there at its start is known to work. */
  #movedTo(position: number): void {
    this.#position = position;
    if (position >= this.#durableAtStart) this.#restartDelay.reset();
  }

  async #close(): Promise<void> {
    clearTimeout(this.#restartTimer);
    clearTimeout(this.#durableTimer);
    this.#pending.rejectAll('the history is closing');
    const thread = this.#thread;
    if (thread === undefined) return;
    const ended = Promise.withResolvers<void>();
    this.#threadEnded = ended.resolve;
    thread.postMessage({ type: 'close' });
    // A history that is still being opened has nothing worth waiting for: the next start rebuilds it.
    const timeoutMs = this.#isOpened ? (this.#options.closeTimeoutMs ?? 10_000) : 0;
    const timer = setTimeout(() => void thread.terminate(), timeoutMs);
    await ended.promise;
    clearTimeout(timer);
  }
}
