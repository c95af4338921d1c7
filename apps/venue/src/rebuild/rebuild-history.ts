import { rename, rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { openFileLog } from '@openvenue/log';
import {
  HISTORY_TABLES,
  HistoryClient,
  type HistoryDatabase,
  type HistoryThread,
  openPglite,
  type RebuildReason,
  tableDigest,
} from '@openvenue/views';
import { historyFolder, logFolder } from '../folders.ts';
import type { HistoryThreadData } from '../history-thread.ts';

/** A hash of each table's content. */
export type Digests = ReadonlyMap<keyof HistoryDatabase, string>;

export interface RebuiltHistory {
  /** Log sequence up to which both know everything: the log's end. */
  readonly sequence: number;
  /** Of the history as it was, brought to the log's end; undefined when it could not be trusted. */
  readonly before: Digests | undefined;
  /** Why it could not. */
  readonly distrusted: RebuildReason | undefined;
  readonly after: Digests;
}

/** How long the log may take to be projected, in ms: a day. */
const TIMEOUT_MS = 86_400_000;

/**
 * Makes the history of a stopped venue anew from its log, beside the old one, and puts it in its place.
 *
 * @throws LogLockedError when the venue runs, and what the log throws when it is damaged; the history then stays as it is.
 */
export async function rebuildHistory(dataFolder: string): Promise<RebuiltHistory> {
  const store = await openFileLog(logFolder(dataFolder));
  try {
    const sequence = store.log.head.lastSequence;
    const folder = historyFolder(dataFolder);
    const distrusted = await projectAll({ dataFolder, folder, sequence });
    const before = distrusted === undefined ? await digestsOf(folder, sequence) : undefined;
    const rebuilt = `${folder}.rebuilt`;
    await rm(rebuilt, { recursive: true, force: true });
    await projectAll({ dataFolder, folder: rebuilt, sequence });
    const after = await digestsOf(rebuilt, sequence);
    await rm(folder, { recursive: true, force: true });
    await rename(rebuilt, folder);
    return { sequence, before, distrusted, after };
  } finally {
    await store.close();
  }
}

/** Brings a history to the log's end in the venue's own thread, and closes it. Returns why it began anew, if it did. */
async function projectAll(
  options: HistoryThreadData & { readonly sequence: number },
): Promise<RebuildReason | undefined> {
  const { sequence, ...workerData } = options;
  let reason: RebuildReason | undefined;
  const failure = Promise.withResolvers<never>();
  const startThread = (): HistoryThread => new Worker(new URL('../history-thread.ts', import.meta.url), { workerData });
  const history = new HistoryClient({
    startThread,
    timeoutMs: TIMEOUT_MS,
    closeTimeoutMs: TIMEOUT_MS,
    onOpened: ({ rebuilt }) => {
      reason = rebuilt;
    },
    onFailure: failure.reject,
  });
  history.start(sequence);
  try {
    const caughtUp = history.fundings({ symbol: '', atLeastSequence: sequence }, { offset: 0, limit: 1 });
    await Promise.race([caughtUp, failure.promise]);
  } finally {
    await history.close();
  }
  return reason;
}

async function digestsOf(folder: string, headSequence: number): Promise<Digests> {
  const store = await openPglite(folder, { headSequence });
  const digests = new Map<keyof HistoryDatabase, string>();
  for (const table of HISTORY_TABLES) digests.set(table, await tableDigest(store.database, table));
  await store.close();
  return digests;
}
