import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { LogLockedError } from '../errors.ts';
import { errorCode, type FileLock } from './file-system.ts';

const SQLITE_BUSY = 5;

/**
 * Takes the operating system's lock on the file at `path` without waiting.
 *
 * SQLite is the one built-in of Node that takes such locks (`fcntl`, `LockFileEx`). The kernel drops them when the process ends, so
 * there is no stale lock to recognise and no race in taking one over, and they hold between containers that share a volume, where
 * process ids say nothing. The file stays empty: the lock is a transaction that never writes. POSIX drops all of a process's locks on a
 * file when any of its descriptors closes, so nothing else in this process may open it; the holder's id is in a file beside it.
 *
 * @throws LogLockedError when this or another process holds it.
 */
export async function takeKernelLock(path: string): Promise<FileLock> {
  const ownerPath = `${path}.pid`;
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) throw new LogLockedError(path, await readOwner(ownerPath));
    throw error;
  }
  try {
    const written = `${ownerPath}.tmp`;
    await writeFile(written, `${process.pid}\n`);
    await rename(written, ownerPath);
  } catch (error) {
    database.close();
    throw error;
  }
  let held = true;
  return {
    release: async () => {
      if (!held) return;
      held = false;
      try {
        await rm(ownerPath, { force: true });
      } finally {
        database.close();
      }
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

async function readOwner(path: string): Promise<number | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const pid = Number.parseInt(text, 10);
  return Number.isSafeInteger(pid) ? pid : undefined;
}
