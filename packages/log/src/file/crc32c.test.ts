import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32c } from './crc32c.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const sequence = (length: number, of: (index: number) => number) => Uint8Array.from({ length }, (_, i) => of(i));

function bitwise(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f6_3b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

test.each([
  ['nothing', new Uint8Array(0), 0],
  ['the check value of the polynomial', ascii('123456789'), 0xe306_9283],
  ['32 zeros (RFC 3720)', new Uint8Array(32), 0x8a91_36aa],
  ['32 bytes of ones (RFC 3720)', new Uint8Array(32).fill(0xff), 0x62a8_ab43],
  ['32 rising bytes (RFC 3720)', sequence(32, (i) => i), 0x46dd_794e],
  ['32 falling bytes (RFC 3720)', sequence(32, (i) => 31 - i), 0x113f_db5c],
])('LOG-10: CRC-32C of %s', (_name, bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected);
});

test('LOG-10: CRC-32C is that of the bit by bit definition, whole or in two parts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
      const expected = bitwise(bytes);
      expect(crc32c(bytes)).toBe(expected);
      expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)))).toBe(expected);
    }),
  );
});
