import { constants, writeSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { FileSystem, OpenFile, OpenMode } from './file-system.ts';
import { takeKernelLock } from './kernel-lock.ts';

/**
 * On Linux a write to a file with `O_DSYNC` is a write and its `fdatasync` in one call. Elsewhere it is less or nothing: macOS then leaves
 * the bytes in the disk's cache, which only the sync empties.
 */
const WRITES_DURABLY = process.platform === 'linux';

const FLAGS: Readonly<Record<OpenMode, string | number>> = {
  read: 'r',
  update: 'r+',
  create: 'w+',
  durable: WRITES_DURABLY ? constants.O_RDWR | constants.O_DSYNC : 'r+',
};

class NodeFile implements OpenFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.read(into, 0, into.length, position)).bytesRead;
  }

  async write(bytes: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.write(bytes, 0, bytes.length, position)).bytesWritten;
  }

  writeNow(bytes: Uint8Array, position: number): number {
    return writeSync(this.#handle.fd, bytes, 0, bytes.length, position);
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  truncate(bytes: number): Promise<void> {
    return this.#handle.truncate(bytes);
  }

  datasync(): Promise<void> {
    return this.#handle.datasync();
  }

  sync(): Promise<void> {
    return this.#handle.sync();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** For systems that have to be told to sync after each write. */
class SyncedFile extends NodeFile {
  override async write(bytes: Uint8Array, position: number): Promise<number> {
    const written = await super.write(bytes, position);
    await this.datasync();
    return written;
  }
}

async function openFile(path: string, mode: OpenMode): Promise<OpenFile> {
  const handle = await open(path, FLAGS[mode]);
  return mode === 'durable' && !WRITES_DURABLY ? new SyncedFile(handle) : new NodeFile(handle);
}

async function syncFolder(path: string): Promise<void> {
  // Windows can't open a folder, and its file systems journal names by themselves.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function makeFolder(path: string): Promise<void> {
  const firstMade = await mkdir(path, { recursive: true });
  if (firstMade === undefined) return;
  const top = dirname(resolve(firstMade));
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    await syncFolder(folder);
    if (folder === top) return;
  }
}

/** The real file system. */
export const nodeFileSystem: FileSystem = {
  open: openFile,
  list: (folder) => readdir(folder),
  makeFolder,
  rename,
  remove: (path) => rm(path),
  syncFolder,
  lock: takeKernelLock,
};
