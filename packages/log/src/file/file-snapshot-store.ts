import assert from 'node:assert';
import { join } from 'node:path';
import { LogDamageError, SnapshotDamageError } from '../errors.ts';
import { HASH_BYTES, SNAPSHOT_GENERATIONS, type Snapshot, type SnapshotStore, type StoredSnapshot } from '../port.ts';
import { openIfExists } from './file-system.ts';
import type { Folder } from './place-file.ts';
import { equalBytes } from './segment-walk.ts';
import {
  readSnapshotBytes,
  readSnapshotHeader,
  type SnapshotHeader,
  snapshotName,
  snapshotsAmong,
  writeSnapshotFile,
} from './snapshot-file.ts';

/** Folder of the snapshots below the log's. */
export const SNAPSHOT_FOLDER = 'snapshots';

/** The snapshots that belong to the log with `logId`. */
export interface SnapshotOwner {
  readonly logId: Uint8Array;
  /** Sequence up to which the log is durable at this moment. */
  readonly durableSequence: () => number;
}

/** Snapshots as files, one each. */
export class FileSnapshotStore implements SnapshotStore {
  readonly #folder: Folder;
  readonly #owner: SnapshotOwner;
  #saving: Promise<void> | undefined;

  /** `folder` is the snapshots' own, and exists. */
  constructor(folder: Folder, owner: SnapshotOwner) {
    this.#folder = folder;
    this.#owner = owner;
  }

  async save(snapshot: Snapshot): Promise<void> {
    assert(this.#saving === undefined, 'a snapshot is being saved');
    const { sequence, stateHash } = snapshot;
    assert(Number.isSafeInteger(sequence) && sequence >= 1, 'sequence is not a positive integer');
    assert(sequence <= this.#owner.durableSequence(), 'the snapshot is ahead of the log');
    assert(stateHash === undefined || stateHash.length === HASH_BYTES, 'the state hash has not 32 bytes');
    this.#saving = this.#save(snapshot);
    try {
      await this.#saving;
    } finally {
      this.#saving = undefined;
    }
  }

  async list(): Promise<readonly StoredSnapshot[]> {
    const { fileSystem, path } = this.#folder;
    const stored: StoredSnapshot[] = [];
    for (const sequence of snapshotsAmong(await fileSystem.list(path))) {
      const header = await readHeaderAt(this.#folder, sequence);
      if (header === undefined) continue;
      const stateHash = typeof header === 'string' ? undefined : header.stateHash;
      stored.push({ sequence, stateHash, load: () => this.#load(sequence) });
    }
    return stored;
  }

  /** Waits for a save in flight, whatever comes of it: its caller has the error. */
  async settle(): Promise<void> {
    if (this.#saving !== undefined) await Promise.allSettled([this.#saving]);
  }

  async #save(snapshot: Snapshot): Promise<void> {
    const { fileSystem, path } = this.#folder;
    const before = snapshotsAmong(await fileSystem.list(path));
    assert(snapshot.sequence >= (before[0] ?? 0), 'a newer snapshot is stored');
    const { sequence } = snapshot;
    const name = snapshotName(sequence);
    const temporary = join(path, `${name}.tmp`);
    await this.#write(temporary, snapshot);
    await fileSystem.rename(temporary, join(path, name));
    await fileSystem.syncFolder(path);
    const older = before.filter((stored) => stored !== sequence).slice(SNAPSHOT_GENERATIONS - 1);
    for (const stored of older) await fileSystem.remove(join(path, snapshotName(stored)));
  }

  /** Writes the whole file durably, or removes it: on a full disk the space is needed more for the log. */
  async #write(path: string, { sequence, bytes, stateHash }: Snapshot): Promise<void> {
    const file = await this.#folder.fileSystem.open(path, 'create');
    try {
      try {
        await writeSnapshotFile(file, { logId: this.#owner.logId, sequence, bytes, stateHash });
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      await this.#folder.fileSystem.remove(path);
      throw error;
    }
  }

  async #load(sequence: number): Promise<Uint8Array> {
    const { fileSystem, path } = this.#folder;
    const name = snapshotName(sequence);
    const file = await openIfExists(fileSystem, join(path, name));
    if (file === undefined) throw new SnapshotDamageError(name, 'the file is gone');
    try {
      const header = await readSnapshotHeader(file, sequence);
      if (typeof header === 'string') throw new SnapshotDamageError(name, header);
      return await readSnapshotBytes(file, header, name);
    } finally {
      await file.close();
    }
  }
}

/** The header of the snapshot at `sequence`, a text that says why it can't be used, or undefined when there is no such file. */
async function readHeaderAt(folder: Folder, sequence: number): Promise<SnapshotHeader | string | undefined> {
  const file = await openIfExists(folder.fileSystem, join(folder.path, snapshotName(sequence)));
  if (file === undefined) return undefined;
  try {
    return await readSnapshotHeader(file, sequence);
  } finally {
    await file.close();
  }
}

/**
 * The newest sequence that an intact snapshot was taken at: the log was durable up to there. 0 without one.
 *
 * @throws LogDamageError when a snapshot belongs to another log.
 */
export async function newestSnapshotSequence(folder: Folder, logId: Uint8Array): Promise<number> {
  let newest = 0;
  for (const sequence of snapshotsAmong(await folder.fileSystem.list(folder.path))) {
    const header = await readHeaderAt(folder, sequence);
    if (header === undefined || typeof header === 'string') continue;
    if (!equalBytes(header.logId, logId)) {
      const file = `${SNAPSHOT_FOLDER}/${snapshotName(sequence)}`;
      throw new LogDamageError({ file, offset: 0 }, 'the snapshot is of another log');
    }
    newest = Math.max(newest, sequence);
  }
  return newest;
}
