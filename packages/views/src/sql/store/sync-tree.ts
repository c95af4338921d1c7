import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes the entries of one folder durable. Windows can't open folders and keeps their entries by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await syncPath(path, 'r');
}

/** Makes every file and folder below `path` durable, for a database that does not do so itself. */
export async function syncTree(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await syncTree(child);
    else if (entry.isFile()) await syncPath(child, 'r+');
  }
  await syncFolder(path);
}

async function syncPath(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
