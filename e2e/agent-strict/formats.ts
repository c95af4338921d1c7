/** What the words of the call tables mean in a reply. */
const FORMATS: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '',
  'text or empty': (value) => typeof value === 'string',
  'user id': matches(/^[1-9]\d{9}$/),
  '64-bit id': (value) => matches(/^[1-9]\d{0,18}$/)(value) && BigInt(String(value)) < 2n ** 63n,
  decimal: matches(/^(0|[1-9]\d*)(\.\d+)?$/),
  'signed decimal': (value) => matches(/^-?(0|[1-9]\d*)(\.\d+)?$/)(value) && !/^-0(\.0+)?$/.test(String(value)),
  'decimal or empty': matches(/^((0|[1-9]\d*)(\.\d+)?)?$/),
  'decimal of 18 places': matches(/^(0|[1-9]\d*)\.\d{18}$/),
  integer: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  boolean: (value) => typeof value === 'boolean',
  'ISO time': isIsoTime,
  'ISO time or empty': (value) => value === '' || isIsoTime(value),
  seconds: (value) => isBetween(value, { from: 1e9, to: 1e10 }),
  milliseconds: (value) => isBetween(value, { from: 1e12, to: 1e13 }),
  'web address': (value) => matches(/^https?:\/\/[\x21-\x7e]+$/)(value) && URL.canParse(String(value)),
};

/** Whether a value is what a call table calls it; `one of A B` and `the words ...` are spelled out there. */
export function isOfFormat(value: unknown, format: string): boolean {
  const choices = /^one of (.+)$/.exec(format)?.[1];
  if (choices !== undefined) return typeof value === 'string' && choices.split(' ').includes(value);
  const words = /^the words (.+)$/.exec(format)?.[1];
  if (words !== undefined) return value === words;
  const test = FORMATS[format];
  if (test === undefined) throw new Error(`the tables name a format "${format}", which nobody explains`);
  return test(value);
}

function matches(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}

function isBetween(value: unknown, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= from && value < to;
}

function isIsoTime(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const isSpelled = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(value);
  return isSpelled && !Number.isNaN(Date.parse(value));
}
