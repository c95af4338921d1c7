import { beforeEach, describe, expect, test } from 'vitest';
import { LogDamageError, LogFormatError } from '../errors.ts';
import type { Block } from '../port.ts';
import { appendBlocks, comparable, exampleBlock, readAll } from '../testing/blocks.ts';
import { openAndRead } from '../testing/damage-outcome.ts';
import { SimulatedFileSystem, systemError } from '../testing/simulated-file-system.ts';
import { crc32c } from './crc32c.ts';
import { type FileLogOptions, openFileLog } from './open-file-log.ts';
import { segmentName } from './segment-header.ts';

const FOLDER = '/log';
const HEAD = `${FOLDER}/head`;
const segmentBytes = 500;

let fileSystem: SimulatedFileSystem;
let blocks: Block[];
let segments: string[];

beforeEach(async () => {
  fileSystem = new SimulatedFileSystem();
  const opened = await openFileLog(FOLDER, { fileSystem, segmentBytes });
  blocks = await appendBlocks(opened, [1, 1, 1, 1, 1, 1, 1, 1], 100);
  await opened.snapshots.save({ sequence: 5, bytes: new Uint8Array(10) });
  await opened.close();
  segments = fileSystem.paths().filter((path) => path.endsWith('.log'));
  expect(segments.length).toBe(4);
});

const outcomeOf = (options: FileLogOptions = {}) => openAndRead(FOLDER, { fileSystem, segmentBytes, ...options });

describe('files that are missing', () => {
  test.each([0, 1, 2, 3])('LOG-16: segment %i', async (index) => {
    fileSystem.put(segments[index]!, undefined);
    expect((await outcomeOf()).kind).toBe('damage');
  });

  test('LOG-16: all segments', async () => {
    for (const path of segments) fileSystem.put(path, undefined);
    expect((await outcomeOf()).kind).toBe('damage');
    expect((await outcomeOf({ rebuildHead: true })).kind).toBe('damage');
  });

  test('LOG-16: segments and head file, with snapshots left', async () => {
    for (const path of [...segments, HEAD]) fileSystem.put(path, undefined);
    expect((await outcomeOf()).kind).toBe('damage');
    expect((await outcomeOf({ rebuildHead: true })).kind).toBe('damage');
  });

  test('LOG-13: the head file, unless an operator has it rebuilt', async () => {
    fileSystem.put(HEAD, undefined);
    expect(await outcomeOf()).toMatchObject({ kind: 'damage', file: 'head' });
    const rebuilt = await outcomeOf({ rebuildHead: true });
    expect(rebuilt.kind === 'opened' && comparable(rebuilt.blocks)).toEqual(comparable(blocks));
    expect((await outcomeOf()).kind).toBe('opened');
  });

  test('LOG-13: a whole slot of the head file, both being damaged', async () => {
    fileSystem.put(HEAD, new Uint8Array(1024).fill(3));
    expect(await outcomeOf()).toMatchObject({ kind: 'damage', file: 'head' });
    expect((await outcomeOf({ rebuildHead: true })).kind).toBe('opened');
  });

  test('LOG-16: nothing but an interrupted creation is a new log', async () => {
    const empty = new SimulatedFileSystem();
    empty.put(`${HEAD}.tmp`, new Uint8Array(100));
    const outcome = await openAndRead(FOLDER, { fileSystem: empty });
    expect(outcome).toMatchObject({ kind: 'opened', blocks: [] });
    expect(empty.paths()).not.toContain(`${HEAD}.tmp`);
  });
});

describe('files of another log', () => {
  let other: SimulatedFileSystem;

  beforeEach(async () => {
    other = new SimulatedFileSystem();
    const opened = await openFileLog(FOLDER, { fileSystem: other, segmentBytes });
    await appendBlocks(opened, [1, 1, 1, 1, 1, 1, 1, 1], 100);
    await opened.snapshots.save({ sequence: 5, bytes: new Uint8Array(10) });
    await opened.close();
  });

  test('LOG-16: any one file is refused', async () => {
    for (const path of other.paths()) {
      const mixed = fileSystem.copy();
      mixed.put(path, other.contentOf(path));
      expect((await openAndRead(FOLDER, { fileSystem: mixed })).kind, path).toBe('damage');
    }
  });

  test('LOG-16: an older copy of the last segment is refused', async () => {
    const older = fileSystem.contentOf(segments[3]!);
    const opened = await openFileLog(FOLDER, { fileSystem });
    await appendBlocks(opened, [1], 50);
    await opened.close();
    fileSystem.put(segments[3]!, older);
    expect((await outcomeOf()).kind).toBe('damage');
  });

  test('LOG-16: a longer, valid history that is not the one the head file names is refused', async () => {
    const logId = () => new Uint8Array(16).fill(1);
    const histories = [[1, 1], [3], [2, 1]].map(async (counts) => {
      const own = new SimulatedFileSystem();
      const opened = await openFileLog(FOLDER, { fileSystem: own, newLogId: logId });
      await appendBlocks(opened, counts);
      const killed = own.copy();
      await opened.close();
      return killed;
    });
    const [named, ...longer] = await Promise.all(histories);
    for (const history of longer) {
      history.put(HEAD, named!.contentOf(HEAD));
      expect((await openAndRead(FOLDER, { fileSystem: history })).kind).toBe('damage');
    }
  });
});

