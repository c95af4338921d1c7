import { join } from 'node:path';
import { LogDamageError } from '../errors.ts';
import type { LogHead } from '../port.ts';
import { type OpenFile, readFully, writeFully } from './file-system.ts';
import type { HeadMarker } from './head-marker.ts';
import type { Folder } from './place-file.ts';
import {
  frameSeed,
  readSegmentHeader,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
  segmentName,
  segmentsAmong,
} from './segment-header.ts';
import { equalBytes, SegmentWalk, type WalkPosition } from './segment-walk.ts';
import { judgeTail, LONGEST_TAIL_BYTES, withoutReserve } from './torn-tail.ts';

/** A segment file whose header is intact. */
export interface Segment {
  readonly header: SegmentHeader;
  /** Size of the file. */
  readonly bytes: number;
}

/** The segments of the log in order, their headers checked and chained: none is missing, shortened or foreign. */
export async function readSegments(folder: Folder): Promise<readonly Segment[]> {
  const { fileSystem, path } = folder;
  const segments: Segment[] = [];
  for (const first of segmentsAmong(await fileSystem.list(path))) {
    const file = await fileSystem.open(join(path, segmentName(first)), 'read');
    try {
      const segment = { header: await readSegmentHeader(file, first), bytes: await file.size() };
      assertFollows(segment.header, segments.at(-1));
      segments.push(segment);
    } finally {
      await file.close();
    }
  }
  return segments;
}

function assertFollows(header: SegmentHeader, previous: Segment | undefined): void {
  const place = { file: segmentName(header.firstSequence), offset: 0 };
  const expected = previous?.header.firstSequence ?? 0;
  if (header.previousFirstSequence !== expected) {
    const missing = segmentName(header.previousFirstSequence);
    throw new LogDamageError(place, `the segment before it, ${missing}, is missing`);
  }
  if (previous === undefined) {
    if (header.firstSequence !== 1) throw new LogDamageError(place, 'the first segment does not begin at sequence 1');
    return;
  }
  if (!equalBytes(header.logId, previous.header.logId))
    throw new LogDamageError(place, 'the segment is of another log');
  if (header.previousBytes !== previous.bytes) {
    const end = { file: segmentName(expected), offset: Math.min(previous.bytes, header.previousBytes) };
    throw new LogDamageError(end, `the segment has ${previous.bytes} bytes, not ${header.previousBytes}`);
  }
}

/** What recovery is told. */
export interface RecoveryInput {
  readonly folder: Folder;
  /** At least one. */
  readonly segments: readonly Segment[];
  readonly marker: HeadMarker;
  /** Every record up to this one is known to be durable, by the marker or otherwise. */
  readonly durableFloor: number;
  /** The segments before the one that holds this record are checked by their headers only. */
  readonly verifyFromSequence: number;
}

/** What recovery found. */
export interface RecoveredEnd {
  readonly end: WalkPosition;
  readonly cutBytes: number;
  readonly verifiedBlocks: number;
  readonly verifiedBytes: number;
}

/** Verifies the blocks, cuts a torn tail and makes what is kept durable. */
export async function recoverBlocks(input: RecoveryInput): Promise<RecoveredEnd> {
  const { segments, verifyFromSequence } = input;
  const holding = segments.findLastIndex((segment) => segment.header.firstSequence <= Math.max(1, verifyFromSequence));
  const found = new Verification(input);
  for (const segment of segments.slice(holding)) await found.verifySegment(segment, segment === segments.at(-1));
  return found.result();
}

class Verification {
  readonly #input: RecoveryInput;
  readonly #seed: number;
  #end: WalkPosition | undefined;
  #hasMetMarker = false;
  /** Whether something follows the last intact block. */
  #hasTail = false;
  #cutBytes = 0;
  #blocks = 0;
  #bytes = 0;

  constructor(input: RecoveryInput) {
    this.#input = input;
    this.#seed = frameSeed(input.marker.logId);
  }

