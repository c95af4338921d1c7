import { beforeEach, expect, test } from 'vitest';
import { LogDamageError, SnapshotDamageError } from '../errors.ts';
import { appendBlocks } from '../testing/blocks.ts';
import { SimulatedFileSystem } from '../testing/simulated-file-system.ts';
import { openFileLog, openFileLogReader } from './open-file-log.ts';
import { snapshotName } from './snapshot-file.ts';

const FOLDER = '/log';
const NEWEST = `${FOLDER}/snapshots/${snapshotName(2)}`;
const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 251);
let fileSystem: SimulatedFileSystem;

beforeEach(async () => {
  fileSystem = new SimulatedFileSystem();
  const opened = await openFileLog(FOLDER, { fileSystem });
  await appendBlocks(opened, [1, 1]);
  await opened.snapshots.save({ sequence: 1, bytes });
  await opened.snapshots.save({ sequence: 2, bytes, stateHash: new Uint8Array(32).fill(5) });
  await opened.close();
});

async function loadAfter(change: (content: Uint8Array) => Uint8Array | undefined) {
  const changed = fileSystem.copy();
  changed.put(NEWEST, change(changed.contentOf(NEWEST)!));
  const opened = await openFileLog(FOLDER, { fileSystem: changed });
  const stored = await opened.snapshots.list();
  const loads = await Promise.allSettled(stored.map((snapshot) => snapshot.load()));
  await opened.close();
  return loads;
}

test('LOG-8: a flip at any byte is found, and the older snapshot loads', async () => {
  const size = fileSystem.contentOf(NEWEST)!.length;
  expect(size).toBe(128 + bytes.length);
  for (let position = 0; position < size; position++) {
    const [newest, older] = await loadAfter((content) => {
      content[position] = content[position]! ^ (1 << (position % 8));
      return content;
    });
    expect(newest, `byte ${position}`).toMatchObject({ status: 'rejected' });
    expect(newest!.status === 'rejected' && newest!.reason).toBeInstanceOf(SnapshotDamageError);
    expect(older!.status === 'fulfilled' && Buffer.compare(older!.value, bytes)).toBe(0);
  }
});

test('LOG-8: any other length is found', async () => {
  const size = fileSystem.contentOf(NEWEST)!.length;
  for (let length = 0; length <= size + 1; length++) {
    if (length === size) continue;
    const [newest] = await loadAfter((content) => Buffer.concat([content, Buffer.alloc(1)]).subarray(0, length));
    expect(newest!.status === 'rejected' && newest!.reason, `length ${length}`).toBeInstanceOf(SnapshotDamageError);
  }
});

test('LOG-8: a snapshot under the name of another one is damaged', async () => {
  const older = fileSystem.contentOf(`${FOLDER}/snapshots/${snapshotName(1)}`)!;
  const [newest] = await loadAfter(() => older);
  expect(newest!.status === 'rejected' && newest!.reason).toBeInstanceOf(SnapshotDamageError);
});

test('LOG-8: what a crash left of saving is removed', async () => {
  fileSystem.put(`${NEWEST}.tmp`, bytes);
  await (await openFileLog(FOLDER, { fileSystem })).close();
  expect(fileSystem.contentOf(`${NEWEST}.tmp`)).toBeUndefined();
});

test('LOG-16: a snapshot of another log is refused', async () => {
  const other = new SimulatedFileSystem();
  const opened = await openFileLog(FOLDER, { fileSystem: other });
  await appendBlocks(opened, [1, 1]);
  await opened.close();
  other.put(NEWEST, fileSystem.contentOf(NEWEST));
  await expect(openFileLog(FOLDER, { fileSystem: other })).rejects.toBeInstanceOf(LogDamageError);
});

test('LOG-15: a reader in another process lists and loads the snapshots', async () => {
  const reader = await openFileLogReader(FOLDER, { fileSystem });
  const stored = await reader.snapshots.list();
  expect(stored.map((snapshot) => snapshot.sequence)).toEqual([2, 1]);
  expect(Buffer.compare(await stored[0]!.load(), bytes)).toBe(0);
  fileSystem.put(NEWEST, undefined);
  await expect(stored[0]!.load()).rejects.toBeInstanceOf(SnapshotDamageError);
  await reader.close();
});
