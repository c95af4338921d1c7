import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKSUM_LEVELS, checksumText, depthChecksum, type PriceLevel } from './depth-checksum.ts';

describe('depthChecksum', () => {
  it('interleaves the sides by rank and leaves out what is not there', () => {
    const bids: PriceLevel[] = [
      ['100', '1'],
      ['99', '2'],
    ];
    const asks: PriceLevel[] = [['101', '3']];
    expect(checksumText({ bids, asks })).toBe('100:1:101:3:99:2');
    expect(checksumText({ bids: [], asks: [] })).toBe('');
    expect(depthChecksum({ bids: [], asks: [] })).toBe(0);
  });

  it('covers ten levels of each side', () => {
    const side = Array.from({ length: 12 }, (_, rank): PriceLevel => [String(rank), '1']);
    expect(checksumText({ bids: side, asks: side }).split(':')).toHaveLength(CHECKSUM_LEVELS * 4);
    expect(depthChecksum({ bids: side, asks: side })).toBe(
      depthChecksum({ bids: side.slice(0, 10), asks: side.slice(0, 10) }),
    );
  });

  it('is the CRC-32 that others compute', () => {
    const decimalText = fc.nat().map((value) => `${value}.5`);
    const levels = fc.array(fc.tuple(decimalText, decimalText), { maxLength: 12 });
    fc.assert(
      fc.property(levels, levels, (bids, asks) => {
        expect(depthChecksum({ bids, asks })).toBe(crc32(checksumText({ bids, asks })));
      }),
    );
  });
});
