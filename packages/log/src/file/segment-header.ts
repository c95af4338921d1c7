import { LogDamageError, LogFormatError } from '../errors.ts';
import { HASH_BYTES } from '../port.ts';
import { crc32c } from './crc32c.ts';
import { type OpenFile, readFully } from './file-system.ts';

/*
 * Head of a segment file, integers little-endian:
 *   0 magic "OVLOGSEG" | 8 format version u32 | 12 CRC of all other bytes | 16 log id, 16 bytes | 32 first sequence u64 |
 *   40 first sequence of the segment before, 0 for none | 48 its size in bytes u64 | 56 zero | 64 hash of the block before | 96 zero
 * The link to the segment before shows a missing, shortened or foreign file without reading the blocks.
 */

export const SEGMENT_HEADER_BYTES = 128;
export const LOG_ID_BYTES = 16;
const MAGIC = new TextEncoder().encode('OVLOGSEG');
const FORMAT_VERSION = 1;
const NAME = /^(\d{20})\.log$/;

export interface SegmentHeader {
  readonly logId: Uint8Array;
  readonly firstSequence: number;
  /** 0 when this is the first segment. */
  readonly previousFirstSequence: number;
  /** Size of the segment before, in bytes. */
  readonly previousBytes: number;
  /** Hash of the last block before this segment. */
  readonly previousHash: Uint8Array;
}

/** File name of the segment that begins at `firstSequence`. */
export function segmentName(firstSequence: number): string {
  return `${firstSequence.toString().padStart(20, '0')}.log`;
}

/** First sequences of the segments among `names`, ascending. */
export function segmentsAmong(names: readonly string[]): number[] {
  const found: number[] = [];
  for (const name of names) {
    const digits = NAME.exec(name)?.[1];
    if (digits !== undefined) found.push(Number(digits));
  }
  return found.sort((a, b) => a - b);
}

/** The CRC with which all frames of a log are seeded. */
export function frameSeed(logId: Uint8Array): number {
  return crc32c(logId);
}

function checksum(bytes: Uint8Array): number {
  return crc32c(bytes.subarray(16, SEGMENT_HEADER_BYTES), crc32c(bytes.subarray(0, 12)));
}

export function encodeSegmentHeader(header: SegmentHeader): Uint8Array {
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC, 0);
  view.setUint32(8, FORMAT_VERSION, true);
  bytes.set(header.logId, 16);
  view.setBigUint64(32, BigInt(header.firstSequence), true);
  view.setBigUint64(40, BigInt(header.previousFirstSequence), true);
  view.setBigUint64(48, BigInt(header.previousBytes), true);
  bytes.set(header.previousHash, 64);
  view.setUint32(12, checksum(bytes), true);
  return bytes;
}

/**
 * Reads and checks the header of the segment named for `firstSequence`.
 *
 * @throws LogDamageError when it is not intact or belongs under another name; LogFormatError when its version is unknown.
 */
export async function readSegmentHeader(file: OpenFile, firstSequence: number): Promise<SegmentHeader> {
  const name = segmentName(firstSequence);
  const place = { file: name, offset: 0 };
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES);
  if ((await readFully(file, bytes, 0)) < SEGMENT_HEADER_BYTES) {
    throw new LogDamageError(place, 'the segment header is incomplete');
  }
  const view = new DataView(bytes.buffer);
  const isIntact = MAGIC.every((byte, i) => bytes[i] === byte) && view.getUint32(12, true) === checksum(bytes);
  if (!isIntact) throw new LogDamageError(place, 'the segment header fails its checksum');
  const version = view.getUint32(8, true);
  if (version !== FORMAT_VERSION) throw new LogFormatError(name, version);
  const header: SegmentHeader = {
    logId: bytes.slice(16, 16 + LOG_ID_BYTES),
    firstSequence: Number(view.getBigUint64(32, true)),
    previousFirstSequence: Number(view.getBigUint64(40, true)),
    previousBytes: Number(view.getBigUint64(48, true)),
    previousHash: bytes.slice(64, 64 + HASH_BYTES),
  };
  if (header.firstSequence !== firstSequence) {
    throw new LogDamageError(place, `the segment header is of the segment at sequence ${header.firstSequence}`);
  }
  return header;
}
