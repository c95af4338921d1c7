import type { TSchema } from 'typebox';
import type { SchemaNode } from './first-problem.ts';
import { type Problem, problemOf, type Validation, withValue } from './problem.ts';
import type { Validator } from './validation.ts';

/** A query string as servers hand it on: a repeated key has an array. */
export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

const INTEGER_TEXT = /^-?(0|[1-9]\d{0,20})$/;

/**
 * Turns the texts of a query into what its schema declares: digits become numbers for integer fields, and a value above
 * the maximum of a clamped field counts as that maximum. Only declared keys are taken; an empty value counts as not
 * given; a declared key that is repeated is refused (2002). Text that is no integer stays text, for the schema to refuse.
 */
export function coerceQuery(schema: TSchema, query: RawQuery): Validation<Record<string, unknown>> {
  const value: Record<string, unknown> = {};
  for (const [name, property] of Object.entries((schema as SchemaNode).properties ?? {})) {
    const raw = Object.hasOwn(query, name) ? query[name] : undefined;
    if (raw === undefined || raw === '') continue;
    if (typeof raw !== 'string') return { ok: false, problem: problemOf(2002, name, 'given at most once') };
    value[name] = property.type === 'integer' ? coerceInteger(property, raw) : raw;
  }
  return { ok: true, value };
}

function coerceInteger(schema: SchemaNode, text: string): number | string {
  if (!INTEGER_TEXT.test(text)) return text;
  const number = Number(text);
  const { maximum } = schema;
  return schema['x-clamp'] === true && maximum !== undefined && number > maximum ? maximum : number;
}

/** Coerces a query and checks its form. */
export function readQuery<T>(validator: Validator<T>, query: RawQuery): Validation<T> {
  const coerced = coerceQuery(validator.schema, query);
  if (!coerced.ok) return coerced;
  const checked = validator.validate(coerced.value);
  return checked.ok ? checked : { ok: false, problem: asSent(checked.problem, query) };
}

/** Digits that a number cannot hold are echoed as they were sent. */
function asSent(problem: Problem, query: RawQuery): Problem {
  const raw = query[problem.field];
  return problem.value === undefined || typeof raw !== 'string' ? problem : withValue(problem, raw);
}
