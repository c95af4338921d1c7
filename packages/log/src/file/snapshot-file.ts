import { createHash } from 'node:crypto';
import { SnapshotDamageError } from '../errors.ts';
import { HASH_BYTES } from '../port.ts';
import { crc32c } from './crc32c.ts';
import { IO_SLICE_BYTES, type OpenFile, readFully, writeFully } from './file-system.ts';
import { LOG_ID_BYTES } from './segment-header.ts';

/*
 * Head of a snapshot file, integers little-endian, followed by the snapshot's bytes to the end of the file:
 *   0 magic "OVSNAPSH" | 8 format version u32 | 12 CRC of all other bytes of the header | 16 log id, 16 bytes | 32 sequence u64 |
 *   40 length u64 | 48 flags u32, 1: a state hash is given | 52 zero | 64 SHA-256 of the bytes | 96 state hash
 */

export const SNAPSHOT_HEADER_BYTES = 128;
const MAGIC = new TextEncoder().encode('OVSNAPSH');
const FORMAT_VERSION = 1;
const FLAG_STATE_HASH = 1;
const NAME = /^(\d{20})\.snapshot$/;

export interface SnapshotHeader {
  readonly logId: Uint8Array;
  readonly sequence: number;
  readonly byteLength: number;
  readonly contentHash: Uint8Array;
  readonly stateHash: Uint8Array | undefined;
}

/** File name of the snapshot at `sequence`. */
export function snapshotName(sequence: number): string {
  return `${sequence.toString().padStart(20, '0')}.snapshot`;
}

/** Sequences of the snapshots among `names`, descending. */
export function snapshotsAmong(names: readonly string[]): number[] {
  const found: number[] = [];
  for (const name of names) {
    const digits = NAME.exec(name)?.[1];
    if (digits !== undefined) found.push(Number(digits));
  }
  return found.sort((a, b) => b - a);
}

function checksum(bytes: Uint8Array): number {
  return crc32c(bytes.subarray(16, SNAPSHOT_HEADER_BYTES), crc32c(bytes.subarray(0, 12)));
}

function encodeHeader(header: SnapshotHeader): Uint8Array {
  const bytes = new Uint8Array(SNAPSHOT_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC, 0);
  view.setUint32(8, FORMAT_VERSION, true);
  bytes.set(header.logId, 16);
  view.setBigUint64(32, BigInt(header.sequence), true);
  view.setBigUint64(40, BigInt(header.byteLength), true);
  view.setUint32(48, header.stateHash === undefined ? 0 : FLAG_STATE_HASH, true);
  bytes.set(header.contentHash, 64);
  if (header.stateHash !== undefined) bytes.set(header.stateHash, 96);
  view.setUint32(12, checksum(bytes), true);
  return bytes;
}

/** Reads the header of the snapshot named for `sequence`; a text says why it can't be used. */
export async function readSnapshotHeader(file: OpenFile, sequence: number): Promise<SnapshotHeader | string> {
  const bytes = new Uint8Array(SNAPSHOT_HEADER_BYTES);
  if ((await readFully(file, bytes, 0)) < SNAPSHOT_HEADER_BYTES) return 'the header is incomplete';
  const view = new DataView(bytes.buffer);
  const isIntact = MAGIC.every((byte, i) => bytes[i] === byte) && view.getUint32(12, true) === checksum(bytes);
  if (!isIntact) return 'the header fails its checksum';
  const version = view.getUint32(8, true);
  if (version !== FORMAT_VERSION) return `format version ${version} is unknown`;
  const stored = Number(view.getBigUint64(32, true));
  if (stored !== sequence) return `the header is of the snapshot at sequence ${stored}`;
  return {
    logId: bytes.slice(16, 16 + LOG_ID_BYTES),
    sequence,
    byteLength: Number(view.getBigUint64(40, true)),
    contentHash: bytes.slice(64, 64 + HASH_BYTES),
    stateHash: view.getUint32(48, true) & FLAG_STATE_HASH ? bytes.slice(96, 96 + HASH_BYTES) : undefined,
  };
}

/** A snapshot's content and what its header is to say of it. */
export interface SnapshotContent {
  readonly logId: Uint8Array;
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly stateHash: Uint8Array | undefined;
}

/** Writes the whole file. Hashes slice by slice between the writes, so that a large snapshot does not hold up everything else at once. */
export async function writeSnapshotFile(file: OpenFile, content: SnapshotContent): Promise<void> {
  const { bytes } = content;
  const hash = createHash('sha256');
  for (let from = 0; from < bytes.length; from += IO_SLICE_BYTES) {
    const slice = bytes.subarray(from, from + IO_SLICE_BYTES);
    hash.update(slice);
    await writeFully(file, slice, SNAPSHOT_HEADER_BYTES + from);
  }
  const { logId, sequence, stateHash } = content;
  const header = { logId, sequence, byteLength: bytes.length, contentHash: hash.digest(), stateHash };
  await writeFully(file, encodeHeader(header), 0);
}

/** Reads and verifies the bytes that follow `header`; `name` is the file's, for the error. */
export async function readSnapshotBytes(file: OpenFile, header: SnapshotHeader, name: string): Promise<Uint8Array> {
  if ((await file.size()) !== SNAPSHOT_HEADER_BYTES + header.byteLength) {
    throw new SnapshotDamageError(name, 'the file has another length than its header says');
  }
  const bytes = new Uint8Array(header.byteLength);
  const hash = createHash('sha256');
  for (let from = 0; from < bytes.length; from += IO_SLICE_BYTES) {
    const slice = bytes.subarray(from, from + IO_SLICE_BYTES);
    const read = await readFully(file, slice, SNAPSHOT_HEADER_BYTES + from);
    if (read < slice.length) throw new SnapshotDamageError(name, 'the file is shorter than it was');
    hash.update(slice);
  }
  if (Buffer.compare(hash.digest(), header.contentHash) !== 0) {
    throw new SnapshotDamageError(name, 'the content fails its hash');
  }
  return bytes;
}
