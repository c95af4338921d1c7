/** Largest payload of one block, in bytes. A larger block is refused by an assertion: the caller bounds its batches below it. */
export const MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;

/** Largest number of records in one block. */
export const MAX_BLOCK_RECORDS = 0xffff_ffff;

/** Length of the hashes in the chain and of state hashes, in bytes (SHA-256). */
export const HASH_BYTES = 32;

/** One durable block: `count` records starting at sequence `firstSequence` (1-based, gap-free over blocks). */
export interface Block {
  readonly firstSequence: number;
  /** At least 1, at most {@link MAX_BLOCK_RECORDS}. */
  readonly count: number;
  /** Opaque to the log; at most {@link MAX_PAYLOAD_BYTES}, may be empty. */
  readonly payload: Uint8Array;
}

/** The end of the log. */
export interface LogHead {
  /** Sequence of the last durable record, 0 when the log is empty. */
  readonly lastSequence: number;
  /** 32 bytes: hash of the last block, chained over all blocks (see `blockHash`); zeros when the log is empty. */
  readonly hash: Uint8Array;
}

/** The one writer's side of a log. */
export interface AppendLog {
  readonly head: LogHead;
  /**
   * Appends one block and resolves with the new head only after the block is durable. The payload may be reused as soon as the call returns.
   *
   * A second append while one is in flight, an append after `close` and a block outside the limits are assertion failures.
   *
   * @throws LogConflictError when `firstSequence` is not `head.lastSequence + 1`: nothing was written.
   * @throws LogFullError when the storage is out of space; the log has failed.
   * @throws LogFailedError on any other write or sync error, and on every append after the first failure. The failed block may or may
   * not be found when the log is opened again; it was never acknowledged.
   */
  append(block: Block): Promise<LogHead>;
  /** Waits for the append in flight and closes. A log that has not failed is closed cleanly. */
  close(): Promise<void>;
}

/** Bounds of one {@link LogReader.read}. */
export interface ReadOptions {
  /** Hand out no block with a record after this sequence. Default: no bound but the durable end. */
  readonly upTo?: number;
}

/** Any reader's side of a log. */
export interface LogReader {
  /**
   * Yields the blocks with records after `afterSequence`, in order, up to the durable end at the time of the call. The first may begin
   * earlier. Ends when it has reached the end: a tailing reader calls it again, which is cheap.
   *
   * @throws LogDamageError when the log is damaged below its durable end.
   */
  read(afterSequence: number, options?: ReadOptions): AsyncIterable<Block>;
}

/** A state to be stored: everything the records up to and including `sequence` lead to. */
export interface Snapshot {
  /** Not after the log's head, and not before the newest stored snapshot: else an assertion fails. */
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** 32 bytes: the caller's hash of the state, to compare after a replay. */
  readonly stateHash?: Uint8Array;
}

/** A snapshot in the store. */
export interface StoredSnapshot {
  readonly sequence: number;
  /** The caller's state hash; undefined when none was given or the header can't be read (then `load` throws). */
  readonly stateHash: Uint8Array | undefined;
  /** @throws SnapshotDamageError when the bytes are not the ones that were saved. */
  load(): Promise<Uint8Array>;
}

/** Keeps the newest {@link SNAPSHOT_GENERATIONS} snapshots. */
export interface SnapshotStore {
  /** Resolves when the snapshot is durable; older generations are deleted only then. A second save while one is in flight is an assertion failure. */
  save(snapshot: Snapshot): Promise<void>;
  /** Newest first. */
  list(): Promise<readonly StoredSnapshot[]>;
}

/** Snapshots kept: when the newest is damaged, the one before it and a longer tail lead to the same state. */
export const SNAPSHOT_GENERATIONS = 2;

/** Everything an adapter opens: one writer, readers in the same process and the snapshots of the same log. */
export interface OpenedLog {
  readonly log: AppendLog;
  readonly reader: LogReader;
  readonly snapshots: SnapshotStore;
  /** Closes the log and frees all it holds. Idempotent. */
  close(): Promise<void>;
}
