import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SCHEMA_VERSION } from '../migrations.ts';
import type { RebuildReason } from './history-store.ts';
import { syncFolder } from './sync-tree.ts';

/** Vouches that a database folder was closed whole and synced. It exists only between a clean close and the next open. */
export interface CleanMarker {
  readonly schemaVersion: string;
  /** Log sequence of the history. */
  readonly position: number;
}

/** The tables and how PGlite keeps them: a database in which they were still in the write-ahead log is made anew. */
export const STORED_SCHEMA = `${SCHEMA_VERSION}, unlogged`;

const FILE = 'clean.json';

/** Undefined when there is none; a marker that can't be understood vouches for nothing. */
export async function readCleanMarker(folder: string): Promise<CleanMarker | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return parse(text);
}

function parse(text: string): CleanMarker | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { schemaVersion, position } = value as Partial<Record<keyof CleanMarker, unknown>>;
  if (typeof schemaVersion !== 'string' || typeof position !== 'number') return undefined;
  return { schemaVersion, position };
}

/** Why a database with this marker is not to be used, as far as the marker tells. */
export function distrust(marker: CleanMarker | undefined, headSequence: number): RebuildReason | undefined {
  if (marker === undefined) return 'unclean';
  if (marker.schemaVersion !== STORED_SCHEMA) return 'other-schema';
  return marker.position > headSequence ? 'ahead-of-log' : undefined;
}

/** Resolves when the marker is durable. Everything it vouches for must be so before. */
export async function writeCleanMarker(folder: string, marker: CleanMarker): Promise<void> {
  const path = join(folder, FILE);
  const file = await open(`${path}.tmp`, 'w');
  try {
    await file.writeFile(`${JSON.stringify(marker)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
  await syncFolder(folder);
}

/** Resolves when the removal is durable, so that no power cut brings the marker back beside a database in use. */
export async function removeCleanMarker(folder: string): Promise<void> {
  await rm(join(folder, FILE), { force: true });
  await syncFolder(folder);
}
