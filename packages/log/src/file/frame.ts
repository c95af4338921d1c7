import { type Block, HASH_BYTES, MAX_PAYLOAD_BYTES } from '../port.ts';
import { crc32c } from './crc32c.ts';

/*
 * Frame of one block, integers little-endian:
 *   0 magic "OVBK" | 4 CRC of bytes 8..63 | 8 payload length u32 | 12 CRC of the payload | 16 first sequence u64 | 24 count u32 |
 *   28 zero u32 | 32 hash of the previous block | 64 payload | end mark "KBVO"
 * The header has a CRC of its own, so that a wrong length is known for what it is and never taken for a frame cut short. Both CRCs are
 * seeded with the log's random id: neither another log's frame nor a payload that imitates one passes. Magic and end mark are non-zero,
 * so that the first and last sector of a written frame never look like sectors that were not written.
 */

export const FRAME_HEADER_BYTES = 64;
export const FRAME_MAGIC: Uint8Array = new Uint8Array([0x4f, 0x56, 0x42, 0x4b]);
const END_MARK: Uint8Array = new Uint8Array([0x4b, 0x42, 0x56, 0x4f]);

/** Bytes of a frame besides the payload. */
export const FRAME_OVERHEAD_BYTES = FRAME_HEADER_BYTES + END_MARK.length;
/** Largest frame the format allows, in bytes. */
export const MAX_FRAME_BYTES = FRAME_OVERHEAD_BYTES + MAX_PAYLOAD_BYTES;

/** A header whose own CRC is right. */
export interface FrameHeader {
  readonly payloadBytes: number;
  readonly payloadCrc: number;
  readonly firstSequence: number;
  readonly count: number;
  readonly previousHash: Uint8Array;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The whole frame of `block`. `seed` is the CRC of the log's id. */
export function encodeFrame(
  block: Block,
  link: { readonly previousHash: Uint8Array; readonly seed: number },
): Uint8Array {
  const frame = new Uint8Array(FRAME_OVERHEAD_BYTES + block.payload.length);
  const view = viewOf(frame);
  frame.set(FRAME_MAGIC, 0);
  view.setUint32(8, block.payload.length, true);
  view.setUint32(12, crc32c(block.payload, link.seed), true);
  view.setBigUint64(16, BigInt(block.firstSequence), true);
  view.setUint32(24, block.count, true);
  frame.set(link.previousHash, 32);
  frame.set(block.payload, FRAME_HEADER_BYTES);
  frame.set(END_MARK, FRAME_HEADER_BYTES + block.payload.length);
  view.setUint32(4, crc32c(frame.subarray(8, FRAME_HEADER_BYTES), link.seed), true);
  return frame;
}

/** Reads the header at the start of `bytes` (at least {@link FRAME_HEADER_BYTES}); undefined when it is not intact. */
export function decodeFrameHeader(bytes: Uint8Array, seed: number): FrameHeader | undefined {
  for (let i = 0; i < FRAME_MAGIC.length; i++) if (bytes[i] !== FRAME_MAGIC[i]) return undefined;
  const view = viewOf(bytes);
  if (view.getUint32(4, true) !== crc32c(bytes.subarray(8, FRAME_HEADER_BYTES), seed)) return undefined;
  const payloadBytes = view.getUint32(8, true);
  const count = view.getUint32(24, true);
  if (payloadBytes > MAX_PAYLOAD_BYTES || count === 0) return undefined;
  return {
    payloadBytes,
    payloadCrc: view.getUint32(12, true),
    firstSequence: Number(view.getBigUint64(16, true)),
    count,
    previousHash: bytes.slice(32, 32 + HASH_BYTES),
  };
}

/** Whether payload and end mark, `body`, are the ones the header was written with. */
export function isBodyIntact(header: FrameHeader, body: Uint8Array, seed: number): boolean {
  const end = header.payloadBytes;
  for (let i = 0; i < END_MARK.length; i++) if (body[end + i] !== END_MARK[i]) return false;
  return crc32c(body.subarray(0, end), seed) === header.payloadCrc;
}

/** Bytes of the frame that `header` begins. */
export function frameBytes(header: FrameHeader): number {
  return FRAME_OVERHEAD_BYTES + header.payloadBytes;
}
