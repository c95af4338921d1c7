import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const PGLITE_PACKAGE = join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), '..');

/**
 * The dump of a database cluster as `initdb` leaves it, for `template` parameters: loading it takes a tenth of the time. Kept beside the
 * installed packages, by PGlite's version, for the next test file.
 */
export async function emptyCluster(): Promise<Blob> {
  const { version } = JSON.parse(await readFile(join(PGLITE_PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const folder = join(PGLITE_PACKAGE, '..', '..', '.cache', 'pglite');
  const path = join(folder, `empty-cluster-${version}.tar`);
  try {
    return new Blob([await readFile(path)]);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const pglite = await PGlite.create({ dataDir: 'memory://' });
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  await mkdir(folder, { recursive: true });
  const written = `${path}.${randomUUID()}`;
  await writeFile(written, dump.stream());
  await rename(written, path);
  return dump;
}
