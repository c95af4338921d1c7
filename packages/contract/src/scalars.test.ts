import { type TSchema, Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import {
  clientOrderId,
  decimal,
  id64,
  price,
  requestId,
  secretText,
  signedAmount,
  symbolName,
  text,
  timestampMs,
  userId,
} from './scalars.ts';
import { compileValidator, validate } from './validation.ts';

/** 0 when the value is well-formed, else the code of its problem. */
function codeOf(schema: TSchema, value: unknown): number {
  const checked = validate(compileValidator(Type.Object({ field: schema })), { field: value });
  return checked.ok ? 0 : checked.problem.code;
}

const DIGITS_40 = '1'.repeat(40);

describe('decimals', () => {
  it.each(['0', '1', '10', '0.0', '0.00000001', '60000.50', '123456789012345678901234567890', DIGITS_40])(
    'accepts %s',
    (value) => {
      expect(codeOf(price('p'), value)).toBe(0);
      expect(codeOf(signedAmount('p'), value)).toBe(0);
    },
  );

  it.each([
    '',
    ' ',
    '+1',
    '1e5',
    '1E5',
    '01',
    '00',
    '.5',
    '5.',
    '1.2.3',
    ' 1',
    '1 ',
    '1\n',
    '1,000',
    '1_000',
    '0x10',
    'NaN',
    'Infinity',
    '١',
    '-',
    '--1',
    '-.5',
    '-01',
    '1\u0000',
  ])('refuses %j', (value) => {
    expect(codeOf(price('p'), value)).toBe(2002);
    expect(codeOf(signedAmount('p'), value)).toBe(2002);
  });

  it.each(['-1', '-0', '-0.5'])('accepts %s where a sign is allowed, and only there', (value) => {
    expect(codeOf(signedAmount('p'), value)).toBe(0);
    expect(codeOf(price('p'), value)).toBe(2002);
  });

  it.each<{ readonly value: unknown }>(
    [1, 0, 1.5, true, null, [], ['1'], {}, { toString: 'x' }].map((value) => ({ value })),
  )('refuses the JSON value $value', ({ value }) => {
    expect(codeOf(decimal('d', 'USDT'), value)).toBe(2002);
  });

  it('bounds the length', () => {
    expect(codeOf(price('p'), `${DIGITS_40}1`)).toBe(2003);
    expect(codeOf(price('p'), '9'.repeat(60_000))).toBe(2003);
  });
});

describe('ids and names', () => {
  it.each([
    ['0', 0],
    ['1', 0],
    ['9223372036854775807', 0],
    ['12345678901234567890', 2002],
    ['01', 2002],
    ['-1', 2002],
    ['1.0', 2002],
    ['', 2002],
    [7, 2002],
  ])('id %j answers %i', (value, code) => {
    expect(codeOf(id64('id'), value)).toBe(code);
  });

  it('keeps ids within 64 bits', () => {
    expect(BigInt('9'.repeat(19))).toBeLessThan(2n ** 64n);
    expect(codeOf(id64('id'), '9'.repeat(19))).toBe(0);
  });

  it.each([
    ['1188041528', 0],
    ['118804152', 2002],
    ['11880415281', 2002],
  ])('user id %s answers %i', (value, code) => {
    expect(codeOf(userId('u'), value)).toBe(code);
  });

  it.each([
    ['BTCUSDT', 0],
    ['btcusdt', 0],
    ['BTC-PERP', 0],
    ['', 2002],
    ['BTC.USDT', 2002],
    ['BTC USDT', 2002],
    ['BTC@USDT', 2002],
    ['X'.repeat(33), 2002],
    ['__proto__', 0],
  ])('symbol %j answers %i', (value, code) => {
    expect(codeOf(symbolName(), value)).toBe(code);
  });

  it.each([
    ['a', 0],
    ['aZ0._:-', 0],
    ['x'.repeat(64), 0],
    ['x'.repeat(65), 2003],
    ['', 2003],
    ['a b', 2002],
    ['a/b', 2002],
    ['é', 2002],
    ['a\n', 2002],
  ])('clientOrderId %j answers %i', (value, code) => {
    expect(codeOf(clientOrderId(), value)).toBe(code);
  });

  it.each([
    ['req-1', 0],
    ['x'.repeat(128), 0],
    ['x'.repeat(129), 2002],
    ['', 2002],
    ['a b', 2002],
  ])('request id %j answers %i', (value, code) => {
    expect(codeOf(requestId(), value)).toBe(code);
  });
});

describe('times and texts', () => {
  it.each([
    [0, 0],
    [1_772_007_815_000, 0],
    [-1, 2003],
    [8_640_000_000_000_001, 2003],
    [1.5, 2002],
    ['1772007815000', 2002],
    [Number.POSITIVE_INFINITY, 2002],
    [Number.NaN, 2002],
  ])('time %j answers %i', (value, code) => {
    expect(codeOf(timestampMs('t'), value)).toBe(code);
  });

  it.each([
    ['grid bot', 0],
    ['机器人', 0],
    ['🚀🚀🚀🚀🚀🚀🚀🚀', 0],
    ['🚀🚀🚀🚀🚀🚀🚀🚀🚀', 2003],
    ['', 2003],
    ['a\u0000b', 2002],
    ['a\nb', 2002],
    ['\u007f', 2002],
    ['\ud800', 2002],
  ])('text %j of 1 to 8 characters answers %i', (value, code) => {
    expect(codeOf(text('t', { minLength: 1, maxLength: 8 }), value)).toBe(code);
  });

  it('never echoes a secret', () => {
    const validator = compileValidator(Type.Object({ password: secretText('p', { minLength: 1, maxLength: 4 }) }));
    for (const password of ['hunter2', 42, { secret: 'hunter2' }, '\ud800']) {
      const checked = validate(validator, { password });
      expect(checked.ok).toBe(false);
      expect(JSON.stringify(checked)).not.toContain('value');
      expect(JSON.stringify(checked)).not.toContain('hunter2');
    }
  });
});
