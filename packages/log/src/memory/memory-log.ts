import assert from 'node:assert';
import { assertBlock, EMPTY_HEAD, headAfter, lastSequenceOf } from '../block-hash.ts';
import { LogConflictError, SnapshotDamageError } from '../errors.ts';
import {
  type AppendLog,
  type Block,
  HASH_BYTES,
  type LogHead,
  type LogReader,
  type OpenedLog,
  type ReadOptions,
  SNAPSHOT_GENERATIONS,
  type Snapshot,
  type SnapshotStore,
  type StoredSnapshot,
} from '../port.ts';

/** What a log in memory keeps, so that it can be closed and opened again. Lives as long as the process, grows with every block. */
export class MemoryLogStorage {
  head: LogHead = EMPTY_HEAD;
  readonly blocks: Block[] = [];
  /** Newest first. */
  snapshots: readonly Snapshot[] = [];
  isOpen = false;
}

class MemoryAppendLog implements AppendLog {
  readonly #storage: MemoryLogStorage;
  #isClosed = false;
  #inFlight: Promise<void> | undefined;

  constructor(storage: MemoryLogStorage) {
    this.#storage = storage;
  }

  get head(): LogHead {
    return this.#storage.head;
  }

  async append(block: Block): Promise<LogHead> {
    assert(!this.#isClosed, 'the log is closed');
    assert(this.#inFlight === undefined, 'an append is in flight');
    assertBlock(block);
    const expected = this.head.lastSequence + 1;
    if (block.firstSequence !== expected) throw new LogConflictError(expected, block.firstSequence);
    const { firstSequence, count } = block;
    const kept: Block = { firstSequence, count, payload: block.payload.slice() };
    // The append takes effect later than the call, as on a real disk, so that callers meet the time in between.
    const { promise, resolve } = Promise.withResolvers<void>();
    setImmediate(resolve);
    this.#inFlight = promise;
    await promise;
    this.#inFlight = undefined;
    this.#storage.blocks.push(kept);
    this.#storage.head = headAfter(this.#storage.head, kept);
    return this.#storage.head;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#inFlight;
  }
}

class MemoryLogReader implements LogReader {
  readonly #storage: MemoryLogStorage;

  constructor(storage: MemoryLogStorage) {
    this.#storage = storage;
  }

  async *read(afterSequence: number, options: ReadOptions = {}): AsyncGenerator<Block, void, undefined> {
    assert(Number.isSafeInteger(afterSequence) && afterSequence >= 0, 'afterSequence is not a sequence');
    const { blocks, head } = this.#storage;
    const end = Math.min(options.upTo ?? Number.POSITIVE_INFINITY, head.lastSequence);
    for (let index = firstIndexAfter(blocks, afterSequence); index < blocks.length; index++) {
      const block = blocks[index]!;
      if (lastSequenceOf(block) > end) return;
      yield { ...block, payload: block.payload.slice() };
    }
  }
}

/** Index of the first block with records after `sequence`, by binary search. */
function firstIndexAfter(blocks: readonly Block[], sequence: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (lastSequenceOf(blocks[middle]!) > sequence) high = middle;
    else low = middle + 1;
  }
  return low;
}

class MemorySnapshotStore implements SnapshotStore {
  readonly #storage: MemoryLogStorage;
  #isSaving = false;

  constructor(storage: MemoryLogStorage) {
    this.#storage = storage;
  }

  async save(snapshot: Snapshot): Promise<void> {
    assert(!this.#isSaving, 'a snapshot is being saved');
    const { sequence, stateHash } = snapshot;
    assert(Number.isSafeInteger(sequence) && sequence >= 1, 'sequence is not a positive integer');
    assert(sequence <= this.#storage.head.lastSequence, 'the snapshot is ahead of the log');
    assert(stateHash === undefined || stateHash.length === HASH_BYTES, 'the state hash has not 32 bytes');
    assert(sequence >= (this.#storage.snapshots[0]?.sequence ?? 0), 'a newer snapshot is stored');
    const bytes = snapshot.bytes.slice();
    const kept: Snapshot =
      stateHash === undefined ? { sequence, bytes } : { sequence, bytes, stateHash: stateHash.slice() };
    const { promise, resolve } = Promise.withResolvers<void>();
    setImmediate(resolve);
    this.#isSaving = true;
    await promise;
    this.#isSaving = false;
    const others = this.#storage.snapshots.filter((stored) => stored.sequence !== sequence);
    this.#storage.snapshots = [kept, ...others].slice(0, SNAPSHOT_GENERATIONS);
  }

  async list(): Promise<readonly StoredSnapshot[]> {
    return this.#storage.snapshots.map(({ sequence, stateHash }) => ({
      sequence,
      stateHash,
      load: async () => {
        const stored = this.#storage.snapshots.find((snapshot) => snapshot.sequence === sequence);
        if (stored === undefined) throw new SnapshotDamageError(`snapshot ${sequence}`, 'it is gone');
        return stored.bytes.slice();
      },
    }));
  }
}

/**
 * Opens a log in memory, for tests and for what may be forgotten: it behaves like any other adapter, but nothing outlives `storage`, which is
 * a new one by default. A storage can be open once at a time.
 */
export function openMemoryLog(storage: MemoryLogStorage = new MemoryLogStorage()): OpenedLog {
  assert(!storage.isOpen, 'the log is open');
  storage.isOpen = true;
  const log = new MemoryAppendLog(storage);
  return {
    log,
    reader: new MemoryLogReader(storage),
    snapshots: new MemorySnapshotStore(storage),
    close: async () => {
      await log.close();
      storage.isOpen = false;
    },
  };
}
