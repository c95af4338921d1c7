import type { ErrorCode } from './errors/catalogue.ts';

/** Codes that the form of a request alone can earn. */
export type ProblemCode = Extract<
  ErrorCode,
  2001 | 2002 | 2003 | 3100 | 3101 | 3102 | 3103 | 3104 | 3106 | 3107 | 3108 | 3109 | 3111 | 3112
>;

/** The first thing that is wrong with the form of a request. */
export interface Problem {
  readonly code: ProblemCode;
  /** Path of the offending field, such as `orders[3].price`; `body` for the whole body. */
  readonly field: string;
  /** What the value must be. */
  readonly rule: string;
  /** The value, cut to 64 characters; absent for secrets, missing and unknown fields. */
  readonly value?: string;
}

/** Outcome of a check of form. */
export type Validation<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** Characters of an offending value that are echoed. */
export const ECHO_MAX_LENGTH = 64;
/** Characters of an offending field's path that are echoed. */
export const FIELD_MAX_LENGTH = 128;

const cut = (text: string, maxLength: number): string => text.slice(0, maxLength).toWellFormed();

/** A required field is missing. */
export const missing = (field: string, rule = 'required'): Problem => ({ code: 2001, field, rule });

/** What is wrong with a field, without its value. */
export const problemOf = (code: ProblemCode, field: string, rule: string): Problem => ({
  code,
  field: cut(field, FIELD_MAX_LENGTH),
  rule,
});

/** The problem with the offending value beside it; structures are named, not printed, so that this stays cheap. */
export function withValue(problem: Problem, value: unknown): Problem {
  return { ...problem, value: echo(value) };
}

function echo(value: unknown): string {
  if (typeof value === 'string') return cut(value, ECHO_MAX_LENGTH);
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object' && value !== null) return 'object';
  return cut(String(value), ECHO_MAX_LENGTH);
}
