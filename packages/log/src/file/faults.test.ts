import { expect, test } from 'vitest';
import { LogFailedError, LogFullError } from '../errors.ts';
import { appendBlocks, comparable, exampleBlock, readAll } from '../testing/blocks.ts';
import { type Operation, SimulatedFileSystem, systemError } from '../testing/simulated-file-system.ts';
import { openFileLog } from './open-file-log.ts';
import { segmentName } from './segment-header.ts';

const FOLDER = '/log';
const SEGMENT = `${FOLDER}/${segmentName(1)}`;

async function openWithBlocks(counts: readonly number[]) {
  const fileSystem = new SimulatedFileSystem();
  const opened = await openFileLog(FOLDER, { fileSystem, segmentBytes: 1000 });
  const blocks = await appendBlocks(opened, counts);
  return { fileSystem, opened, blocks };
}

const isFor = (operation: Operation, kind: Operation['kind'], path: string) =>
  operation.kind === kind && operation.path === path;

const cases = [
  ['sync of the segment', 'sync', SEGMENT, 'EIO', LogFailedError],
  ['write of the segment', 'write', SEGMENT, 'EIO', LogFailedError],
  ['write of the head file', 'write', `${FOLDER}/head`, 'EIO', LogFailedError],
  ['write, out of space', 'write', SEGMENT, 'ENOSPC', LogFullError],
  ['write, out of quota', 'write', SEGMENT, 'EDQUOT', LogFullError],
  ['sync, out of space', 'sync', SEGMENT, 'ENOSPC', LogFullError],
] as const;

test.each(cases)('LOG-20: a failed %s fails the log for good', async (_name, kind, path, code, errorClass) => {
  const { fileSystem, opened, blocks } = await openWithBlocks([1, 2]);
  const cause = systemError(code);
  let calls = 0;
  fileSystem.inject = (operation) => {
    if (!isFor(operation, kind, path)) return undefined;
    calls++;
    return { kind: 'error', error: cause };
  };
  const failure = await opened.log.append(exampleBlock(4)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(errorClass);
  expect(failure instanceof LogFullError).toBe(errorClass === LogFullError);
  expect(failure).toMatchObject({ cause });
  expect(opened.log.head.lastSequence).toBe(3);

  let touched = 0;
  fileSystem.inject = () => {
    touched++;
    return undefined;
  };
  await expect(opened.log.append(exampleBlock(4))).rejects.toBeInstanceOf(LogFailedError);
  expect([calls, touched]).toEqual([1, 0]);
  expect(comparable(await readAll(opened.reader))).toEqual(comparable(blocks));
  await opened.close();

  const again = await openFileLog(FOLDER, { fileSystem });
  expect(again.recovery.wasClosedCleanly).toBe(false);
  expect(comparable(await readAll(again.reader)).slice(0, 2)).toEqual(comparable(blocks));
  await appendBlocks(again, [1]);
  await again.close();
});

test('LOG-20: a failed roll fails the log for good, wherever it fails', async () => {
  const steps = ['truncate', 'open', 'write', 'sync', 'rename', 'syncFolder'] as const;
  for (const step of steps) {
    const { fileSystem, opened } = await openWithBlocks([1, 1, 1, 1, 1, 1, 1, 1]);
    const sequence = opened.log.head.lastSequence + 1;
    fileSystem.inject = ({ kind }) => (kind === step ? { kind: 'error', error: systemError('EIO') } : undefined);
    await expect(opened.log.append(exampleBlock(sequence, { bytes: 900 }))).rejects.toBeInstanceOf(LogFailedError);
    fileSystem.inject = () => undefined;
    await expect(opened.log.append(exampleBlock(sequence))).rejects.toBeInstanceOf(LogFailedError);
    await opened.close();
    const again = await openFileLog(FOLDER, { fileSystem, segmentBytes: 1000 });
    expect(again.log.head.lastSequence, step).toBe(sequence - 1);
    await again.log.append(exampleBlock(sequence, { bytes: 900 }));
    await again.close();
  }
});

test('LOG-20: short writes are continued', async () => {
  const { fileSystem, opened, blocks } = await openWithBlocks([1]);
  fileSystem.inject = ({ kind }) => (kind === 'write' ? { kind: 'short', bytes: 7 } : undefined);
  blocks.push(...(await appendBlocks(opened, [2, 1], 500)));
  await opened.snapshots.save({ sequence: 4, bytes: new Uint8Array(100).fill(9) });
  fileSystem.inject = () => undefined;
  expect(comparable(await readAll(opened.reader))).toEqual(comparable(blocks));
  await opened.close();
  const again = await openFileLog(FOLDER, { fileSystem });
  expect(comparable(await readAll(again.reader))).toEqual(comparable(blocks));
  const [snapshot] = await again.snapshots.list();
  expect(Buffer.from(await snapshot!.load())).toEqual(Buffer.alloc(100, 9));
  await again.close();
});

test('LOG-20: a write that writes nothing is a failure, not a loop', async () => {
  const { fileSystem, opened } = await openWithBlocks([1]);
  fileSystem.inject = ({ kind }) => (kind === 'write' ? { kind: 'short', bytes: 0 } : undefined);
  await expect(opened.log.append(exampleBlock(2))).rejects.toBeInstanceOf(LogFailedError);
  fileSystem.inject = () => undefined;
  await opened.close();
});

test('LOG-21: a block found after a failed sync is on the disk once the log is open', async () => {
  const { fileSystem, opened, blocks } = await openWithBlocks([1]);
  fileSystem.inject = (operation) =>
    isFor(operation, 'sync', SEGMENT) ? { kind: 'error', error: systemError('EIO') } : undefined;
  const failed = exampleBlock(2, { bytes: 600 });
  await expect(opened.log.append(failed)).rejects.toBeInstanceOf(LogFailedError);
  const killed = fileSystem.afterKill();
  const again = await openFileLog(FOLDER, { fileSystem: killed });
  const found = comparable(await readAll(again.reader));
  expect(found).toEqual(comparable([...blocks, failed]));
  const powerCut = killed.afterPowerCut(() => 0.9);
  const last = await openFileLog(FOLDER, { fileSystem: powerCut });
  expect(comparable(await readAll(last.reader))).toEqual(found);
  await last.close();
});

test('LOG-8: a failed save leaves the stored snapshots, and the next save works', async () => {
  for (const step of ['open', 'write', 'sync', 'rename', 'syncFolder'] as const) {
    const { fileSystem, opened } = await openWithBlocks([1, 1, 1]);
    await opened.snapshots.save({ sequence: 1, bytes: new Uint8Array(5) });
    const error = systemError('ENOSPC');
    fileSystem.inject = ({ kind }) => (kind === step ? { kind: 'error', error } : undefined);
    await expect(opened.snapshots.save({ sequence: 2, bytes: new Uint8Array(6) })).rejects.toBe(error);
    fileSystem.inject = () => undefined;
    if (step === 'write') expect((await fileSystem.list(`${FOLDER}/snapshots`)).length).toBe(1);
    const stored = await opened.snapshots.list();
    expect((await stored.at(-1)!.load()).length).toBe(5);
    await opened.snapshots.save({ sequence: 3, bytes: new Uint8Array(7) });
    await appendBlocks(opened, [1]);
    expect((await opened.snapshots.list())[0]?.sequence).toBe(3);
    await opened.close();
    await (await openFileLog(FOLDER, { fileSystem })).close();
    expect((await fileSystem.list(`${FOLDER}/snapshots`)).length, step).toBe(2);
  }
});
