/**
 * `read`: an existing file. `update`: an existing file, for reading and writing. `create`: a new or emptied file, for reading and writing.
 * `durable`: as `update`, and what `write` has returned is durable, the size of the file included, as if `datasync` had followed.
 */
export type OpenMode = 'read' | 'update' | 'create' | 'durable';

/** An open file. Errors carry the system's `code` (`ENOSPC`, `EIO`, ...). */
export interface OpenFile {
  /** Fills `into` from `position`; returns the bytes read, fewer than asked for only at the end of the file or by the system's choice. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Writes at `position` and returns the bytes written, which may be fewer than given. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /**
   * The same before it returns, which holds up the whole thread: for the few bytes at a place written before that the system only has to
   * keep in memory.
   */
  writeNow(bytes: Uint8Array, position: number): number;
  /** In bytes. */
  size(): Promise<number>;
  truncate(bytes: number): Promise<void>;
  /** Makes the data and the size durable (`fdatasync`). */
  datasync(): Promise<void>;
  /** Makes everything about the file durable (`fsync`). */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A held lock. */
export interface FileLock {
  release(): Promise<void>;
}

/** What the file adapter needs of the system, so that tests and the simulator can put faults in its place. */
export interface FileSystem {
  /** Rejects with code `ENOENT` when the file must exist and does not. */
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  /** Names in a folder, in no order. */
  list(folder: string): Promise<readonly string[]>;
  /** Creates a folder and its parents, durably; does nothing when it exists. */
  makeFolder(path: string): Promise<void>;
  /** Atomically replaces `to`. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes the folder's names durable. */
  syncFolder(path: string): Promise<void>;
  /**
   * Takes the exclusive lock at `path` without waiting. It ends with the process that holds it, however that ends.
   *
   * @throws LogLockedError when it is held.
   */
  lock(path: string): Promise<FileLock>;
}

/** The system's error code, when `error` has one. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Opens a file for reading, or tells that there is none. */
export async function openIfExists(fileSystem: FileSystem, path: string): Promise<OpenFile | undefined> {
  try {
    return await fileSystem.open(path, 'read');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Bytes passed to one system call, so that large files leave room for others in between. */
export const IO_SLICE_BYTES = 16 * 1024 * 1024;

/** Disks write sectors of this size whole or not at all, in bytes. */
export const SECTOR_BYTES = 512;

/**
 * Writes all of `bytes`, however short the single writes are. Where one ended within a sector, the next one ends with that sector: so
 * whenever a crash comes, a sector that was written in part is the last thing that was written.
 */
export async function writeFully(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const begun = (position + done) % SECTOR_BYTES;
    const most = done > 0 && begun > 0 ? SECTOR_BYTES - begun : IO_SLICE_BYTES - begun;
    const written = await file.write(bytes.subarray(done, done + most), position + done);
    if (written === 0) throw wroteNothing(bytes.length - done, position + done);
    done += written;
  }
}

/** Writes all of `bytes` before it returns. */
export function writeFullyNow(file: OpenFile, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) {
    const written = file.writeNow(bytes.subarray(done), position + done);
    if (written === 0) throw wroteNothing(bytes.length - done, position + done);
    done += written;
  }
}

const wroteNothing = (bytes: number, position: number): Error =>
  new Error(`write of ${bytes} bytes at ${position} wrote nothing`);

/** Fills `into` as far as the file goes; returns the bytes read. */
export async function readFully(file: OpenFile, into: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const read = await file.read(into.subarray(done, done + IO_SLICE_BYTES), position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}
