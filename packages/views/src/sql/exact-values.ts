import { strict as assert } from 'node:assert';

const INT8_OID = 20;
const NUMERIC_OID = 1700;

/**
 * Parsers by type id, to be set once on every database driver: `int8` becomes a bigint and `numeric` keeps its decimal text, so that no
 * value passes through a float.
 */
export const EXACT_PARSERS = {
  [INT8_OID]: (text: string): bigint => BigInt(text),
  [NUMERIC_OID]: (text: string): string => text,
} as const;

/** An id, count, time or grid value as an `int8`. Such values are safe integers everywhere in the venue. */
export function toInt8(value: number): bigint {
  assert(Number.isSafeInteger(value), `not a safe integer: ${value}`);
  return BigInt(value);
}

/** The way back from {@link toInt8}. */
export function fromInt8(value: bigint): number {
  const number = Number(value);
  assert(Number.isSafeInteger(number), `not a safe integer: ${value}`);
  return number;
}

/**
 * A text as the database can hold it. PostgreSQL knows neither U+0000 nor half a surrogate pair, and one such text in a free label would
 * stop the projection of everybody's history: both become U+FFFD.
 */
export const toText = (value: string): string => value.toWellFormed().replaceAll('\0', '\uFFFD');
