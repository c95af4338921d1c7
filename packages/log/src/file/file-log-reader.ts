import assert from 'node:assert';
import { join } from 'node:path';
import { lastSequenceOf } from '../block-hash.ts';
import { LogDamageError } from '../errors.ts';
import type { Block, LogHead, LogReader, ReadOptions, SnapshotStore } from '../port.ts';
import { FileSnapshotStore, SNAPSHOT_FOLDER } from './file-snapshot-store.ts';
import { type OpenFile, openIfExists } from './file-system.ts';
import { HEAD_FILE, headDamage, readHeadMarker } from './head-marker.ts';
import type { Folder } from './place-file.ts';
import { ReadPositions } from './read-positions.ts';
import { frameSeed, readSegmentHeader, SEGMENT_HEADER_BYTES, segmentName, segmentsAmong } from './segment-header.ts';
import { equalBytes, SegmentWalk, type WalkPosition } from './segment-walk.ts';

/** Where a reader gets its blocks from. */
export interface ReaderSource {
  readonly folder: Folder;
  readonly logId: Uint8Array;
  /** Sequence up to which the log is durable at this moment. */
  readonly durableSequence: () => number | Promise<number>;
}

/** Reads the segment files. Looks only at blocks known to be durable, so whatever is not intact there is damage. */
export class FileLogReader implements LogReader {
  readonly #source: ReaderSource;
  readonly #seed: number;
  readonly #positions = new ReadPositions();

  constructor(source: ReaderSource, end?: WalkPosition) {
    this.#source = source;
    this.#seed = frameSeed(source.logId);
    if (end !== undefined) this.#positions.startRead()(end);
  }

  async *read(afterSequence: number, options: ReadOptions = {}): AsyncGenerator<Block, void, undefined> {
    assert(Number.isSafeInteger(afterSequence) && afterSequence >= 0, 'afterSequence is not a sequence');
    const end = Math.min(options.upTo ?? Number.POSITIVE_INFINITY, await this.#source.durableSequence());
    if (end <= afterSequence) return;
    let position = await this.#locate(afterSequence);
    const remember = this.#positions.startRead();
    while (position.head.lastSequence < end) {
      const file = await this.#openSegment(position.segment);
      try {
        const walk = new SegmentWalk(file, position, this.#seed);
        while (walk.position.head.lastSequence < end) {
          const step = await walk.next();
          if (step.kind === 'bad') throw walk.damage(step);
          if (step.kind === 'end') break;
          if (lastSequenceOf(step.block) > end) return;
          remember(walk.position);
          if (lastSequenceOf(step.block) > afterSequence) yield step.block;
        }
        position = walk.position;
      } finally {
        await file.close();
      }
      if (position.head.lastSequence < end) position = await this.#enterNext(position);
    }
  }

  /** A place at or before the end of the record `afterSequence`, as near as is known. */
  async #locate(afterSequence: number): Promise<WalkPosition> {
    const exact = this.#positions.at(afterSequence);
    if (exact !== undefined) return exact;
    const { fileSystem, path } = this.#source.folder;
    const segment = segmentsAmong(await fileSystem.list(path)).findLast((first) => first <= afterSequence + 1);
    if (segment === undefined) {
      throw new LogDamageError({ file: segmentName(1), offset: 0 }, 'the first segment is missing');
    }
    return this.#positions.lastBetween(segment, afterSequence) ?? (await this.#segmentStart(segment)).position;
  }

  /** The start of the segment after `ended`, which the log goes on in because more records are durable. */
  async #enterNext(ended: WalkPosition): Promise<WalkPosition> {
    const segment = ended.head.lastSequence + 1;
    if (segment === ended.segment) {
      throw new LogDamageError({ file: segmentName(segment), offset: ended.offset }, 'a durable block is missing');
    }
    const { position, previousBytes } = await this.#segmentStart(segment);
    if (previousBytes !== ended.offset || !equalBytes(position.head.hash, ended.head.hash)) {
      throw new LogDamageError(
        { file: segmentName(segment), offset: 0 },
        'the segment does not chain to the one before',
      );
    }
    return position;
  }

  async #segmentStart(segment: number): Promise<{ readonly position: WalkPosition; readonly previousBytes: number }> {
    const file = await this.#openSegment(segment);
    try {
      const header = await readSegmentHeader(file, segment);
      if (!equalBytes(header.logId, this.#source.logId)) {
        throw new LogDamageError({ file: segmentName(segment), offset: 0 }, 'the segment is of another log');
      }
      const head: LogHead = { lastSequence: segment - 1, hash: header.previousHash };
      return { position: { segment, offset: SEGMENT_HEADER_BYTES, head }, previousBytes: header.previousBytes };
    } finally {
      await file.close();
    }
  }

  async #openSegment(segment: number): Promise<OpenFile> {
    const { fileSystem, path } = this.#source.folder;
    const file = await openIfExists(fileSystem, join(path, segmentName(segment)));
    if (file === undefined) {
      throw new LogDamageError({ file: segmentName(segment), offset: 0 }, 'a segment with durable blocks is missing');
    }
    return file;
  }
}

/** A reader of a log that another thread or process writes. */
export interface TailingReader extends LogReader {
  /** The snapshots beside the log. The writer may replace one at any time: `load` of one that is gone fails. */
  readonly snapshots: Pick<SnapshotStore, 'list'>;
  /** Frees what it holds. Idempotent. Reads must have ended. */
  close(): Promise<void>;
}

/**
 * Opens the log in `folder` for reading, while another thread or process may append to it. Every `read` goes up to the last block that the
 * writer has made durable, as its `head` file says.
 *
 * @throws LogDamageError when the `head` file is damaged; an error with code `ENOENT` when the folder holds no log.
 */
export async function openReader(folder: Folder): Promise<TailingReader> {
  const headFile = await folder.fileSystem.open(join(folder.path, HEAD_FILE), 'read');
  const readMarker = async () => {
    const stored = await readHeadMarker(headFile);
    if (stored === undefined) throw headDamage();
    return stored.marker;
  };
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await headFile.close();
  };
  try {
    const { logId } = await readMarker();
    const durableSequence = async () => (await readMarker()).lastSequence;
    const reader = new FileLogReader({ folder, logId, durableSequence });
    const snapshotFolder = { ...folder, path: join(folder.path, SNAPSHOT_FOLDER) };
    const snapshots = new FileSnapshotStore(snapshotFolder, { logId, durableSequence: () => 0 });
    return { read: (afterSequence, options) => reader.read(afterSequence, options), snapshots, close };
  } catch (error) {
    await close();
    throw error;
  }
}
