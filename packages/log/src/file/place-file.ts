import { join } from 'node:path';
import { type FileSystem, writeFully } from './file-system.ts';

/** A folder on a file system. */
export interface Folder {
  readonly fileSystem: FileSystem;
  readonly path: string;
}

/** Puts a whole, durable file in place under its name: it is there with all its bytes, or not at all. */
export async function placeFile(folder: Folder, name: string, bytes: Uint8Array): Promise<void> {
  const { fileSystem, path } = folder;
  const temporary = join(path, `${name}.tmp`);
  const file = await fileSystem.open(temporary, 'create');
  try {
    await writeFully(file, bytes, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await fileSystem.rename(temporary, join(path, name));
  await fileSystem.syncFolder(path);
}
