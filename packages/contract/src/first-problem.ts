import { missing, type Problem, type ProblemCode, problemOf, withValue } from './problem.ts';

/** The keywords that request schemas use, plus those of our own. */
export interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Never echo the value. */
  readonly 'x-secret'?: boolean;
  /** Wording of the rule that `pattern` expresses. */
  readonly 'x-rule'?: string;
  /** The one code that every problem of this field answers with. */
  readonly 'x-code'?: ProblemCode;
  /** The code of a field that is missing, where it is not that of its other problems. */
  readonly 'x-missing'?: ProblemCode;
  /** A larger value counts as `maximum`. */
  readonly 'x-clamp'?: boolean;
}

/** Request schemas use these alone, so that the walk below says exactly what the compiled check says. */
export const SUPPORTED_KEYWORDS: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'description',
  'examples',
  'default',
  'x-secret',
  'x-rule',
  'x-code',
  'x-missing',
  'x-clamp',
  'x-unit',
]);

/** Name of the whole value in a problem. */
const WHOLE = 'body';

// Patterns come from our own schemas alone, which bounds this map.
const compiledPatterns = new Map<string, RegExp>();

/**
 * Walks a value along its schema and returns the first problem: in every object first what is missing (2001), then what
 * is unknown (2002), then the values, each in the order of declaration. The walk follows the schema, so its cost does
 * not depend on how deep the value is.
 */
export function firstProblem(schema: SchemaNode, value: unknown, path = ''): Problem | undefined {
  if (schema.enum !== undefined) return enumProblem(schema, value, path);
  switch (schema.type) {
    case 'object':
      return objectProblem(schema, value, path);
    case 'array':
      return arrayProblem(schema, value, path);
    case 'string':
      return stringProblem(schema, value, path);
    case 'integer':
      return integerProblem(schema, value, path);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : invalid(schema, { value, path, rule: 'true or false' });
    case undefined:
      return undefined;
    default:
      throw new Error(`A request schema uses the unsupported type ${schema.type}`);
  }
}

interface Finding {
  readonly value: unknown;
  readonly path: string;
  readonly rule: string;
}

function finding(code: ProblemCode, schema: SchemaNode, found: Finding): Problem {
  const problem = problemOf(schema['x-code'] ?? code, found.path === '' ? WHOLE : found.path, found.rule);
  return schema['x-secret'] === true ? problem : withValue(problem, found.value);
}

const invalid = (schema: SchemaNode, found: Finding): Problem => finding(2002, schema, found);
const outOfRange = (schema: SchemaNode, found: Finding): Problem => finding(2003, schema, found);

function enumProblem(schema: SchemaNode, value: unknown, path: string): Problem | undefined {
  const values = schema.enum ?? [];
  if (values.includes(value)) return undefined;
  const named = values.filter((each) => each !== '');
  const orEmpty = named.length < values.length ? ', or empty' : '';
  return invalid(schema, { value, path, rule: `one of ${named.join(', ')}${orEmpty}` });
}

function objectProblem(schema: SchemaNode, value: unknown, path: string): Problem | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return invalid(schema, { value, path, rule: 'an object' });
  }
  const properties = schema.properties ?? {};
  const prefix = path === '' ? '' : `${path}.`;
  const given = new Map<string, unknown>(Object.entries(value));
  for (const name of schema.required ?? []) {
    if (given.get(name) !== undefined) continue;
    const property = properties[name];
    return { ...missing(`${prefix}${name}`), code: property?.['x-missing'] ?? property?.['x-code'] ?? 2001 };
  }
  if (schema.additionalProperties === false) {
    for (const name of given.keys()) {
      if (!Object.hasOwn(properties, name)) return problemOf(2002, `${prefix}${name}`, 'a known field');
    }
  }
  for (const [name, property] of Object.entries(properties)) {
    const field = given.get(name);
    if (field === undefined) continue;
    const problem = firstProblem(property, field, `${prefix}${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function arrayProblem(schema: SchemaNode, value: unknown, path: string): Problem | undefined {
  if (!Array.isArray(value)) return invalid(schema, { value, path, rule: 'an array' });
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  if (value.length < minItems || value.length > maxItems) {
    return outOfRange(schema, { value: `${value.length} items`, path, rule: `${range(minItems, maxItems)} items` });
  }
  if (schema.items === undefined) return undefined;
  for (const [index, item] of value.entries()) {
    const problem = firstProblem(schema.items, item, `${path}[${index}]`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function stringProblem(schema: SchemaNode, value: unknown, path: string): Problem | undefined {
  if (typeof value !== 'string') return invalid(schema, { value, path, rule: schema['x-rule'] ?? 'a string' });
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  if (!hasLength(value, minLength, maxLength)) {
    return outOfRange(schema, { value, path, rule: `${range(minLength, maxLength)} characters` });
  }
  if (pattern === undefined || patternOf(pattern).test(value)) return undefined;
  return invalid(schema, { value, path, rule: schema['x-rule'] ?? `a string that matches ${pattern}` });
}

function integerProblem(schema: SchemaNode, value: unknown, path: string): Problem | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return invalid(schema, { value, path, rule: 'an integer' });
  }
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  if (value >= minimum && value <= maximum) return undefined;
  return outOfRange(schema, { value, path, rule: range(minimum, maximum) });
}

function range(from: number, to: number): string {
  if (to === Number.POSITIVE_INFINITY) return `at least ${from}`;
  return from === Number.NEGATIVE_INFINITY ? `at most ${to}` : `${from} to ${to}`;
}

/** Lengths are in code points; a string has at least half as many of them as it has UTF-16 units. */
function hasLength(text: string, minLength: number, maxLength: number): boolean {
  if (text.length < minLength || text.length > maxLength * 2) return false;
  if (text.length <= maxLength && text.length >= minLength * 2) return true;
  let codePoints = 0;
  for (const _ of text) codePoints += 1;
  return codePoints >= minLength && codePoints <= maxLength;
}

function patternOf(pattern: string): RegExp {
  const known = compiledPatterns.get(pattern);
  if (known !== undefined) return known;
  const compiled = new RegExp(pattern, 'u');
  compiledPatterns.set(pattern, compiled);
  return compiled;
}
