import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/schema';
import { firstProblem, type SchemaNode } from './first-problem.ts';
import type { Problem, Validation } from './problem.ts';

/** A rule between fields that a schema cannot say; it sees values that have passed the schema. */
export type FormRule<T> = (value: T) => Problem | undefined;

/** A schema compiled once, with the rule that goes with it. */
export interface Validator<T> {
  readonly schema: TSchema;
  /** The value itself when it is well-formed, else its first problem. Never throws on a parsed JSON value. */
  readonly validate: (value: unknown) => Validation<T>;
}

/** Compiles a request schema; where code cannot be generated, such as under a strict CSP, the check is interpreted. */
export function compileValidator<const Schema extends TSchema>(
  schema: Schema,
  rule?: FormRule<Static<Schema>>,
): Validator<Static<Schema>> {
  const compiled = Compile(schema);
  const check = (value: unknown): value is Static<Schema> => compiled.Check(value);
  return {
    schema,
    validate: (value) => {
      if (!check(value)) return { ok: false, problem: problemOfRefused(schema, value) };
      const problem = rule?.(value);
      return problem === undefined ? { ok: true, value } : { ok: false, problem };
    },
  };
}

/** Checks the form of a value. */
export function validate<T>(validator: Validator<T>, value: unknown): Validation<T> {
  return validator.validate(value);
}

function problemOfRefused(schema: TSchema, value: unknown): Problem {
  const problem = firstProblem(schema as SchemaNode, value);
  if (problem === undefined) throw new Error('The compiled schema refuses a value in which the walk finds no problem');
  return problem;
}
