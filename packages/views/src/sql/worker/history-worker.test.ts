import { Core } from '@openvenue/core';
import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { journalSource, replicaOf, tradedJournal } from '../../testing/sql/journal.ts';
import { localThread } from '../../testing/sql/local-thread.ts';
import { emptyHistory, openMemoryDatabase, storeOver } from '../../testing/sql/memory-database.ts';
import { booked, ledgerEntry } from '../../testing/sql/records.ts';
import { HistoryLaggingError, HistoryOverloadedError, HistoryUnavailableError } from '../history-errors.ts';
import { isHistoryEvent, Projector, readPosition } from '../projector.ts';
import type { HistoryDatabase } from '../schema.ts';
import { SqlHistoryQueries } from '../sql-history-queries.ts';
import { HISTORY_TABLES, tableDigest } from '../table-digest.ts';
import { HistoryClient, type HistoryClientOptions, type HistoryThread } from './history-client.ts';
import type { HistorySource } from './history-source.ts';
import { DEFAULT_BATCHING, type HistoryBatching, type HistoryWorkerOptions } from './history-worker.ts';
import type { HistoryQuestion, ToWorker } from './protocol.ts';

const JOURNAL = tradedJournal(150);
const HEAD = JOURNAL.length;
const USER = 1;
const PAGE = { offset: 0, limit: 100 };
const QUICK = { ...DEFAULT_BATCHING, delayMs: 1 };

let database: Kysely<HistoryDatabase>;
let queries: SqlHistoryQueries;
let expectedDigests: readonly string[];
let client: HistoryClient | undefined;

async function digests(): Promise<readonly string[]> {
  const result: string[] = [];
  for (const table of HISTORY_TABLES) result.push(await tableDigest(database, table));
  return result;
}

beforeAll(async () => {
  database = await openMemoryDatabase();
  queries = new SqlHistoryQueries(database);
  const replica = replicaOf(new Core());
  const batch = JOURNAL.map(({ sequence, timeMs, command }) => ({
    sequence,
    timeMs,
    events: replica.apply(sequence, timeMs, command).events,
  }));
  await new Projector({ database, keep: () => true, agentOf: () => 0 }).project(batch);
  expectedDigests = await digests();
});
beforeEach(() => emptyHistory(database));
afterEach(async () => {
  await client?.close();
  client = undefined;
});
afterAll(() => database.destroy());

interface Setup extends Partial<Omit<HistoryClientOptions, 'startThread'>> {
  readonly source?: () => Promise<HistorySource>;
  readonly worker?: Partial<HistoryWorkerOptions>;
}

function clientOf({ source, worker, ...options }: Setup = {}): HistoryClient {
  const startThread = (): HistoryThread =>
    localThread({
      openSource: source ?? (async () => journalSource(JOURNAL)),
      openStore: async () => storeOver(database),
      batching: QUICK,
      ...worker,
    });
  client = new HistoryClient({ timeoutMs: 20_000, ...options, startThread });
  return client;
}

