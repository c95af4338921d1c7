import { describe, expect, it } from 'vitest';
import {
  ERROR_CATALOGUE,
  type ErrorName,
  errorOf,
  errorOfCode,
  SIGNATURE_REPLAY_MESSAGE,
  TIMESTAMP_OUTSIDE_WINDOW_MESSAGE,
} from './catalogue.ts';
import { TRANSPORT_FAILURES } from './transport.ts';

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('error catalogue', () => {
  it('has every code of the contract, once, in ascending order', () => {
    const expected = [
      ...numbers(1001, 1004),
      1006,
      ...numbers(2001, 2003),
      ...numbers(3001, 3018),
      ...numbers(3100, 3112),
      ...numbers(5001, 5003),
    ];
    expect(ERROR_CATALOGUE.map((entry) => entry.code)).toEqual(expected);
  });

  it('has unique names in SCREAMING_SNAKE and a text for everything', () => {
    const names = ERROR_CATALOGUE.map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
    for (const entry of ERROR_CATALOGUE) {
      expect(entry.name).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(entry.message).toMatch(/^\S.*[^.\s]$/);
      expect(entry.meaning).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each([
    [1001, 401],
    [1002, 401],
    [1003, 401],
    [1004, 401],
    [1006, 401],
    [5001, 500],
    [5002, 503],
    [5003, 429],
  ])('answers %i with HTTP %i', (code, httpStatus) => {
    expect(errorOfCode(code)?.httpStatus).toBe(httpStatus);
  });

  it('answers business errors with HTTP 200', () => {
    for (const entry of ERROR_CATALOGUE) {
      if (entry.code >= 2000 && entry.code < 4000) expect(entry.httpStatus).toBe(200);
    }
  });

  it.each<[ErrorName, number]>([
    ['UNAUTHENTICATED', 1001],
    ['INVALID_TOKEN', 1003],
    ['PARAMETER_MISSING', 2001],
    ['PARAMETER_INVALID', 2002],
    ['PARAMETER_OUT_OF_RANGE', 2003],
    ['INSUFFICIENT_BALANCE', 3001],
    ['ORDER_NOT_FOUND', 3003],
    ['DUPLICATE_REQUEST', 3004],
    ['ORDER_NOT_CANCELABLE', 3005],
    ['PERMISSION_DENIED', 3006],
    ['DUPLICATE_CLIENT_ORDER_ID', 3015],
    ['CLOSE_POSITION_CONFLICT', 3107],
    ['RATE_LIMITED', 5003],
  ])('keeps the name %s for %i', (name, code) => {
    expect(errorOf(name).code).toBe(code);
    expect(errorOfCode(code)?.name).toBe(name);
  });

  it('keeps the literal messages of the contract', () => {
    expect(errorOf('INVALID_TOKEN').message).toBe('Invalid token');
    expect(TIMESTAMP_OUTSIDE_WINDOW_MESSAGE).toBe('Timestamp outside of tolerance window');
    expect(SIGNATURE_REPLAY_MESSAGE).toBe('Signature replay detected');
  });

  it('knows no other code', () => {
    expect([0, 1005, 3019, 3099, 3113, Number.NaN].map(errorOfCode)).toEqual(Array(6).fill(undefined));
  });

  it('gives transport failures code 2002 and their statuses', () => {
    const statuses = Object.values(TRANSPORT_FAILURES).map((failure) => [failure.code, failure.httpStatus]);
    expect(statuses).toEqual([
      [2002, 400],
      [2002, 404],
      [2002, 413],
      [2002, 415],
      [2002, 400],
    ]);
  });
});
