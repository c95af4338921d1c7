import { encodeCommand } from '@openvenue/core';
import { MAX_PAYLOAD_BYTES } from '@openvenue/log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBlock, encodeBlock, MAX_LINES_BYTES } from './block-codec.ts';
import { BlockFormatError } from './errors.ts';
import { anyCommand, deposit } from './testing/commands.ts';

const stateHash = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
const lines = [encodeCommand(deposit(1, 5)), encodeCommand(deposit(2, 7))];
const blockOf = (payload: Uint8Array, count = 2) => ({ firstSequence: 11, count, payload });
const changed = (payload: Uint8Array, at: number, to: number) => payload.map((byte, i) => (i === at ? to : byte));

describe('block codec', () => {
  it('SEQ-5: what is encoded is decoded: time, state hash and every command', () => {
    const content = fc.record({
      timeMs: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      rules: fc.integer({ min: 0, max: 65_535 }),
      commands: fc.array(anyCommand, { minLength: 1, maxLength: 20 }),
      stateHash: fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(content, ({ timeMs, rules, commands, stateHash: hash }) => {
        const payload = encodeBlock(
          hash === undefined ? { timeMs, rules } : { timeMs, rules, stateHash: hash },
          commands.map(encodeCommand),
        );
        const decoded = decodeBlock(blockOf(payload, commands.length));
        expect([decoded.timeMs, decoded.rules]).toEqual([timeMs, rules]);
        expect(decoded.stateHash).toEqual(hash);
        expect(decoded.commands).toEqual(commands);
      }),
    );
  });

  it('SEQ-5: the bytes of format 1 stay as they are', () => {
    const line = '{"type":"adjust-wallet","userId":1,"amount":{"~":"5"},"changeType":"ADJUSTMENT"}';
    const bytes = Buffer.from(encodeBlock({ timeMs: 0x0102_0304_05, rules: 0x0706, stateHash }, [line, line]));
    const header = `01010607020000000504030201000000${Buffer.from(stateHash).toString('hex')}`;
    expect(bytes.subarray(0, 48).toString('hex')).toBe(header);
    expect(bytes.subarray(48).toString()).toBe(`${line}\n${line}`);
  });

  it('SEQ-5: a payload inside a larger buffer is read at its own place', () => {
    const payload = encodeBlock({ timeMs: 9, rules: 1, stateHash }, lines);
    const larger = new Uint8Array(payload.length + 7);
    larger.set(payload, 7);
    const decoded = decodeBlock(blockOf(larger.subarray(7)));
    expect(decoded).toEqual(decodeBlock(blockOf(payload)));
  });

  it.each([
    ['fewer commands than counted', blockOf(encodeBlock({ timeMs: 1, rules: 1 }, lines.slice(1)))],
    ['another count than the log', blockOf(encodeBlock({ timeMs: 1, rules: 1 }, lines), 3)],
    ['a header that counts more than there is', blockOf(changed(encodeBlock({ timeMs: 1, rules: 1 }, lines), 4, 3), 3)],
    ['a header that counts other than the log', blockOf(changed(encodeBlock({ timeMs: 1, rules: 1 }, lines), 4, 3))],
    ['an unknown version', blockOf(changed(encodeBlock({ timeMs: 1, rules: 1 }, lines), 0, 2))],
    ['an unknown flag', blockOf(changed(encodeBlock({ timeMs: 1, rules: 1 }, lines), 1, 2))],
    ['a time beyond 2^53', blockOf(changed(encodeBlock({ timeMs: 1, rules: 1 }, lines), 15, 0xff))],
    ['invalid UTF-8', blockOf(changed(encodeBlock({ timeMs: 1, rules: 1 }, lines), 20, 0xff))],
    ['a command that is no JSON', blockOf(encodeBlock({ timeMs: 1, rules: 1 }, ['{', '{}']))],
    ['no payload', blockOf(new Uint8Array())],
  ])('SEQ-5: refuses %s', (_what, block) => {
    expect(() => decodeBlock(block)).toThrow(BlockFormatError);
  });

  it('SEQ-5: refuses every payload that is cut short', () => {
    const payload = encodeBlock({ timeMs: 1, rules: 1, stateHash }, lines);
    for (let length = 0; length < payload.length; length++) {
      expect(() => decodeBlock(blockOf(payload.subarray(0, length)))).toThrow(BlockFormatError);
    }
  });

  it('SEQ-5: refuses to write a block without commands, a time or a whole hash', () => {
    expect(() => encodeBlock({ timeMs: 1, rules: 1 }, [])).toThrow('without commands');
    expect(() => encodeBlock({ timeMs: 1.5, rules: 1 }, lines)).toThrow('not a time');
    expect(() => encodeBlock({ timeMs: -1, rules: 1 }, lines)).toThrow('not a time');
    for (const rules of [-1, 0.5, 65_536])
      expect(() => encodeBlock({ timeMs: 1, rules }, lines)).toThrow('not a version');
    expect(() => encodeBlock({ timeMs: 1, rules: 1, stateHash: new Uint8Array(31) }, lines)).toThrow('32 bytes');
  });

  it('SEQ-5: the largest block fits into the log', () => {
    expect(encodeBlock({ timeMs: 1, rules: 1, stateHash }, ['x'.repeat(MAX_LINES_BYTES)])).toHaveLength(
      MAX_PAYLOAD_BYTES,
    );
  });
});
