import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { isHistoryEvent, type ProjectedCommand, Projector, readPosition } from '../projector.ts';
import { SqlHistoryQueries } from '../sql-history-queries.ts';
import type { HistoryStore } from '../store/history-store.ts';
import type { HistoryReplica, HistorySource } from './history-source.ts';
import { answerOf, type FromWorker, type HistoryQuestion, type ToWorker } from './protocol.ts';
import { Signal } from './signal.ts';

/** Most commands in one transaction; commands without events of the history count here alone. */
export const MAX_BATCH_COMMANDS = 20_000;

export interface HistoryBatching {
  /** How long a durable command may wait for others to share its transaction, in ms. A query that needs it ends the wait. */
  readonly delayMs: number;
  /** As many commands that wait end the wait, too: who asks then waits for no more than these. */
  readonly maxWaitingCommands: number;
  /** A transaction begins no later than with this many events. */
  readonly maxEvents: number;
  /** The same while the history is more than `rebuildLag` commands behind. */
  readonly rebuildMaxEvents: number;
  readonly rebuildLag: number;
}

export const DEFAULT_BATCHING: HistoryBatching = {
  delayMs: 250,
  maxWaitingCommands: 1_000,
  maxEvents: 2_000,
  rebuildMaxEvents: 20_000,
  rebuildLag: 10_000,
};

export interface HistoryWorkerOptions {
  /** `parentPort` of the worker thread; closed at the end. */
  readonly port: MessagePort;
  readonly openSource: () => Promise<HistorySource>;
  /** Opens the database, given the log's end as the main thread knows it. */
  readonly openStore: (headSequence: number) => Promise<HistoryStore>;
  readonly batching?: HistoryBatching;
}

/**
 * The history's worker thread: tails the log by itself, applies it to a core of its own and projects what follows, and answers
 * queries between two transactions. Resolves after a clean close. Any failure rejects, is not repeated here, and leaves the database to be
 * rebuilt: the thread is meant to end of it.
 */
export async function runHistoryWorker(options: HistoryWorkerOptions): Promise<void> {
  await new HistoryWorker(options).run();
}

interface WaitingQuery {
  readonly question: HistoryQuestion;
  readonly atLeastSequence: number;
}

class HistoryWorker {
  readonly #options: HistoryWorkerOptions;
  readonly #batching: HistoryBatching;
  /** Raised when the loop has something to look at. */
  readonly #news = new Signal();
  /** Raised when somebody waits, so that batching does not hold them up. */
  readonly #urgent = new Signal();
  readonly #queries = new Map<number, WaitingQuery>();
  #durable: number | undefined;
  #closing = false;
  #position = 0;
  /** The durable commands up to here are projected, or are being so. */
  #taken = 0;

  constructor(options: HistoryWorkerOptions) {
    this.#options = options;
    this.#batching = options.batching ?? DEFAULT_BATCHING;
  }

