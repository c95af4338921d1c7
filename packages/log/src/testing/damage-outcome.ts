import { LogDamageError } from '../errors.ts';
import { type FileLogOptions, openFileLog } from '../file/open-file-log.ts';
import type { Block } from '../port.ts';
import { readAll } from './blocks.ts';

/** What became of opening a log and reading all of it. */
export type Outcome =
  | { readonly kind: 'opened'; readonly blocks: readonly Block[]; readonly cutBytes: number }
  | { readonly kind: 'damage'; readonly file: string; readonly offset: number; readonly reason: string };

/** Opens a log, reads all of it and closes it; damage is an outcome, any other error is thrown. */
export async function openAndRead(path: string, options: FileLogOptions): Promise<Outcome> {
  try {
    const opened = await openFileLog(path, options);
    try {
      return { kind: 'opened', blocks: await readAll(opened.reader), cutBytes: opened.recovery.cutBytes };
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (!(error instanceof LogDamageError)) throw error;
    return { kind: 'damage', file: error.file, offset: error.offset, reason: error.reason };
  }
}
