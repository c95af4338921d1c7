import { beforeAll, describe, expect, test } from 'vitest';
import { LogDamageError } from '../errors.ts';
import type { Block } from '../port.ts';
import { appendBlocks, comparable, exampleBlock, readAll } from '../testing/blocks.ts';
import { openAndRead } from '../testing/damage-outcome.ts';
import { SimulatedFileSystem } from '../testing/simulated-file-system.ts';
import { FRAME_OVERHEAD_BYTES } from './frame.ts';
import { openFileLog, openFileLogReader } from './open-file-log.ts';
import { SEGMENT_HEADER_BYTES } from './segment-header.ts';

const FOLDER = '/log';
const HEAD = `${FOLDER}/head`;
const SEGMENT_BYTES = 700;

interface SmallLog {
  readonly blocks: readonly Block[];
  readonly segments: readonly string[];
  /** Offsets in the last segment; from its end on it is reserve, but when it is closed. */
  readonly lastFrame: number;
  readonly lastEnd: number;
  /** As an orderly end, the end of the process, and a power cut before the `head` file was written out leave it. */
  readonly closed: SimulatedFileSystem;
  readonly killed: SimulatedFileSystem;
  readonly powerCut: SimulatedFileSystem;
}

async function buildLog(last: Uint8Array = exampleBlock(9, { bytes: 90 }).payload): Promise<SmallLog> {
  const fileSystem = new SimulatedFileSystem();
  const opened = await openFileLog(FOLDER, { fileSystem, segmentBytes: SEGMENT_BYTES });
  const blocks = await appendBlocks(opened, [1, 2, 1, 3, 1], 120);
  const headBefore = fileSystem.contentOf(HEAD);
  const block: Block = { firstSequence: 9, count: 2, payload: last };
  await opened.log.append(block);
  blocks.push(block);
  const killed = fileSystem.copy();
  await opened.close();
  const closed = fileSystem.copy();
  const powerCut = killed.copy();
  powerCut.put(HEAD, headBefore);
  const segments = killed.paths().filter((path) => path.endsWith('.log'));
  const lastEnd = closed.contentOf(segments.at(-1)!)!.length;
  return {
    blocks,
    segments,
    lastFrame: lastEnd - FRAME_OVERHEAD_BYTES - last.length,
    lastEnd,
    closed,
    killed,
    powerCut,
  };
}

function flipped(from: SimulatedFileSystem, path: string, at: { readonly position: number; readonly mask: number }) {
  const damaged = from.copy();
  const bytes = damaged.contentOf(path)!;
  bytes[at.position] = bytes[at.position]! ^ at.mask;
  damaged.put(path, bytes);
  return damaged;
}

function truncated(from: SimulatedFileSystem, path: string, length: number): SimulatedFileSystem {
  const damaged = from.copy();
  damaged.put(path, damaged.contentOf(path)!.subarray(0, length));
  return damaged;
}

/** Up to the last byte that is not zero. */
function lengthWithoutZeros(bytes: Uint8Array): number {
  return bytes.findLastIndex((byte) => byte !== 0) + 1;
}

/** Where the units of a segment begin that a damage error can name. */
function unitOffsets(log: SmallLog, path: string): number[] {
  const first = Number(path.slice(FOLDER.length + 1, -'.log'.length));
  const offsets = [0, SEGMENT_HEADER_BYTES];
  for (const block of log.blocks.filter((candidate) => candidate.firstSequence >= first)) {
    offsets.push(offsets.at(-1)! + FRAME_OVERHEAD_BYTES + block.payload.length);
  }
  return offsets;
}

