import { strict as assert } from 'node:assert';
import { toText } from './exact-values.ts';

/**
 * Whole columns as parameters of statements. They are made in one go here, in the forms in which PostgreSQL takes arrays; a driver would
 * make an object, a text and a quoted text of every value.
 */
export type ArrayParameter = string | Uint8Array;

/** Dimensions, whether there are nulls, the type of the elements, how many there are, and the number of the first: an int4 each. */
const HEADER_BYTES = 20;
/** Its length, an int4, and the value. */
const INT8_BYTES = 12;
const INT8_OID = 20;
const TWO_TO_32 = 0x1_0000_0000;

/** An `int8[]` in binary form, which the database reads in half the time of text. Such values are safe integers everywhere in the venue. */
export function int8Array<Row>(rows: readonly Row[], of: (row: Row) => number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + rows.length * INT8_BYTES);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 1);
  view.setInt32(8, INT8_OID);
  view.setInt32(12, rows.length);
  view.setInt32(16, 1);
  let offset = HEADER_BYTES;
  for (const row of rows) {
    const value = of(row);
    assert(Number.isSafeInteger(value), `not a safe integer: ${value}`);
    view.setInt32(offset, 8);
    view.setInt32(offset + 4, Math.floor(value / TWO_TO_32));
    view.setInt32(offset + 8, value);
    offset += INT8_BYTES;
  }
  return bytes;
}

/** What needs no quotes in an array; an unquoted `null` would be none. */
const PLAIN = /^(?!null$)[\w.:-]+$/i;
const ESCAPED = /["\\]/g;

/** A `text[]` of any texts, as the database can hold them: see `toText`. */
export const textArray = <Row>(rows: readonly Row[], of: (row: Row) => string): string =>
  arrayOf(rows, (row) => {
    const value = of(row);
    return PLAIN.test(value) ? value : `"${toText(value).replace(ESCAPED, '\\$&')}"`;
  });

export const numericArray = <Row>(rows: readonly Row[], of: (row: Row) => bigint): string =>
  arrayOf(rows, (row) => of(row).toString());

export const boolArray = <Row>(rows: readonly Row[], of: (row: Row) => boolean): string =>
  arrayOf(rows, (row) => (of(row) ? 't' : 'f'));

function arrayOf<Row>(rows: readonly Row[], element: (row: Row) => string): string {
  let text = '{';
  let separator = '';
  for (const row of rows) {
    text += separator + element(row);
    separator = ',';
  }
  return `${text}}`;
}
