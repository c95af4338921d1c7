export { AccountChanges, NO_FLOW, sumOf } from './account-changes.ts';
export { EXACT_PARSERS } from './exact-values.ts';
export * from './history-errors.ts';
export * from './history-queries.ts';
export { firstLeaderDay, keepLeaderSums, LEADERBOARD_DAYS } from './leader-sums.ts';
export { HistorySchemaError, migrateHistory, SCHEMA_VERSION } from './migrations.ts';
export {
  isHistoryEvent,
  type ProjectedCommand,
  ProjectionGapError,
  Projector,
  type ProjectorOptions,
  readPosition,
} from './projector.ts';
export type { FlowSpan, HistoryDatabase } from './schema.ts';
export { SqlHistoryQueries } from './sql-history-queries.ts';
export type { HistoryStore, RebuildReason } from './store/history-store.ts';
export { HistoryFolderBusyError, openPglite, type PgliteOptions } from './store/pglite-store.ts';
export { HISTORY_TABLES, tableDigest } from './table-digest.ts';
export {
  HistoryClient,
  type HistoryClientOptions,
  type HistoryOpened,
  type HistoryThread,
  MAX_PENDING_QUERIES,
} from './worker/history-client.ts';
export type { HistoryReplica, HistorySource, LoggedCommand } from './worker/history-source.ts';
export {
  DEFAULT_BATCHING,
  type HistoryBatching,
  type HistoryWorkerOptions,
  MAX_BATCH_COMMANDS,
  runHistoryWorker,
} from './worker/history-worker.ts';
export type { RestartPolicy } from './worker/restart-delay.ts';
