import assert from 'node:assert';
import { hash } from 'node:crypto';
import { type Block, HASH_BYTES, type LogHead, MAX_BLOCK_RECORDS, MAX_PAYLOAD_BYTES } from './port.ts';

/** First sequence, count and length. */
const FIELD_BYTES = 16;

/** The head of a log without blocks. */
export const EMPTY_HEAD: LogHead = { lastSequence: 0, hash: new Uint8Array(HASH_BYTES) };

/**
 * The hash of a block in its chain: SHA-256 over the previous block's hash (32 bytes), the first sequence (u64), the count (u32), the
 * payload's length (u32), all little-endian, and the payload. Every adapter uses this one, so heads can be compared between adapters.
 */
export function blockHash(previousHash: Uint8Array, block: Block): Uint8Array {
  const { firstSequence, count, payload } = block;
  const bytes = new Uint8Array(HASH_BYTES + FIELD_BYTES + payload.length);
  bytes.set(previousHash);
  const fields = new DataView(bytes.buffer, HASH_BYTES);
  fields.setBigUint64(0, BigInt(firstSequence), true);
  fields.setUint32(8, count, true);
  fields.setUint32(12, payload.length, true);
  bytes.set(payload, HASH_BYTES + FIELD_BYTES);
  // One call over a copy costs less than a hash object that is fed in parts.
  return hash('sha256', bytes, 'buffer');
}

/** Sequence of the block's last record. */
export function lastSequenceOf(block: { readonly firstSequence: number; readonly count: number }): number {
  return block.firstSequence + block.count - 1;
}

/** Asserts the limits every adapter shares. */
export function assertBlock(block: Block): void {
  const { firstSequence, count, payload } = block;
  assert(Number.isSafeInteger(firstSequence) && firstSequence >= 1, 'firstSequence is not a positive integer');
  assert(Number.isInteger(count) && count >= 1 && count <= MAX_BLOCK_RECORDS, 'count is out of range');
  assert(Number.isSafeInteger(lastSequenceOf(block)), 'the last sequence is out of range');
  assert(payload.length <= MAX_PAYLOAD_BYTES, 'the payload is larger than MAX_PAYLOAD_BYTES');
}

/** The head after `block`. */
export function headAfter(head: LogHead, block: Block): LogHead {
  return { lastSequence: lastSequenceOf(block), hash: blockHash(head.hash, block) };
}
