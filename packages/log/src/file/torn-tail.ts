import { SECTOR_BYTES } from './file-system.ts';
import {
  decodeFrameHeader,
  FRAME_HEADER_BYTES,
  FRAME_MAGIC,
  frameBytes,
  isBodyIntact,
  MAX_FRAME_BYTES,
} from './frame.ts';

/**
 * A block that does not fit into its file brings zeros with it, up to the next multiple of this, in bytes. The blocks after it overwrite
 * them: the size of the file stays as it is, so the file system has nothing of its own to make durable with them.
 */
export const RESERVE_BYTES = 256 * 1024;
/** What one write adds at the most, in bytes. */
export const LONGEST_TAIL_BYTES = MAX_FRAME_BYTES + RESERVE_BYTES;

/** The bytes of the last segment from the first block that is not intact to the end of the file. */
export interface BadTail {
  readonly bytes: Uint8Array;
  /** Where they begin in the file. */
  readonly offset: number;
  /** The CRC of the log's id. */
  readonly seed: number;
}

/** What the bytes of a bad tail show: a write that was cut off, or `reason` why they can't be that. */
export type TailVerdict = { readonly isTorn: true } | { readonly isTorn: false; readonly reason: string };

const TORN: TailVerdict = { isTorn: true };
const damaged = (reason: string): TailVerdict => ({ isTorn: false, reason });

/**
 * Tells a write that a crash cut off from damage to a block that was written whole.
 *
 * Blocks are written one at a time and each is synced before the next, to a file that ends where its last block ends or goes on with zeros,
 * the reserve. So a write that was cut off is the last thing but zeros in the file, and every sector of it is either as written or missing:
 * beyond the end of the file, or zeros; the last one may have been written in part. Whatever is otherwise has been changed after it was
 * written. A flip inside a block that also holds a whole sector of zeros by its content looks the same as a torn one; callers must first
 * rule out that the block is known to be durable.
 */
export function judgeTail(found: BadTail): TailVerdict {
  if (found.bytes.length > LONGEST_TAIL_BYTES) return damaged('more bytes follow than one write can add');
  const tail = { ...found, bytes: withoutReserve(found.bytes) };
  const { bytes, seed } = tail;
  const header = bytes.length < FRAME_HEADER_BYTES ? undefined : decodeFrameHeader(bytes, seed);
  if (header !== undefined) {
    const length = frameBytes(header);
    if (bytes.length > length) return damaged('the block is followed by more bytes, so it was durable');
    if (bytes.length < length) return TORN;
    if (isBodyIntact(header, bytes.subarray(FRAME_HEADER_BYTES), seed))
      return damaged('the block is intact but out of place');
    return hasMissingSector(tail) ? TORN : damaged('the block was written whole and fails its checksum');
  }
  if (bytes.length > MAX_FRAME_BYTES) return damaged('more bytes follow than one block can have');
  if (findFrame(tail) !== undefined) return damaged('the block header is damaged and an intact block follows');
  if (bytes.length < FRAME_HEADER_BYTES || hasMissingSector(tail)) return TORN;
  return damaged('the block header was written whole and fails its checksum');
}

/** The bytes up to the last that is not zero. No block ends with a zero. */
export function withoutReserve(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

/** Whether any sector, as far as it is in the tail, is all zeros. */
function hasMissingSector({ bytes, offset }: BadTail): boolean {
  let start = 0;
  while (start < bytes.length) {
    const end = Math.min(bytes.length, start + SECTOR_BYTES - ((offset + start) % SECTOR_BYTES));
    let isZero = true;
    for (let i = start; i < end && isZero; i++) isZero = bytes[i] === 0;
    if (isZero) return true;
    start = end;
  }
  return false;
}

/** Position of an intact block header after the first byte. */
function findFrame({ bytes, seed }: BadTail): number | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = buffer.indexOf(FRAME_MAGIC, 1); at !== -1; at = buffer.indexOf(FRAME_MAGIC, at + 1)) {
    if (at + FRAME_HEADER_BYTES > bytes.length) return undefined;
    if (decodeFrameHeader(bytes.subarray(at), seed) !== undefined) return at;
  }
  return undefined;
}