describe('following the log', () => {
  test('a question is answered with everything that was durable when it was asked', async () => {
    const history = clientOf();
    history.start(0);
    for (const { sequence } of JOURNAL) {
      history.durable(sequence);
      if (sequence % 10 !== 0) continue;
      await history.orders(USER, {}, PAGE);
      expect(history.position).toBeGreaterThanOrEqual(sequence);
    }
    history.durable(HEAD);
    const { list, total } = await history.orders(USER, {}, PAGE);
    expect(total).toBeGreaterThan(20);
    expect({ list, total }).toEqual(await queries.orders(USER, {}, PAGE));
    expect(await history.fills(USER, {}, PAGE)).toEqual(await queries.fills(USER, {}, PAGE));
    expect(await history.ledger(USER, {}, PAGE)).toEqual(await queries.ledger(USER, {}, PAGE));
    const { orderId, symbol } = list[3]!;
    expect(await history.order(USER, { symbol, orderId })).toEqual(list[3]);
    expect(await digests()).toEqual(expectedDigests);
  });

  test('a history that is rebuilt at once equals one that was written live', async () => {
    const history = clientOf({ worker: { batching: { ...QUICK, rebuildLag: 10, rebuildMaxEvents: 100_000 } } });
    history.start(HEAD);
    await history.orders(USER, {}, PAGE);
    expect(await digests()).toEqual(expectedDigests);
  });

  test.each([0, 30, 60, 90])('goes on at 60 with a state of sequence %i', async (snapshotSequence) => {
    const first = clientOf();
    first.start(60);
    await first.orders(USER, {}, PAGE);
    await first.close();
    expect(await readPosition(database)).toBe(60);

    const second = clientOf({ source: async () => journalSource(JOURNAL, snapshotSequence) });
    second.start(HEAD);
    await second.orders(USER, {}, PAGE);
    expect(await digests()).toEqual(expectedDigests);
  });

  /** Runs a worker over the whole journal, from the first message to a clean close; returns where its transactions ended. */
  async function positionsOf(batching: HistoryBatching, messages: readonly ToWorker[]): Promise<readonly number[]> {
    const positions: number[] = [];
    const thread = localThread({
      openSource: async () => journalSource(JOURNAL),
      openStore: async () => storeOver(database),
      batching,
    });
    await new Promise<void>((resolve) => {
      thread.on('message', (message) => {
        if (message.type !== 'position') return;
        positions.push(message.sequence);
        if (message.sequence === HEAD) resolve();
      });
      for (const message of messages) thread.postMessage(message);
    });
    thread.postMessage({ type: 'close' });
    await thread.done;
    return positions;
  }

  test('a transaction begins as soon as it has the greatest number of events', async () => {
    const maxEvents = 5;
    const replica = replicaOf(new Core());
    const ends: number[] = [];
    let count = 0;
    for (const { sequence, timeMs, command } of JOURNAL) {
      count += replica.apply(sequence, timeMs, command).events.filter(isHistoryEvent).length;
      if (count < maxEvents && sequence < HEAD) continue;
      ends.push(sequence);
      count = 0;
    }
    const batching = { ...QUICK, maxEvents, rebuildLag: HEAD + 1 };
    expect(await positionsOf(batching, [{ type: 'durable', sequence: HEAD }])).toEqual(ends);
    expect(ends.length).toBeGreaterThan(10);
    expect(await digests()).toEqual(expectedDigests);
  });

  test('what becomes durable within the delay shares a transaction, and a question ends the delay', async () => {
    const durables = JOURNAL.map(({ sequence }): ToWorker => ({ type: 'durable', sequence }));
    const question: HistoryQuestion = { name: 'orders', parameters: [USER, {}, PAGE] };
    const positions = await positionsOf({ ...DEFAULT_BATCHING, delayMs: 600_000 }, [
      ...durables,
      { type: 'query', id: 1, question, atLeastSequence: HEAD },
    ]);
    expect(positions).toEqual([HEAD]);
  });

  test('as many commands as may wait end the delay', async () => {
    const maxWaitingCommands = 40;
    const thread = localThread({
      openSource: async () => journalSource(JOURNAL),
      openStore: async () => storeOver(database),
      batching: { ...DEFAULT_BATCHING, delayMs: 600_000, maxWaitingCommands },
    });
    const positions: number[] = [];
    const projected = new Promise<void>((resolve) => {
      thread.on('message', (message) => {
        if (message.type === 'opened') {
          for (let sequence = 1; sequence <= maxWaitingCommands; sequence++)
            thread.postMessage({ type: 'durable', sequence });
        } else if (message.type === 'position') {
          positions.push(message.sequence);
          resolve();
        }
      });
    });
    thread.postMessage({ type: 'durable', sequence: 0 });
    await projected;
    thread.postMessage({ type: 'close' });
    await thread.done;
    expect(positions).toEqual([maxWaitingCommands]);
  });

  test('a question that asks for nothing new is answered at once, while the history lags', async () => {
    let letOn: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      letOn = resolve;
    });
    const source = journalSource(JOURNAL);
    const gated: HistorySource = {
      ...source,
      read: async function* (afterSequence, upTo) {
        if (afterSequence >= 40) await gate;
        yield* source.read(afterSequence, Math.min(upTo, afterSequence >= 40 ? upTo : 40));
      },
    };
    const history = clientOf({ source: async () => gated, timeoutMs: 20_000 });
    history.start(HEAD);
    const early = await history.orders(USER, { atLeastSequence: 40 }, PAGE);
    const full = history.orders(USER, {}, PAGE);
    letOn?.();
    expect((await full).total).toBeGreaterThan(early.total);
  });
});