describe('every byte of a small log', () => {
  let log: SmallLog;
  let expected: string[];

  beforeAll(async () => {
    log = await buildLog();
    expected = comparable(log.blocks);
    expect(log.segments.length).toBe(2);
  });

  const states = ['closed', 'killed', 'powerCut'] as const;

  test.each(states)('LOG-12: %s, untouched, it opens whole', async (state) => {
    const outcome = await openAndRead(FOLDER, { fileSystem: log[state].copy() });
    expect(outcome).toMatchObject({ kind: 'opened', cutBytes: 0 });
    if (outcome.kind === 'opened') expect(comparable(outcome.blocks)).toEqual(expected);
  });

  test.each(states)('LOG-12: %s, a flip in a segment is damage at its unit', async (state) => {
    let flips = 0;
    for (const path of log.segments) {
      const units = unitOffsets(log, path);
      const end = log.closed.contentOf(path)!.length;
      for (let position = 0; position < end; position++) {
        for (const mask of [1 << (position % 8), 0xff]) {
          const fileSystem = flipped(log[state], path, { position, mask });
          const outcome = await openAndRead(FOLDER, { fileSystem });
          const offset = units.findLast((unit) => unit <= position);
          expect(outcome, `position ${position} of ${path}, mask ${mask}`).toMatchObject({ kind: 'damage', offset });
          if (outcome.kind === 'damage') expect(`${FOLDER}/${outcome.file}`).toBe(path);
          flips++;
        }
      }
    }
    expect(flips).toBeGreaterThan(2000);
  });

  test.each(['killed', 'powerCut'] as const)('LOG-11: %s, a flip in the reserve loses nothing', async (state) => {
    const path = log.segments.at(-1)!;
    const size = log[state].contentOf(path)!.length;
    expect(size).toBe(SEGMENT_BYTES);
    expect(log.lastEnd).toBeLessThan(size - 20);
    for (let position = log.lastEnd; position < size; position++) {
      const outcome = await openAndRead(FOLDER, { fileSystem: flipped(log[state], path, { position, mask: 1 }) });
      if (outcome.kind === 'opened') expect(comparable(outcome.blocks)).toEqual(expected);
      else expect(outcome.offset).toBe(log.lastEnd);
    }
  });

  test.each(states)('LOG-13: %s, a flip in the head file loses nothing', async (state) => {
    const size = log[state].contentOf(HEAD)!.length;
    for (let position = 0; position < size; position++) {
      const fileSystem = flipped(log[state], HEAD, { position, mask: 1 << (position % 8) });
      const outcome = await openAndRead(FOLDER, { fileSystem });
      expect(outcome, `position ${position}`).toMatchObject({ kind: 'opened', cutBytes: 0 });
      if (outcome.kind === 'opened') expect(comparable(outcome.blocks)).toEqual(expected);
    }
  });

  test.each(['closed', 'killed'] as const)('LOG-12: %s, any truncation is damage', async (state) => {
    for (const path of [...log.segments, HEAD]) {
      const end = log.closed.contentOf(path)!.length;
      for (let length = 0; length < end; length++) {
        const outcome = await openAndRead(FOLDER, { fileSystem: truncated(log[state], path, length) });
        expect(outcome.kind, `${path} cut to ${length}`).toBe('damage');
      }
    }
  });

  test.each(['killed', 'powerCut'] as const)('LOG-11: %s, any part of the reserve may be missing', async (state) => {
    const path = log.segments.at(-1)!;
    for (let length = log.lastEnd; length < log[state].contentOf(path)!.length; length++) {
      const outcome = await openAndRead(FOLDER, { fileSystem: truncated(log[state], path, length) });
      expect(outcome, `cut to ${length}`).toMatchObject({ kind: 'opened', cutBytes: 0 });
      if (outcome.kind === 'opened') expect(comparable(outcome.blocks)).toEqual(expected);
    }
  });

  test('LOG-11: after a power cut, a truncation inside the last block is cut and any earlier one is damage', async () => {
    for (const path of log.segments) {
      const isLast = path === log.segments.at(-1);
      const bytes = log.closed.contentOf(path)!;
      for (let length = 0; length < bytes.length; length++) {
        const outcome = await openAndRead(FOLDER, { fileSystem: truncated(log.powerCut, path, length) });
        if (isLast && length >= log.lastFrame) {
          const cutBytes = lengthWithoutZeros(bytes.subarray(log.lastFrame, length));
          expect(outcome).toMatchObject({ kind: 'opened', cutBytes });
          if (outcome.kind === 'opened') expect(comparable(outcome.blocks)).toEqual(expected.slice(0, -1));
        } else {
          expect(outcome.kind, `${path} cut to ${length}`).toBe('damage');
        }
      }
    }
  });

  test('LOG-14: what the caller knows to be durable is never cut', async () => {
    const path = log.segments.at(-1)!;
    for (let length = log.lastFrame; length < log.lastEnd; length++) {
      const fileSystem = truncated(log.powerCut, path, length);
      const outcome = await openAndRead(FOLDER, { fileSystem, knownDurableSequence: 10 });
      expect(outcome, `cut to ${length}`).toMatchObject({ kind: 'damage', offset: log.lastFrame });
    }
    const fileSystem = log.closed.copy();
    const outcome = await openAndRead(FOLDER, { fileSystem, knownDurableSequence: 11 });
    expect(outcome).toMatchObject({ kind: 'damage', offset: log.lastEnd });
  });

  test('LOG-12: bytes after the end of a closed log are damage, whatever they are', async () => {
    const path = log.segments.at(-1)!;
    const bytes = log.closed.contentOf(path)!;
    for (const extra of [new Uint8Array(1), new Uint8Array(600), bytes.subarray(log.lastFrame)]) {
      const fileSystem = log.closed.copy();
      fileSystem.put(path, Buffer.concat([bytes, extra]));
      expect(await openAndRead(FOLDER, { fileSystem })).toMatchObject({ kind: 'damage', offset: log.lastEnd });
    }
  });

  test('LOG-12: a damaged log is left as it is', async () => {
    const fileSystem = flipped(log.killed, log.segments[0]!, { position: 200, mask: 1 });
    const before = fileSystem.paths().map((path) => [path, fileSystem.contentOf(path)]);
    expect((await openAndRead(FOLDER, { fileSystem })).kind).toBe('damage');
    expect(fileSystem.paths().map((path) => [path, fileSystem.contentOf(path)])).toEqual(before);
  });

  test('LOG-15: a reader in another process meets every flip in a segment', async () => {
    for (const path of log.segments) {
      const end = log.closed.contentOf(path)!.length;
      for (let position = 0; position < end; position++) {
        const fileSystem = flipped(log.killed, path, { position, mask: 1 << (position % 8) });
        const reader = await openFileLogReader(FOLDER, { fileSystem });
        const read = await readAll(reader).catch((error: unknown) => error);
        // A segment's header repeats the size of the one before; everything in it is checked when the reader enters it.
        expect(read, `position ${position} of ${path}`).toBeInstanceOf(LogDamageError);
        await reader.close();
      }
    }
  });
});

