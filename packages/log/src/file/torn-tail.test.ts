import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleBlock } from '../testing/blocks.ts';
import { encodeFrame, FRAME_HEADER_BYTES, MAX_FRAME_BYTES } from './frame.ts';
import { judgeTail, LONGEST_TAIL_BYTES } from './torn-tail.ts';

const SEED = 77;
const OFFSET = 128;
const SECTOR = 512;
const previousHash = new Uint8Array(32).fill(9);
const frameOf = (bytes: number, firstSequence = 5) =>
  encodeFrame(exampleBlock(firstSequence, { bytes }), { previousHash, seed: SEED });
const judge = (bytes: Uint8Array) => judgeTail({ bytes, offset: OFFSET, seed: SEED });
const changed = (frame: Uint8Array, change: (copy: Uint8Array) => void) => {
  const copy = frame.slice();
  change(copy);
  return copy;
};

describe('a write that was cut off', () => {
  test('LOG-11: ends at any byte', () => {
    const frame = frameOf(1000);
    for (let length = 1; length < frame.length; length++) expect(judge(frame.subarray(0, length)).isTorn).toBe(true);
  });

  test('LOG-11: lacks any of its sectors, and may end in missing ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.array(fc.boolean(), { maxLength: 9 }), (bytes, lost) => {
        const frame = frameOf(bytes);
        let isAnyLost = false;
        const torn = changed(frame, (copy) => {
          for (let at = 0, i = 0; at < copy.length; i++) {
            const end = at + SECTOR - ((OFFSET + at) % SECTOR);
            if (lost[i]) copy.fill(0, at, end);
            isAnyLost ||= lost[i] === true;
            at = end;
          }
        });
        expect(judge(torn).isTorn).toBe(isAnyLost);
      }),
    );
  });
});

describe('damage to a block that was written whole', () => {
  test.each([
    ['a header byte', 20],
    ['a length byte', 9],
    ['a payload byte', FRAME_HEADER_BYTES + 3],
    ['the end mark', -1],
  ])('LOG-12: %s is changed', (_name, position) => {
    const frame = frameOf(1000);
    const damaged = changed(frame, (copy) => {
      const at = (position + copy.length) % copy.length;
      copy[at] = copy[at]! ^ 0x40;
    });
    expect(judge(damaged).isTorn).toBe(false);
  });

  test('LOG-12: a lost sector is followed by an intact block', () => {
    const lostHeader = changed(frameOf(1000), (copy) => copy.fill(0, 0, SECTOR - OFFSET));
    expect(judge(lostHeader).isTorn).toBe(true);
    expect(judge(Buffer.concat([lostHeader, frameOf(100, 6)]))).toEqual({
      isTorn: false,
      reason: 'the block header is damaged and an intact block follows',
    });
    const lostPayload = changed(frameOf(1000), (copy) => copy.fill(0, SECTOR - OFFSET, 2 * SECTOR - OFFSET));
    expect(judge(Buffer.concat([lostPayload, frameOf(100, 6).subarray(0, 1)])).isTorn).toBe(false);
  });

  test('LOG-12: an intact block that does not belong there', () => {
    expect(judge(frameOf(10)).isTorn).toBe(false);
  });

  test('LOG-12: more bytes than a block can have', () => {
    const written = (bytes: number) => {
      const tail = new Uint8Array(bytes);
      tail[bytes - 1] = 1;
      return tail;
    };
    expect(judge(written(MAX_FRAME_BYTES)).isTorn).toBe(true);
    expect(judge(written(MAX_FRAME_BYTES + 1)).isTorn).toBe(false);
  });

  test('LOG-12: more bytes than one write can add', () => {
    expect(judge(new Uint8Array(LONGEST_TAIL_BYTES)).isTorn).toBe(true);
    expect(judge(new Uint8Array(LONGEST_TAIL_BYTES + 1)).isTorn).toBe(false);
  });
});

test('LOG-10: a payload that imitates a block, or a block of another log, is no block', () => {
  const imitated = encodeFrame(exampleBlock(6), { previousHash, seed: SEED + 1 });
  const lostHeader = changed(
    encodeFrame(
      { firstSequence: 5, count: 1, payload: Buffer.concat([new Uint8Array(1000), imitated]) },
      { previousHash, seed: SEED },
    ),
    (copy) => copy.fill(0, 0, SECTOR - OFFSET),
  );
  expect(judge(lostHeader).isTorn).toBe(true);
});
