import { join } from 'node:path';
import { LogDamageError, LogFormatError } from '../errors.ts';
import { HASH_BYTES } from '../port.ts';
import { crc32c } from './crc32c.ts';
import { type OpenFile, readFully, writeFullyNow } from './file-system.ts';
import { type Folder, placeFile } from './place-file.ts';
import { LOG_ID_BYTES } from './segment-header.ts';

/*
 * The file `head` says how far the log is known to be durable. It is written after a block's sync and before its acknowledgement, but not
 * synced by itself: it survives the end of the process always, and a power cut when the system had written it out. It may so be behind the
 * log, never ahead of it. Two slots, each one sector, are written in turn, so that one is always whole. A slot, integers little-endian:
 *   0 magic "OVHEAD" and two zeros | 8 format version u32 | 12 CRC of all other bytes | 16 log id, 16 bytes | 32 generation u64 |
 *   40 last sequence u64 | 48 first sequence of the newest segment u64, 0 for none | 56 flags u32, 1: closed cleanly | 60 zero |
 *   64 hash of the last block | 96 zeros up to 511
 */

export const HEAD_FILE = 'head';
const SLOT_BYTES = 512;
const SLOTS = 2;
const MAGIC = new TextEncoder().encode('OVHEAD\0\0');
const FORMAT_VERSION = 1;
const FLAG_CLEAN = 1;
/** A reader in another process can meet a slot half written; by then the other one is whole, unless the reader was held up meanwhile. */
const READ_ATTEMPTS = 5;

/** What the `head` file says. */
export interface HeadMarker {
  readonly logId: Uint8Array;
  /** Every record up to this one is durable. */
  readonly lastSequence: number;
  /** Hash of the block that ends there. */
  readonly hash: Uint8Array;
  /** The newest segment whose name is durable; 0 when there is none. */
  readonly newestSegment: number;
  /** Whether the log was closed, so that nothing can follow `lastSequence`. */
  readonly closedCleanly: boolean;
}

/** A marker as it was found in the file. */
export interface StoredMarker {
  readonly marker: HeadMarker;
  /** Counts the markers written; the next one goes to the slot that this one is not in. */
  readonly generation: number;
}

function checksum(slot: Uint8Array): number {
  return crc32c(slot.subarray(16), crc32c(slot.subarray(0, 12)));
}

function encodeSlot(marker: HeadMarker, generation: number): Uint8Array {
  const slot = new Uint8Array(SLOT_BYTES);
  const view = new DataView(slot.buffer);
  slot.set(MAGIC, 0);
  view.setUint32(8, FORMAT_VERSION, true);
  slot.set(marker.logId, 16);
  view.setBigUint64(32, BigInt(generation), true);
  view.setBigUint64(40, BigInt(marker.lastSequence), true);
  view.setBigUint64(48, BigInt(marker.newestSegment), true);
  view.setUint32(56, marker.closedCleanly ? FLAG_CLEAN : 0, true);
  slot.set(marker.hash, 64);
  view.setUint32(12, checksum(slot), true);
  return slot;
}

function decodeSlot(slot: Uint8Array): StoredMarker | undefined {
  const view = new DataView(slot.buffer, slot.byteOffset, slot.byteLength);
  if (!MAGIC.every((byte, i) => slot[i] === byte) || view.getUint32(12, true) !== checksum(slot)) return undefined;
  const version = view.getUint32(8, true);
  if (version !== FORMAT_VERSION) throw new LogFormatError(HEAD_FILE, version);
  return {
    generation: Number(view.getBigUint64(32, true)),
    marker: {
      logId: slot.slice(16, 16 + LOG_ID_BYTES),
      lastSequence: Number(view.getBigUint64(40, true)),
      newestSegment: Number(view.getBigUint64(48, true)),
      closedCleanly: (view.getUint32(56, true) & FLAG_CLEAN) !== 0,
      hash: slot.slice(64, 64 + HASH_BYTES),
    },
  };
}

/** The newest whole slot of the file, or undefined when there is none. */
export async function readHeadMarker(file: OpenFile): Promise<StoredMarker | undefined> {
  for (let attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
    const bytes = new Uint8Array(SLOTS * SLOT_BYTES);
    const length = await readFully(file, bytes, 0);
    if (length < bytes.length) return undefined;
    const first = decodeSlot(bytes.subarray(0, SLOT_BYTES));
    const second = decodeSlot(bytes.subarray(SLOT_BYTES));
    const newest =
      second === undefined || (first !== undefined && first.generation > second.generation) ? first : second;
    if (newest !== undefined) return newest;
  }
  return undefined;
}

/** The damage of a `head` file without a whole slot. */
export function headDamage(): LogDamageError {
  return new LogDamageError({ file: HEAD_FILE, offset: 0 }, 'neither slot passes its checksum');
}

/** Creates or replaces the `head` file durably, both slots saying the same. */
export async function placeHeadMarker(folder: Folder, marker: HeadMarker): Promise<StoredMarker> {
  const bytes = new Uint8Array(SLOTS * SLOT_BYTES);
  for (let slot = 0; slot < SLOTS; slot++) bytes.set(encodeSlot(marker, slot), slot * SLOT_BYTES);
  await placeFile(folder, HEAD_FILE, bytes);
  return { marker, generation: SLOTS - 1 };
}

/** The open log's `head` file. It is only ever written in place, so that readers may keep it open. */
export class HeadMarkerFile {
  readonly #file: OpenFile;
  #nextGeneration: number;

  private constructor(file: OpenFile, nextGeneration: number) {
    this.#file = file;
    this.#nextGeneration = nextGeneration;
  }

  /** Opens the file, whose newest marker is of `generation`. */
  static async open(folder: Folder, generation: number): Promise<HeadMarkerFile> {
    return new HeadMarkerFile(await folder.fileSystem.open(join(folder.path, HEAD_FILE), 'update'), generation + 1);
  }

  /** Overwrites the older slot before it returns. The system keeps the sector in memory, so that is a matter of microseconds. */
  write(marker: HeadMarker): void {
    const generation = this.#nextGeneration++;
    writeFullyNow(this.#file, encodeSlot(marker, generation), (generation % SLOTS) * SLOT_BYTES);
  }

  /** Overwrites both slots, one durable before the other is touched, so that damage to either one loses nothing. */
  async writeDurably(marker: HeadMarker): Promise<void> {
    for (let slot = 0; slot < SLOTS; slot++) {
      this.write(marker);
      await this.#file.datasync();
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
