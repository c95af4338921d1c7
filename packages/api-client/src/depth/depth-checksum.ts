import type { PriceLevel } from './price-level.ts';

/** Levels of each side that the checksum covers. */
export const CHECKSUM_LEVELS = 10;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * The checksum of the depth topic: CRC-32 of the best ten ranks of both sides, `bidPrice:bidQuantity:askPrice:askQuantity` by
 * rank and joined by `:`. It is written here once more, because the contract's own brings all schemas into a browser.
 */
export function depthChecksum(bids: readonly PriceLevel[], asks: readonly PriceLevel[]): number {
  const parts: string[] = [];
  for (let rank = 0; rank < CHECKSUM_LEVELS; rank += 1) parts.push(...(bids[rank] ?? []), ...(asks[rank] ?? []));
  const text = parts.join(':');
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at += 1) {
    crc = (crc >>> 8) ^ (TABLE[(crc ^ text.charCodeAt(at)) & 0xff] ?? 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