describe('limits', () => {
  test('a question beyond the durable log ends with the lag', async () => {
    const history = clientOf({ timeoutMs: 50 });
    history.start(10);
    const refused = history.orders(USER, { atLeastSequence: 11 }, PAGE);
    await expect(refused).rejects.toThrow(HistoryLaggingError);
    await expect(refused).rejects.toMatchObject({ atLeastSequence: 11 });
  });

  test('no more questions wait than may wait', async () => {
    const history = clientOf({ maxPendingQueries: 2 });
    history.start(10);
    const waiting = [
      history.orders(USER, { atLeastSequence: 20 }, PAGE),
      history.fills(USER, { atLeastSequence: 20 }, PAGE),
    ];
    await expect(history.ledger(USER, {}, PAGE)).rejects.toThrow(HistoryOverloadedError);
    history.durable(20);
    await Promise.all(waiting);
    await history.ledger(USER, {}, PAGE);
  });

  test('a question that the database refuses harms no other', async () => {
    const history = clientOf();
    history.start(10);
    const wrong = history.orders(USER, {}, { offset: 0, limit: 101 });
    await expect(wrong).rejects.toThrow('limit out of range: 101');
    expect((await history.ledger(USER, {}, PAGE)).total).toBeGreaterThan(0);
  });
});

describe('failures', () => {
  /** Fails the first `failures` times at its second read. */
  function failingSource(failures: number): () => Promise<HistorySource> {
    let starts = 0;
    return async () => {
      const isFailing = ++starts <= failures;
      const source = journalSource(JOURNAL);
      return {
        ...source,
        read: async function* (afterSequence, upTo) {
          if (isFailing && afterSequence >= 20) throw new Error('log damaged');
          yield* source.read(afterSequence, isFailing ? Math.min(upTo, 20) : upTo);
        },
      };
    };
  }

  test('of the worker refuse what waits, and it starts again and catches up', async () => {
    const failed: unknown[] = [];
    const reopened = Promise.withResolvers<void>();
    const history = clientOf({
      source: failingSource(2),
      restart: { initialDelayMs: 1, maxDelayMs: 2 },
      onFailure: (error) => failed.push(error),
      onOpened: () => {
        if (failed.length === 2) reopened.resolve();
      },
    });
    history.start(HEAD);
    const refused = expect(history.orders(USER, {}, PAGE)).rejects.toThrow(HistoryUnavailableError);
    await reopened.promise;
    await refused;
    expect(failed.map(String)).toEqual(['Error: log damaged', 'Error: log damaged']);
    await history.orders(USER, {}, PAGE);
    expect(await digests()).toEqual(expectedDigests);
  });

  test('carry no rows of the database along', async () => {
    await new Projector({ database, keep: () => true, agentOf: () => 0 }).project([
      { sequence: 1, timeMs: 1, events: [booked(ledgerEntry())] },
    ]);
    await database.updateTable('projection_position').set({ sequence: 0n }).execute();
    const seen = Promise.withResolvers<unknown>();
    const history = clientOf({ restart: { initialDelayMs: 60_000, maxDelayMs: 60_000 }, onFailure: seen.resolve });
    history.start(HEAD);
    const failure = await seen.promise;
    expect(String(failure)).toContain('ledger_entry_pkey');
    expect(Object.getOwnPropertyNames(failure)).toEqual(['stack', 'message']);
  });

  test('nothing is answered before the start and after the close', async () => {
    const history = clientOf();
    await expect(history.orders(USER, {}, PAGE)).rejects.toThrow(HistoryUnavailableError);
    history.start(10);
    await history.orders(USER, {}, PAGE);
    const waiting = expect(history.orders(USER, { atLeastSequence: 20 }, PAGE)).rejects.toThrow('closing');
    await history.close();
    await waiting;
    await expect(history.orders(USER, {}, PAGE)).rejects.toThrow(HistoryUnavailableError);
    expect(history.position).toBe(0);
  });
});