  result(): RecoveredEnd {
    const end = this.#end!;
    const { durableFloor } = this.#input;
    const place = { file: segmentName(end.segment), offset: end.offset };
    if (end.head.lastSequence < durableFloor) {
      const reason = `the log ends at sequence ${end.head.lastSequence}, but was durable up to ${durableFloor}`;
      throw new LogDamageError(place, reason);
    }
    return { end, cutBytes: this.#cutBytes, verifiedBlocks: this.#blocks, verifiedBytes: this.#bytes };
  }

  async verifySegment({ header }: Segment, isLast: boolean): Promise<void> {
    const { fileSystem, path } = this.#input.folder;
    const segment = header.firstSequence;
    const file = await fileSystem.open(join(path, segmentName(segment)), isLast ? 'update' : 'read');
    try {
      const head: LogHead = { lastSequence: segment - 1, hash: header.previousHash };
      if (this.#end !== undefined && !sameHead(this.#end.head, head)) {
        throw new LogDamageError(
          { file: segmentName(segment), offset: 0 },
          'the segment does not chain to the one before',
        );
      }
      const walk = new SegmentWalk(file, { segment, offset: SEGMENT_HEADER_BYTES, head }, this.#seed);
      const lastFrameOffset = await this.#walkToEnd(walk, file, isLast);
      this.#end = walk.position;
      this.#bytes += walk.position.offset;
      if (isLast) await this.#makeDurable(file, lastFrameOffset);
    } finally {
      await file.close();
    }
  }

  /** Returns where the last block begins. */
  async #walkToEnd(walk: SegmentWalk, file: OpenFile, isLast: boolean): Promise<number> {
    let lastFrameOffset = walk.position.offset;
    for (;;) {
      this.#checkMarker(walk);
      const offset = walk.position.offset;
      const step = await walk.next();
      if (step.kind === 'end') return lastFrameOffset;
      if (step.kind === 'bad') {
        if (!isLast || step.isIntactFrame) throw walk.damage(step);
        await this.#cutTail(walk, file, step);
        return lastFrameOffset;
      }
      lastFrameOffset = offset;
      this.#blocks++;
    }
  }

  /** The marker names a place between two blocks, the hash there, and, when the log was closed, its end. */
  #checkMarker(walk: SegmentWalk): void {
    const { marker } = this.#input;
    const { head, offset } = walk.position;
    if (head.lastSequence === marker.lastSequence) {
      this.#hasMetMarker = true;
      if (!equalBytes(head.hash, marker.hash)) {
        throw walk.damage({ offset, reason: 'the block before is not the one the head file names' });
      }
    }
    // What was not verified from its start may have passed the marker's place before.
    if (this.#blocks === 0 && head.lastSequence > marker.lastSequence) this.#hasMetMarker = true;
    if (head.lastSequence > marker.lastSequence && !this.#hasMetMarker) {
      throw walk.damage({ offset, reason: `no block ends at ${marker.lastSequence}, where the head file names one` });
    }
    if (marker.closedCleanly && head.lastSequence > marker.lastSequence) {
      throw walk.damage({
        offset,
        reason: `a block follows the end at ${marker.lastSequence}, where the log was closed`,
      });
    }
  }

  async #cutTail(
    walk: SegmentWalk,
    file: OpenFile,
    bad: { readonly offset: number; readonly reason: string },
  ): Promise<void> {
    const { marker, durableFloor } = this.#input;
    if (walk.position.head.lastSequence < durableFloor) throw walk.damage(bad);
    if (marker.closedCleanly) throw walk.damage({ ...bad, reason: 'bytes follow the end, where the log was closed' });
    const size = await file.size();
    // One byte beyond the longest is enough to judge, whatever the file's size.
    const bytes = new Uint8Array(Math.min(size - bad.offset, LONGEST_TAIL_BYTES + 1));
    await readFully(file, bytes, bad.offset);
    const verdict = judgeTail({ bytes, offset: bad.offset, seed: this.#seed });
    if (!verdict.isTorn) throw walk.damage({ ...bad, reason: verdict.reason });
    this.#hasTail = true;
    this.#cutBytes = withoutReserve(bytes).length;
  }

  /**
   * Makes the end durable that the log is about to be opened with. A block after the marker was perhaps never synced, and after a failed
   * sync the system may hold its pages as clean although they are not on the disk: it is written once more before it is synced.
   */
  async #makeDurable(file: OpenFile, lastFrameOffset: number): Promise<void> {
    const { head, offset } = this.#end!;
    if (head.lastSequence < this.#input.durableFloor) return;
    if (this.#hasTail) await file.truncate(offset);
    if (head.lastSequence > this.#input.marker.lastSequence) {
      const frame = new Uint8Array(offset - lastFrameOffset);
      await readFully(file, frame, lastFrameOffset);
      await writeFully(file, frame, lastFrameOffset);
    }
    await file.sync();
  }
}

function sameHead(a: LogHead, b: LogHead): boolean {
  return a.lastSequence === b.lastSequence && equalBytes(a.hash, b.hash);
}
