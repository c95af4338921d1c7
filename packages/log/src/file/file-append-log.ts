import assert from 'node:assert';
import { join } from 'node:path';
import { assertBlock, headAfter } from '../block-hash.ts';
import { LogConflictError, LogFailedError, LogFullError } from '../errors.ts';
import type { AppendLog, Block, LogHead } from '../port.ts';
import { errorCode, type OpenFile, writeFully } from './file-system.ts';
import { encodeFrame } from './frame.ts';
import type { HeadMarker, HeadMarkerFile } from './head-marker.ts';
import { type Folder, placeFile } from './place-file.ts';
import { encodeSegmentHeader, frameSeed, SEGMENT_HEADER_BYTES, segmentName } from './segment-header.ts';
import type { WalkPosition } from './segment-walk.ts';
import { RESERVE_BYTES } from './torn-tail.ts';

/** What an append log is opened with. */
export interface AppendLogStart {
  readonly folder: Folder;
  readonly logId: Uint8Array;
  readonly markerFile: HeadMarkerFile;
  /** A segment that has reached this size is followed by a new one. */
  readonly segmentBytes: number;
  /** The durable end; its segment's name is durable too. */
  readonly end: WalkPosition;
}

/** The writer of the segment files. */
export class FileAppendLog implements AppendLog {
  readonly #start: AppendLogStart;
  readonly #seed: number;
  #file: OpenFile;
  #segment: number;
  /** Where the last block ends. */
  #bytes: number;
  /** Size of the file, at least that. Beyond the last block it holds zeros. */
  #size: number;
  #head: LogHead;
  #inFlight: Promise<void> | undefined;
  #failure: LogFailedError | undefined;
  #closed: Promise<void> | undefined;

  private constructor(start: AppendLogStart, file: OpenFile) {
    this.#start = start;
    this.#seed = frameSeed(start.logId);
    this.#file = file;
    this.#segment = start.end.segment;
    this.#bytes = start.end.offset;
    this.#size = start.end.offset;
    this.#head = start.end.head;
  }

  static async open(start: AppendLogStart): Promise<FileAppendLog> {
    return new FileAppendLog(start, await openSegment(start.folder, start.end.segment));
  }

  get head(): LogHead {
    return this.#head;
  }

  async append(block: Block): Promise<LogHead> {
    assert(this.#closed === undefined, 'the log is closed');
    assert(this.#inFlight === undefined, 'an append is in flight');
    assertBlock(block);
    if (this.#failure !== undefined) throw new LogFailedError('the log has failed before', this.#failure);
    const expected = this.#head.lastSequence + 1;
    if (block.firstSequence !== expected) throw new LogConflictError(expected, block.firstSequence);
    const frame = encodeFrame(block, { previousHash: this.#head.hash, seed: this.#seed });
    const head = headAfter(this.#head, block);
    this.#inFlight = this.#write(frame, head);
    try {
      await this.#inFlight;
    } catch (error) {
      this.#failure = failureFrom(error);
      throw this.#failure;
    } finally {
      this.#inFlight = undefined;
    }
    this.#head = head;
    return head;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /**
   * One call of the system makes the block durable, and nothing is waited for after it: where the thread has much to do, every further call
   * would wait for a turn of the event loop.
   */
  async #write(frame: Uint8Array, head: LogHead): Promise<void> {
    const isEmpty = this.#bytes === SEGMENT_HEADER_BYTES;
    if (!isEmpty && this.#bytes + frame.length > this.#start.segmentBytes) await this.#roll();
    const written = this.#withReserve(frame);
    await writeFully(this.#file, written, this.#bytes);
    this.#size = Math.max(this.#size, this.#bytes + written.length);
    this.#bytes += frame.length;
    this.#start.markerFile.write(this.#marker(head));
  }

  #withReserve(frame: Uint8Array): Uint8Array {
    const end = this.#bytes + frame.length;
    if (end <= this.#size) return frame;
    const size = Math.min(Math.ceil(end / RESERVE_BYTES) * RESERVE_BYTES, this.#start.segmentBytes);
    if (size <= end) return frame;
    const written = new Uint8Array(size - this.#bytes);
    written.set(frame);
    return written;
  }

  /** Takes the reserve off the end, durably. */
  async #trim(): Promise<void> {
    if (this.#size === this.#bytes) return;
    await this.#file.truncate(this.#bytes);
    await this.#file.sync();
    this.#size = this.#bytes;
  }

  /** Starts a new segment. Its name is durable, and known to be, before anything is written to it. */
  async #roll(): Promise<void> {
    const { folder, logId, markerFile } = this.#start;
    await this.#trim();
    const segment = this.#head.lastSequence + 1;
    const header = encodeSegmentHeader({
      logId,
      firstSequence: segment,
      previousFirstSequence: this.#segment,
      previousBytes: this.#bytes,
      previousHash: this.#head.hash,
    });
    await placeFile(folder, segmentName(segment), header);
    const next = await openSegment(folder, segment);
    const previous = this.#file;
    this.#file = next;
    this.#segment = segment;
    this.#bytes = header.length;
    this.#size = header.length;
    await previous.close();
    await markerFile.writeDurably(this.#marker(this.#head));
  }

  #marker(head: LogHead, closedCleanly = false): HeadMarker {
    const { lastSequence, hash } = head;
    return { logId: this.#start.logId, lastSequence, hash, newestSegment: this.#segment, closedCleanly };
  }

  async #close(): Promise<void> {
    if (this.#inFlight !== undefined) await Promise.allSettled([this.#inFlight]);
    const { markerFile } = this.#start;
    try {
      if (this.#failure === undefined) {
        await this.#trim();
        await markerFile.writeDurably(this.#marker(this.#head, true));
      }
    } finally {
      await this.#file.close();
      await markerFile.close();
    }
  }
}

/** What a write to it has returned is durable. */
function openSegment({ fileSystem, path }: Folder, segment: number): Promise<OpenFile> {
  return fileSystem.open(join(path, segmentName(segment)), 'durable');
}

function failureFrom(error: unknown): LogFailedError {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new LogFullError('the storage is out of space', error);
  return new LogFailedError('a write or sync of the log failed', error);
}
