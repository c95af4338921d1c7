import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../migrations.ts';
import { distrust, readCleanMarker, removeCleanMarker, STORED_SCHEMA, writeCleanMarker } from './clean-marker.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clean-marker-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('is read as it was written, until it is removed', async () => {
  const marker = { schemaVersion: STORED_SCHEMA, position: 12 };
  expect(await readCleanMarker(folder)).toBeUndefined();
  await writeCleanMarker(folder, marker);
  expect(await readCleanMarker(folder)).toEqual(marker);
  await removeCleanMarker(folder);
  await removeCleanMarker(folder);
  expect(await readCleanMarker(folder)).toBeUndefined();
});

test.each(['', '{"schemaVersion":', 'null', '{"schemaVersion":"0001-history","position":"1"}', '{"position":1}'])(
  'vouches for nothing as %j',
  async (text) => {
    await writeFile(join(folder, 'clean.json'), text);
    expect(await readCleanMarker(folder)).toBeUndefined();
  },
);

describe('a database is distrusted', () => {
  const marker = { schemaVersion: STORED_SCHEMA, position: 12 };

  test('without a marker', () => expect(distrust(undefined, 12)).toBe('unclean'));
  test('of another schema, older or newer', () => {
    expect(distrust({ ...marker, schemaVersion: '0000-older' }, 12)).toBe('other-schema');
    expect(distrust({ ...marker, schemaVersion: '9999-newer' }, 12)).toBe('other-schema');
  });
  test('of the same tables in the write-ahead log', () =>
    expect(distrust({ ...marker, schemaVersion: SCHEMA_VERSION }, 12)).toBe('other-schema'));
  test('ahead of the log, not at its end', () => {
    expect(distrust(marker, 11)).toBe('ahead-of-log');
    expect(distrust(marker, 12)).toBeUndefined();
  });
});
