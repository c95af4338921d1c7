import type { SeededRandom } from '@openvenue/core/testing';

const LONG = 400;
const HUGE = 20_000;

const quoted = (text: string): string => JSON.stringify(text);

/** Texts that a field may come to hold: digits of other scripts, signs, controls, halves of characters, names of built-in properties. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '0',
  '-0',
  '00',
  '01',
  '1.',
  '.1',
  '+1',
  '-1',
  ' 1',
  '1 ',
  '1e3',
  '1E-7',
  '0x10',
  '1_000',
  '1,000',
  'NaN',
  'Infinity',
  '-Infinity',
  '٣',
  '１２３',
  '1২',
  '𝟙',
  '0.00000000000000000001',
  '0.1000000000000000000000000000000000000001',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
  '18446744073709551616',
  '9'.repeat(LONG),
  `0.${'9'.repeat(LONG)}`,
  `${'0'.repeat(LONG)}1`,
  'BTCUSDT\u0000',
  'btcusdt',
  'ＢＴＣＵＳＤＴ',
  'BTC\u200bUSDT',
  '\u202eTDSUCTB',
  '\ufeff',
  '\ud800',
  '\udc00\ud800',
  'e\u0301',
  '🚀'.repeat(40),
  '\u0000',
  '\r\nX-Injected: 1',
  '../../etc/passwd',
  '%00',
  '{{7*7}}',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'true',
  '[object Object]',
  'a'.repeat(LONG),
  'a'.repeat(HUGE),
];

const LITERALS: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '1',
  '0.5',
  '1e0',
  '1e3',
  '1E+2',
  '1e400',
  '-1e400',
  '1e-400',
  '5e-324',
  '1.7976931348623157e308',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '18446744073709551616',
  '2147483648',
  '4294967296',
  '1.0000000000000001',
  '9'.repeat(LONG),
  `0.${'3'.repeat(LONG)}`,
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '[{}]',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{"a":1}}}',
  '{"toString":1,"valueOf":1}',
  '{"length":1e9}',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\u0000"',
  '"\\u0042TCUSDT"',
  '"\\/"',
];

/** No JSON at all, though many parsers take them. */
const BROKEN_LITERALS: readonly string[] = [
  'NaN',
  'Infinity',
  '-Infinity',
  'undefined',
  '0x10',
  '0b1',
  '0o7',
  '01',
  '-01',
  '1.',
  '.5',
  '+1',
  '--1',
  '1e',
  '1e+',
  '1_000',
  '１２３',
  '٣',
  '1n',
  "'1'",
  '`1`',
  '"\\x41"',
  '"\\u12"',
  '"\n"',
  '"\u0000"',
  '"',
  'tru',
  'TRUE',
  '[1,]',
  '{"a":1,}',
  '{a:1}',
  '// 1\n1',
  '/* */1',
  '1 1',
];

/** The text of a JSON value that does not belong where it is put; now and then it is no JSON. */
export function hostileLiteral(random: SeededRandom): string {
  switch (random.integer(0, 9)) {
    case 0:
      return random.pick(BROKEN_LITERALS);
    case 1:
    case 2:
    case 3:
    case 4:
      return quoted(random.pick(HOSTILE_TEXTS));
    case 5:
      return nested(random);
    default:
      return random.pick(LITERALS);
  }
}

/** Nesting around the limit and far beyond it. */
export function nested(random: SeededRandom): string {
  const depth = random.pick([13, 14, 15, 16, 17, 100, 5_000, 15_000]);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ] as const);
  return `${open.repeat(depth)}1${random.chance(4, 5) ? close.repeat(depth) : ''}`;
}
