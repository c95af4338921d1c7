import { join } from 'node:path';

/** Folder of the log and its snapshots: the record, to be backed up. */
export const logFolder = (dataFolder: string): string => join(dataFolder, 'log');
/** Folder of the history database, which can always be rebuilt from the log. */
export const historyFolder = (dataFolder: string): string => join(dataFolder, 'history');
