import { beforeEach, describe, expect, it } from 'vitest';
import { appendBlocks, comparable, exampleBlock, readAll } from '../testing/blocks.ts';
import { type Operation, SimulatedFileSystem, systemError } from '../testing/simulated-file-system.ts';
import { FRAME_OVERHEAD_BYTES } from './frame.ts';
import { type FileLog, openFileLog } from './open-file-log.ts';
import { SEGMENT_HEADER_BYTES, segmentName } from './segment-header.ts';
import { RESERVE_BYTES } from './torn-tail.ts';

const FOLDER = '/log';
const SEGMENT = `${FOLDER}/${segmentName(1)}`;
const PAYLOAD = 1_000;
const FRAME = PAYLOAD + FRAME_OVERHEAD_BYTES;

let fileSystem: SimulatedFileSystem;
let opened: FileLog;

beforeEach(async () => {
  fileSystem = new SimulatedFileSystem();
  opened = await openFileLog(FOLDER, { fileSystem });
});

const sizeOf = (path: string): number => fileSystem.contentOf(path)!.length;

describe('the reserve at the end of a segment', () => {
  it('LOG-22: is written once: a block that fits into it is written alone', async () => {
    const lengths: number[] = [];
    const watched = new SimulatedFileSystem();
    const open = watched.open.bind(watched);
    watched.open = async (path, mode) => {
      const file = await open(path, mode);
      if (mode !== 'durable') return file;
      const write = file.write.bind(file);
      return Object.assign(file, {
        write: (bytes: Uint8Array, position: number) => {
          lengths.push(bytes.length);
          return write(bytes, position);
        },
      });
    };
    const log = await openFileLog(FOLDER, { fileSystem: watched });
    for (let block = 0; block < 3; block++) await appendBlocks(log, [1], PAYLOAD);
    expect(lengths).toEqual([RESERVE_BYTES - SEGMENT_HEADER_BYTES, FRAME, FRAME]);
    await log.close();
  });

  it('LOG-22: comes with a block that needs more room, and the next blocks leave the size as it is', async () => {
    const sizes = new Set<number>();
    const blocks = Math.ceil((1.5 * RESERVE_BYTES) / FRAME);
    for (let i = 0; i < blocks; i++) {
      await appendBlocks(opened, [1], PAYLOAD);
      sizes.add(sizeOf(SEGMENT));
    }
    expect([...sizes]).toEqual([RESERVE_BYTES, 2 * RESERVE_BYTES]);
    const end = SEGMENT_HEADER_BYTES + blocks * FRAME;
    expect(
      fileSystem
        .contentOf(SEGMENT)!
        .subarray(end)
        .every((byte) => byte === 0),
    ).toBe(true);
    await opened.close();
    expect(sizeOf(SEGMENT)).toBe(end);
  });

  it('LOG-22: is taken off before the next segment begins, and never makes a segment larger than it may be', async () => {
    await opened.close();
    opened = await openFileLog(FOLDER, { fileSystem, segmentBytes: 3_000 });
    await appendBlocks(opened, [1, 1], PAYLOAD);
    expect(sizeOf(SEGMENT)).toBe(3_000);
    await appendBlocks(opened, [1], PAYLOAD);
    expect(sizeOf(SEGMENT)).toBe(SEGMENT_HEADER_BYTES + 2 * FRAME);
    expect(sizeOf(`${FOLDER}/${segmentName(3)}`)).toBe(3_000);
    await opened.close();
  });

  it('LOG-11: is no torn block: nothing is reported as cut when only zeros follow', async () => {
    const blocks = await appendBlocks(opened, [1, 2], PAYLOAD);
    for (const left of [fileSystem.afterKill(), fileSystem.afterPowerCut(() => 0.9)]) {
      const again = await openFileLog(FOLDER, { fileSystem: left });
      expect(again.recovery.cutBytes).toBe(0);
      expect(left.contentOf(SEGMENT)!.length).toBe(SEGMENT_HEADER_BYTES + 2 * FRAME);
      blocks.push(...(await appendBlocks(again, [1], PAYLOAD)));
      expect(comparable(await readAll(again.reader))).toEqual(comparable(blocks));
      blocks.pop();
      await again.close();
    }
  });

  it('LOG-20: a close that cannot take it off fails, and the log opens all the same', async () => {
    const blocks = await appendBlocks(opened, [1, 2], PAYLOAD);
    fileSystem.inject = ({ kind }: Operation) =>
      kind === 'truncate' ? { kind: 'error', error: systemError('EIO') } : undefined;
    await expect(opened.close()).rejects.toMatchObject({ code: 'EIO' });
    fileSystem.inject = () => undefined;
    const again = await openFileLog(FOLDER, { fileSystem });
    expect(again.recovery).toMatchObject({ wasClosedCleanly: false, cutBytes: 0 });
    expect(comparable(await readAll(again.reader))).toEqual(comparable(blocks));
    await again.close();
  });

  it('LOG-20: a disk with room for a block and none for its reserve is full', async () => {
    fileSystem.inject = ({ kind, path }: Operation) => {
      if (kind !== 'write' || path !== SEGMENT) return undefined;
      fileSystem.inject = () => ({ kind: 'error', error: systemError('ENOSPC') });
      return { kind: 'short', bytes: FRAME + 10 };
    };
    await expect(opened.log.append(exampleBlock(1, { bytes: PAYLOAD }))).rejects.toThrow('out of space');
    expect(opened.log.head.lastSequence).toBe(0);
    fileSystem.inject = () => undefined;
    const again = await openFileLog(FOLDER, { fileSystem: fileSystem.afterKill() });
    expect(again.log.head.lastSequence).toBe(1);
    await again.close();
  });
});