  async run(): Promise<void> {
    const { port } = this.#options;
    port.on('message', (message: ToWorker) => this.#receive(message));
    try {
      while (this.#durable === undefined && !this.#closing) await this.#news.wait();
      if (this.#durable !== undefined) await this.#runWithSource(this.#durable);
    } catch (error) {
      throw withoutData(error);
    } finally {
      port.close();
    }
  }

  async #runWithSource(headSequence: number): Promise<void> {
    const source = await this.#options.openSource();
    try {
      const store = await this.#options.openStore(headSequence);
      try {
        await this.#follow(source, store);
      } catch (error) {
        store.abandon();
        throw error;
      }
      await store.close();
    } finally {
      await source.close();
    }
  }

  async #follow(source: HistorySource, store: HistoryStore): Promise<void> {
    this.#position = await readPosition(store.database);
    this.#taken = this.#position;
    const replica = await source.openReplica(this.#position);
    const projector = new Projector({
      database: store.database,
      keep: (userId) => replica.keep(userId),
      agentOf: (userId) => replica.agentOf(userId),
    });
    const queries = new SqlHistoryQueries(store.database);
    this.#send({ type: 'opened', position: this.#position, rebuilt: store.rebuilt, cause: messageOf(store.cause) });
    const afterProjection = async (): Promise<void> => {
      this.#send({ type: 'position', sequence: this.#position });
      await nextTurn();
      await this.#answerReady(queries);
    };
    while (!this.#closing) {
      await this.#answerReady(queries);
      if (replica.sequence >= (this.#durable ?? 0)) {
        await this.#news.wait();
        continue;
      }
      this.#urgent.lower();
      if (!this.#isAwaited() && !this.#isFull()) await this.#urgent.wait(this.#batching.delayMs);
      const before = replica.sequence;
      await this.#catchUp({ source, replica, projector }, afterProjection);
      const isStuck = replica.sequence === before && !this.#closing;
      if (isStuck) await this.#news.wait(this.#batching.delayMs);
    }
  }

  /** Applies and projects what is durable now. Stops early only to close, at a projected position. */
  async #catchUp(
    { source, replica, projector }: { source: HistorySource; replica: HistoryReplica; projector: Projector },
    afterProjection: () => Promise<void>,
  ): Promise<void> {
    const upTo = this.#durable ?? 0;
    this.#taken = upTo;
    const isRebuilding = upTo - replica.sequence > this.#batching.rebuildLag;
    const maxEvents = isRebuilding ? this.#batching.rebuildMaxEvents : this.#batching.maxEvents;
    let batch: ProjectedCommand[] = [];
    let eventCount = 0;
    let appliedOnly = 0;
    const flush = async (): Promise<void> => {
      if (batch.length === 0) return;
      this.#position = await projector.project(batch);
      batch = [];
      eventCount = 0;
      await afterProjection();
    };
    for await (const commands of source.read(replica.sequence, upTo)) {
      for (const { sequence, timeMs, command } of commands) {
        if (sequence <= replica.sequence) continue;
        const events = replica.apply(sequence, timeMs, command).events.filter(isHistoryEvent);
        if (sequence <= this.#position) {
          if (++appliedOnly % MAX_BATCH_COMMANDS === 0) await nextTurn();
          if (this.#closing) return;
          continue;
        }
        batch.push({ sequence, timeMs, events });
        eventCount += events.length;
        if (eventCount >= maxEvents || batch.length >= MAX_BATCH_COMMANDS) {
          await flush();
          if (this.#closing) return;
        }
      }
    }
    await flush();
  }

  async #answerReady(queries: SqlHistoryQueries): Promise<void> {
    for (const [id, { question, atLeastSequence }] of this.#queries) {
      if (atLeastSequence > this.#position) continue;
      this.#queries.delete(id);
      let reply: FromWorker;
      try {
        reply = { type: 'answer', id, answer: await answerOf(queries, question) };
      } catch (error) {
        reply = { type: 'refused', id, message: messageOf(error) };
      }
      this.#send(reply);
    }
  }

  #receive(message: ToWorker): void {
    switch (message.type) {
      case 'durable':
        this.#durable = Math.max(this.#durable ?? 0, message.sequence);
        if (this.#isFull()) this.#urgent.raise();
        break;
      case 'query':
        this.#queries.set(message.id, message);
        if (message.atLeastSequence > this.#position) this.#urgent.raise();
        break;
      case 'forget':
        this.#queries.delete(message.id);
        break;
      case 'close':
        this.#closing = true;
        this.#urgent.raise();
        break;
    }
    this.#news.raise();
  }

  #isAwaited(): boolean {
    for (const { atLeastSequence } of this.#queries.values()) if (atLeastSequence > this.#position) return true;
    return this.#closing;
  }

  #isFull(): boolean {
    return (this.#durable ?? 0) - this.#taken >= this.#batching.maxWaitingCommands;
  }

  #send(message: FromWorker): void {
    this.#options.port.postMessage(message);
  }
}

function messageOf(error: unknown): string {
  if (error === undefined) return '';
  return error instanceof Error ? error.message : String(error);
}

/** A database error carries the statement's parameters, megabytes of users' data that must not reach a log: message and stack remain. */
function withoutData(error: unknown): Error {
  const plain = new Error(messageOf(error));
  if (error instanceof Error && error.stack !== undefined) plain.stack = error.stack;
  return plain;
}
