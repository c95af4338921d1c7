import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The folder of the configuration is none that a venue can keep its data in. */
export class DataFolderError extends Error {
  constructor(folder: string, rule: string, cause?: unknown) {
    const why = cause instanceof Error ? `: ${cause.message}` : '';
    super(`OPENVENUE_DATA is "${folder}", ${rule}${why}`, { cause });
    this.name = 'DataFolderError';
  }
}

/**
 * Makes the data folder, readable by its owner only, and those above it that there are not. Folder by folder: under `/proc` the recursive
 * call of Node never returns.
 * @throws DataFolderError where it cannot be made, is no folder, or may not be read and written
 */
export function makeDataFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at); at = dirname(at)) missing.unshift(at);
  try {
    for (const each of missing) mkdirSync(each, { mode: 0o700 });
  } catch (error) {
    throw new DataFolderError(folder, 'which cannot be made', error);
  }
  if (!statSync(folder).isDirectory()) throw new DataFolderError(folder, 'which is no folder');
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new DataFolderError(folder, 'which may not be read and written', error);
  }
}