describe('a last block that was perhaps never acknowledged', () => {
  const SECTOR = 512;

  test('LOG-11: missing sectors, in any choice, are a torn write', async () => {
    const log = await buildLog(exampleBlock(9, { bytes: 1800 }).payload);
    const path = log.segments.at(-1)!;
    const sectors: number[] = [];
    for (let at = log.lastFrame; at < log.lastEnd; at = (Math.floor(at / SECTOR) + 1) * SECTOR) sectors.push(at);
    expect(sectors.length).toBeGreaterThanOrEqual(4);
    for (let choice = 1; choice < 2 ** sectors.length; choice++) {
      const fileSystem = log.powerCut.copy();
      const bytes = fileSystem.contentOf(path)!;
      sectors.forEach((at, i) => {
        if (choice & (1 << i)) bytes.fill(0, at, sectors[i + 1] ?? bytes.length);
      });
      fileSystem.put(path, bytes);
      const outcome = await openAndRead(FOLDER, { fileSystem });
      const cutBytes = lengthWithoutZeros(bytes.subarray(log.lastFrame));
      expect(outcome, `choice ${choice}`).toMatchObject({ kind: 'opened', cutBytes });
      if (outcome.kind === 'opened') expect(comparable(outcome.blocks)).toEqual(comparable(log.blocks).slice(0, -1));
    }
  });

  test('LOG-14: a flip in a block that holds a sector of zeros looks torn after a power cut, and never otherwise', async () => {
    const log = await buildLog(new Uint8Array(1800));
    const path = log.segments.at(-1)!;
    const at = { position: log.lastFrame + 70, mask: 1 };
    const afterPowerCut = await openAndRead(FOLDER, { fileSystem: flipped(log.powerCut, path, at) });
    expect(afterPowerCut).toMatchObject({ kind: 'opened', cutBytes: log.lastEnd - log.lastFrame });
    for (const state of ['closed', 'killed'] as const) {
      const outcome = await openAndRead(FOLDER, { fileSystem: flipped(log[state], path, at) });
      expect(outcome).toMatchObject({ kind: 'damage', offset: log.lastFrame });
    }
    const known = { fileSystem: flipped(log.powerCut, path, at), knownDurableSequence: 10 };
    expect(await openAndRead(FOLDER, known)).toMatchObject({ kind: 'damage', offset: log.lastFrame });
  });

  test('LOG-11: after the cut the log goes on and reads back', async () => {
    const log = await buildLog();
    const fileSystem = truncated(log.powerCut, log.segments.at(-1)!, log.lastEnd - 5);
    const opened = await openFileLog(FOLDER, { fileSystem, segmentBytes: SEGMENT_BYTES });
    expect(opened.recovery).toMatchObject({ cutBytes: log.lastEnd - 5 - log.lastFrame, wasClosedCleanly: false });
    const added = await appendBlocks(opened, [2, 1, 1], 150);
    const expected = [...comparable(log.blocks).slice(0, -1), ...comparable(added)];
    expect(comparable(await readAll(opened.reader))).toEqual(expected);
    await opened.close();
    const again = await openAndRead(FOLDER, { fileSystem });
    expect(again).toMatchObject({ kind: 'opened', cutBytes: 0 });
    if (again.kind === 'opened') expect(comparable(again.blocks)).toEqual(expected);
  });
});
