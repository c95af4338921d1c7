/** Price and quantity of a level as they travel. */
export type PriceLevel = readonly [price: string, quantity: string];

/** The best levels of both sides of a book, best first. */
export interface BestLevels {
  readonly bids: readonly PriceLevel[];
  readonly asks: readonly PriceLevel[];
}

/** Levels of each side that the checksum covers. */
export const CHECKSUM_LEVELS = 10;

const CRC32_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * The text under the checksum: for each of the best ten ranks `bidPrice:bidQuantity`, then `askPrice:askQuantity`, all
 * joined by `:`; a side that has no such rank is left out.
 */
export function checksumText(best: BestLevels): string {
  const parts: string[] = [];
  for (let rank = 0; rank < CHECKSUM_LEVELS; rank += 1) {
    const bid = best.bids[rank];
    if (bid !== undefined) parts.push(bid[0], bid[1]);
    const ask = best.asks[rank];
    if (ask !== undefined) parts.push(ask[0], ask[1]);
  }
  return parts.join(':');
}

/** `checksum` of the depth topic: CRC-32 (IEEE 802.3) of `checksumText`, as an unsigned integer. */
export function depthChecksum(best: BestLevels): number {
  return crc32OfAscii(checksumText(best));
}

function crc32OfAscii(text: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at += 1) {
    crc = (crc >>> 8) ^ (CRC32_TABLE[(crc ^ text.charCodeAt(at)) & 0xff] ?? 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
