import type { Kysely } from 'kysely';
import type { HistoryDatabase } from '../schema.ts';

/** Why a history began anew at sequence 0. */
export type RebuildReason =
  /** There was none. */
  | 'new'
  /** It was not closed cleanly, and PGlite does not sync: what is on the disk may be anything. */
  | 'unclean'
  /** Its schema is of another version of the program. */
  | 'other-schema'
  /** It knows more than the log, so it belongs to another log. */
  | 'ahead-of-log'
  /** The database did not open, or stands elsewhere than it was left. */
  | 'damaged';

/** An open history database. */
export interface HistoryStore {
  readonly database: Kysely<HistoryDatabase>;
  /** Undefined when the history goes on from where it was closed. */
  readonly rebuilt: RebuildReason | undefined;
  /** What the database failed with, for `damaged`. */
  readonly cause?: unknown;
  /** Closes cleanly: the next start goes on from here. Idempotent. */
  close(): Promise<void>;
  /** Lets go after a failure without vouching for the content: the next start rebuilds. */
  abandon(): void;
}