describe('a format version of the future', () => {
  test.each([
    ['segment', segmentName(1)],
    ['head', 'head'],
  ])('LOG-17: in the %s file is refused by its own name', async (_kind, name) => {
    const path = `${FOLDER}/${name}`;
    const bytes = fileSystem.contentOf(path)!;
    const slots = name === 'head' ? [bytes.subarray(0, 512), bytes.subarray(512)] : [bytes.subarray(0, 128)];
    for (const slot of slots) {
      const view = new DataView(slot.buffer, slot.byteOffset, slot.byteLength);
      view.setUint32(8, 2, true);
      view.setUint32(12, crc32c(slot.subarray(16), crc32c(slot.subarray(0, 12))), true);
    }
    fileSystem.put(path, bytes);
    await expect(openFileLog(FOLDER, { fileSystem })).rejects.toBeInstanceOf(LogFormatError);
  });
});

describe('verifyFromSequence', () => {
  test('LOG-18: blocks are verified from the segment on that holds it', async () => {
    const verified = [];
    for (const verifyFromSequence of [0, 1, 2, 3, 5, 8, 100]) {
      const opened = await openFileLog(FOLDER, { fileSystem, segmentBytes, verifyFromSequence });
      verified.push(opened.recovery.verifiedBlocks);
      await opened.close();
    }
    expect(verified).toEqual([8, 8, 8, 6, 4, 2, 2]);
  });

  test('LOG-18: damage before it is met when it is read, by the reader', async () => {
    const bytes = fileSystem.contentOf(segments[0]!)!;
    bytes[200] = bytes[200]! ^ 1;
    fileSystem.put(segments[0]!, bytes);
    const opened = await openFileLog(FOLDER, { fileSystem, segmentBytes, verifyFromSequence: 5 });
    expect(comparable(await readAll(opened.reader, 4))).toEqual(comparable(blocks.slice(4)));
    await expect(readAll(opened.reader)).rejects.toBeInstanceOf(LogDamageError);
    await opened.close();
  });

  test('LOG-18: a missing or shortened segment before it is damage all the same', async () => {
    const shortened = fileSystem.copy();
    shortened.put(segments[0]!, shortened.contentOf(segments[0]!)!.subarray(0, -1));
    fileSystem.put(segments[1]!, undefined);
    for (const damaged of [shortened, fileSystem]) {
      const outcome = await openAndRead(FOLDER, { fileSystem: damaged, segmentBytes, verifyFromSequence: 8 });
      expect(outcome.kind).toBe('damage');
    }
  });

  test('LOG-18: works when the head file is behind it', async () => {
    const opened = await openFileLog(FOLDER, { fileSystem, segmentBytes });
    const head = fileSystem.contentOf(HEAD);
    await appendBlocks(opened, [1], 100);
    const killed = fileSystem.copy();
    killed.put(HEAD, head);
    await opened.close();
    const outcome = await openAndRead(FOLDER, { fileSystem: killed, segmentBytes, verifyFromSequence: 9 });
    expect(outcome.kind === 'opened' && outcome.blocks.length).toBe(9);
  });
});

describe('the newest snapshot', () => {
  test('LOG-14: proves the log was durable up to it', async () => {
    const opened = await openFileLog(FOLDER, { fileSystem, segmentBytes: 100_000 });
    const head = fileSystem.contentOf(HEAD);
    await appendBlocks(opened, [1], 100);
    await opened.snapshots.save({ sequence: 9, bytes: new Uint8Array(10) });
    const killed = fileSystem.copy();
    await opened.close();
    killed.put(HEAD, head);
    killed.put(segments[3]!, fileSystem.contentOf(segments[3]!)!.subarray(0, -3));
    expect((await openAndRead(FOLDER, { fileSystem: killed })).kind).toBe('damage');
  });
});

describe('an interrupted roll', () => {
  test('LOG-9: an empty segment the head file does not know is started again', async () => {
    const rolling = new SimulatedFileSystem();
    const opened = await openFileLog(FOLDER, { fileSystem: rolling, segmentBytes });
    await appendBlocks(opened, [1, 1], 100);
    const head = rolling.contentOf(HEAD);
    // The first write to the head file after the new segment is in place fails.
    rolling.inject = ({ kind, path }) =>
      kind === 'write' && path === HEAD ? { kind: 'error', error: systemError('EIO') } : undefined;
    await expect(opened.log.append(exampleBlock(3, { bytes: 100 }))).rejects.toThrow();
    rolling.inject = () => undefined;
    await opened.close();
    expect(rolling.contentOf(HEAD)).toEqual(head);
    expect(rolling.paths()).toContain(`${FOLDER}/${segmentName(3)}`);
    const again = await openFileLog(FOLDER, { fileSystem: rolling, segmentBytes });
    expect(again.log.head.lastSequence).toBe(2);
    expect(rolling.paths()).not.toContain(`${FOLDER}/${segmentName(3)}`);
    await appendBlocks(again, [1], 100);
    expect((await readAll(again.reader)).length).toBe(3);
    await again.close();
  });
});
