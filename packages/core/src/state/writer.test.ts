import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StateReader } from './reader.ts';
import { StateWriter } from './writer.ts';

it('writes any text as its UTF-8 length and its UTF-8 bytes, and reads it back', () => {
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), { maxLength: 5 }),
      (texts) => {
        const writer = new StateWriter();
        const expected: number[] = [];
        for (const text of texts) {
          writer.text(text);
          const bytes = encoder.encode(text);
          const length = new StateWriter();
          length.uint(bytes.length);
          expected.push(...length.finish(), ...bytes);
        }
        expect([...writer.finish()]).toEqual(expected);
        const reader = new StateReader(writer.finish());
        for (const text of texts) expect(reader.text()).toBe(text.toWellFormed());
        reader.finish();
      },
    ),
  );
});

it.each(['\ufeff', '\ufeff\ufeffa', 'a\ufeff', '\u0000', '\u2028'])('INV-6: reads %j back as it was', (text) => {
  const writer = new StateWriter();
  writer.text(text);
  expect(new StateReader(writer.finish()).text()).toBe(text);
});

it('grows with a text larger than its buffer', () => {
  const writer = new StateWriter();
  const text = 'a'.repeat(200_000);
  writer.text(text);
  writer.text(`${text}é`);
  const reader = new StateReader(writer.finish());
  expect(reader.text()).toBe(text);
  expect(reader.text()).toBe(`${text}é`);
});

it('holds whole numbers from 0 to below 2^53, and says when there is no such number', () => {
  const numbers = [0, 127, 128, 16_383, 16_384, 2 ** 32, Number.MAX_SAFE_INTEGER];
  const writer = new StateWriter();
  for (const number of numbers) writer.uint(number);
  const reader = new StateReader(writer.finish());
  expect(numbers.map(() => reader.uint())).toEqual(numbers);
  for (const wrong of [-1, 0.5, 2 ** 53, Number.NaN]) expect(() => new StateWriter().uint(wrong)).toThrow(RangeError);
  const beyond = new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f]);
  expect(() => new StateReader(beyond).uint()).toThrow('beyond 2^53');
});

it('says when bytes are missing or left', () => {
  const writer = new StateWriter();
  writer.text('text');
  const bytes = writer.finish();
  expect(() => new StateReader(bytes.subarray(0, 3)).text()).toThrow('inside a text');
  expect(() => new StateReader(new Uint8Array()).uint()).toThrow('too early');
  expect(() => new StateReader(bytes).finish()).toThrow();
});

it('INV-6: holds any amount, each in one way only', () => {
  const near = BigInt(Number.MAX_SAFE_INTEGER);
  const edges = [0n, 1n, -1n, near, -near, near + 1n, -near - 1n, 2n ** 64n, -(10n ** 30n)];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), fc.constantFrom(...edges))),
      (all) => {
        const writer = new StateWriter();
        for (const value of all) writer.bigint(value);
        const reader = new StateReader(writer.finish());
        expect(all.map(() => reader.bigint())).toEqual(all);
        reader.finish();
      },
    ),
  );
  const writer = new StateWriter();
  writer.uint(4);
  expect(() => new StateReader(writer.finish()).bigint()).toThrow('form 4');
});

it('holds one of a few texts as its place, and says when it is none of them', () => {
  const texts = ['BUY', 'SELL'] as const;
  const writer = new StateWriter();
  for (const text of texts) writer.oneOf(texts, text);
  const reader = new StateReader(writer.finish());
  expect(texts.map(() => reader.oneOf(texts))).toEqual(texts);
  expect(() => new StateWriter().oneOf<string>(texts, 'HOLD')).toThrow('HOLD');
  expect(() => new StateReader(Uint8Array.of(2)).oneOf(texts)).toThrow(RangeError);
});

it('takes over what was written before, whatever room it began with', () => {
  const whole = new StateWriter(1);
  whole.text('before');
  const begun = whole.length;
  whole.text('again');
  const copy = whole.since(begun);
  whole.bytes(copy);
  const reader = new StateReader(whole.finish());
  expect([reader.text(), reader.text(), reader.text()]).toEqual(['before', 'again', 'again']);
  reader.finish();
});
