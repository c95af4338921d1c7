import { Type } from 'typebox';

/** Plain unsigned decimal text: no sign, no exponent, no superfluous leading zero. */
export const DECIMAL_PATTERN = '^(0|[1-9]\\d*)(\\.\\d+)?$';
/** The same with an optional minus, for fields that may be negative. */
export const SIGNED_DECIMAL_PATTERN = '^-?(0|[1-9]\\d*)(\\.\\d+)?$';
/** Characters of a decimal on the wire, sign and point included. */
export const DECIMAL_MAX_LENGTH = 40;
/** Largest time a JavaScript `Date` can hold, in milliseconds. */
export const TIMESTAMP_MAX_MS = 8_640_000_000_000_000;
/** Characters of a `clientOrderId`. */
export const CLIENT_ORDER_ID_MAX_LENGTH = 64;
/** What a client may send as `X-Request-ID`. */
export const REQUEST_ID_PATTERN = '^[A-Za-z0-9._:-]{1,128}$';

/** The unit a numeric field is measured in; it travels in the schema as `x-unit`. */
export type Unit = 'USDT' | 'base' | 'ratio' | 'percent' | 'ms' | 's' | 'count' | 'x';

// A lone surrogate would not survive UTF-8, and a control character breaks terminals, logs and SQL texts.
const PLAIN_TEXT_PATTERN = '^[^\\u0000-\\u001F\\u007F\\uD800-\\uDFFF]*$';
const WELL_FORMED_PATTERN = '^[^\\uD800-\\uDFFF]*$';

const DECIMAL_RULE = 'a plain decimal string such as "0.25"';
const SIGNED_DECIMAL_RULE = 'a plain decimal string such as "-0.25"';

/** Unsigned decimal string in the given unit. */
export const decimal = (description: string, unit: Unit, example = '0.25') =>
  Type.String({
    maxLength: DECIMAL_MAX_LENGTH,
    pattern: DECIMAL_PATTERN,
    description,
    'x-unit': unit,
    'x-rule': DECIMAL_RULE,
    examples: [example],
  });

/** Decimal string that may be negative, in the given unit. */
export const signedDecimal = (description: string, unit: Unit, example = '-0.25') =>
  Type.String({
    maxLength: DECIMAL_MAX_LENGTH,
    pattern: SIGNED_DECIMAL_PATTERN,
    description,
    'x-unit': unit,
    'x-rule': SIGNED_DECIMAL_RULE,
    examples: [example],
  });

/** Price in USDT per unit of the base asset. */
export const price = (description: string) => decimal(description, 'USDT', '60000.5');
/** Quantity in units of the base asset. */
export const quantity = (description: string) => decimal(description, 'base', '0.015');
/** Unsigned amount of USDT. */
export const amount = (description: string) => decimal(description, 'USDT', '1250.75');
/** Amount of USDT that may be negative. */
export const signedAmount = (description: string) => signedDecimal(description, 'USDT', '-12.5');
/** Unsigned fraction: 0.01 is one percent. */
export const ratio = (description: string) => decimal(description, 'ratio', '0.01');
/** Fraction that may be negative: -0.01 is minus one percent. */
export const signedRatio = (description: string) => signedDecimal(description, 'ratio', '-0.0001');

/** Unix time in milliseconds; 0 when there is no value. */
export const timestampMs = (description: string) =>
  Type.Integer({
    minimum: 0,
    maximum: TIMESTAMP_MAX_MS,
    description,
    'x-unit': 'ms',
    examples: [1_772_007_815_000],
  });

/** Unix time in seconds. */
export const seconds = (description: string) =>
  Type.Integer({
    minimum: 0,
    maximum: TIMESTAMP_MAX_MS / 1_000,
    description,
    'x-unit': 's',
    examples: [1_772_007_815],
  });

/** Whole number from `minimum` to `maximum`. */
export const count = (description: string, minimum = 0, maximum: number = Number.MAX_SAFE_INTEGER) =>
  Type.Integer({ minimum, maximum, description, 'x-unit': 'count', examples: [Math.max(minimum, 1)] });

/** 64-bit id as digits in a string, because it exceeds what a JSON number holds; always below 2^64. */
export const id64 = (description: string) =>
  Type.String({
    pattern: '^(0|[1-9]\\d{0,18})$',
    description,
    'x-rule': 'an id of up to 19 digits in a string',
    examples: ['1844674407370955161'],
  });

/** External id of a user: ten digits that reveal nothing. */
export const userId = (description: string) =>
  Type.String({
    pattern: '^\\d{10}$',
    description,
    'x-rule': 'a user id of 10 digits in a string',
    examples: ['1188041528'],
  });

/** Name of a symbol; whether it is listed is for the venue to say (3013). */
export const symbolName = (description = 'Symbol of the contract') =>
  Type.String({
    pattern: '^[A-Za-z0-9_-]{1,32}$',
    description,
    'x-rule': 'a symbol name in a string such as "BTCUSDT"',
    examples: ['BTCUSDT'],
  });

/** Order id chosen by the client. */
export const clientOrderId = (description = 'Order id chosen by the client') =>
  Type.String({
    minLength: 1,
    maxLength: CLIENT_ORDER_ID_MAX_LENGTH,
    pattern: '^[A-Za-z0-9._:-]+$',
    description,
    'x-rule': 'a string of characters of [A-Za-z0-9._:-]',
    examples: ['bot-7:42'],
  });

/** `clientOrderId` as replies and pushes show it: empty when the client gave none. */
export const clientOrderIdView = () =>
  Type.String({
    pattern: '^[A-Za-z0-9._:-]{0,64}$',
    description: 'Order id chosen by the client; empty when it chose none',
    examples: ['bot-7:42', ''],
  });

/** Id of the request, echoed in the header `X-Request-ID`. */
export const requestId = () =>
  Type.String({
    pattern: REQUEST_ID_PATTERN,
    description: 'Id of the request: what the client sent as X-Request-ID, else made by the venue',
    'x-rule': '1 to 128 characters of [A-Za-z0-9._:-]',
    examples: ['req-7f3a'],
  });

/** Bounds of a text, in code points. */
export interface TextBounds {
  readonly minLength?: number;
  readonly maxLength: number;
}

/** One line of text without control characters. */
export const text = (description: string, bounds: TextBounds, example = 'grid bot') =>
  Type.String({
    ...bounds,
    pattern: PLAIN_TEXT_PATTERN,
    description,
    'x-rule': 'a string without control characters',
    examples: [example],
  });

/** Text of a reply that the venue itself words; empty when there is none. */
export const replyText = (description: string, example: string) => Type.String({ description, examples: [example] });

/** Text that must never be echoed, logged or shown. */
export const secretText = (description: string, bounds: TextBounds) =>
  Type.String({
    ...bounds,
    pattern: WELL_FORMED_PATTERN,
    description,
    'x-secret': true,
    'x-rule': 'a string of well-formed text',
    examples: ['correct horse battery staple'],
  });

/** True or false. */
export const flag = (description: string, example = false) => Type.Boolean({ description, examples: [example] });

/** One of a closed list of texts. */
export const oneOf = <const Values extends string[]>(values: readonly [...Values], description: string) =>
  Type.Enum(values, { description, examples: values.slice(0, 1) });
