import { type Rejected, reject } from '../reject.ts';

/** The form of a text: its length in code points, which is how the API counts characters, and the ones it may have. */
export interface TextForm {
  readonly rule: string;
  readonly minLength: number;
  readonly maxLength: number;
  readonly characters?: RegExp;
}

const PRINTABLE = /^[\x21-\x7e]*$/;
const HEX = /^[0-9a-f]*$/;

const anyText = (minLength: number, maxLength: number): TextForm => ({
  rule: `${minLength}-${maxLength} characters`,
  minLength,
  maxLength,
});

const printable = (minLength: number, maxLength: number): TextForm => ({
  rule: `${minLength}-${maxLength} printable ASCII characters`,
  minLength,
  maxLength,
  characters: PRINTABLE,
});

const hex = (length: number): TextForm => ({
  rule: `${length} lowercase hex digits`,
  minLength: length,
  maxLength: length,
  characters: HEX,
});

/** ASCII only, because folding the case of other letters depends on the Unicode version of the machine. */
export const USERNAME = printable(3, 32);
export const EXTERNAL_USER_ID: TextForm = { rule: '10 digits', minLength: 10, maxLength: 10, characters: /^\d*$/ };
export const DISPLAY_NAME = anyText(0, 128);
export const PASSWORD_HASH = printable(0, 512);
export const SESSION_ID = printable(1, 128);
export const TOKEN_HASH = hex(64);
export const SIGNATURE_HASH = hex(64);
export const IP = printable(0, 64);
export const DEVICE_ID = anyText(0, 64);
export const DEVICE_NAME = anyText(0, 128);
export const API_KEY: TextForm = {
  rule: 'fx_ and 8-125 characters of A-Z a-z 0-9 _ -',
  minLength: 11,
  maxLength: 128,
  characters: /^fx_[\w-]*$/,
};
export const LABEL = anyText(1, 64);
export const IP_RANGE = printable(1, 64);
export const SEALED_SECRET = printable(1, 1_024);
export const LISTEN_KEY = hex(32);
export const SYMBOL = printable(1, 32);

export interface TextField {
  readonly field: string;
  readonly value: string;
  readonly form: TextForm;
}

/** Refuses a text that lacks its form. Lone surrogates have none: they would not survive being written as UTF-8. */
export function faultyText({ field, value, form }: TextField): Rejected | undefined {
  const valid =
    hasLength(value, form) && value.isWellFormed() && (form.characters === undefined || form.characters.test(value));
  return valid ? undefined : reject('INVALID_PARAMETER', { field, rule: form.rule });
}

/** A text has at least half as many code points as UTF-16 units, so that a long one costs nothing. */
function hasLength(text: string, { minLength, maxLength }: TextForm): boolean {
  if (text.length < minLength || text.length > maxLength * 2) return false;
  if (text.length <= maxLength && text.length >= minLength * 2) return true;
  let codePoints = 0;
  for (const _ of text) codePoints += 1;
  return codePoints >= minLength && codePoints <= maxLength;
}

export interface NumberField {
  readonly field: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
}

/** Refuses what is not an integer of `min` to `max`. */
export function outOfRange({ field, value, min, max }: NumberField): Rejected | undefined {
  const valid = Number.isSafeInteger(value) && value >= min && value <= max;
  return valid ? undefined : reject('OUT_OF_RANGE', { field, value: String(value), rule: `integer ${min}-${max}` });
}

/** Refuses an end that is not after the command's time. */
export function pastEnd(field: string, endsAtMs: number, timeMs: number): Rejected | undefined {
  return outOfRange({ field, value: endsAtMs, min: timeMs + 1, max: Number.MAX_SAFE_INTEGER });
}

/** A random text that is already in use is the caller's fault: two draws never meet by chance. */
export function alreadyUsed(field: string): Rejected {
  return reject('INVALID_PARAMETER', { field, rule: 'never used before' });
}
