/** A JSON Schema as plain data. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly additionalProperties?: unknown;
  readonly $ref?: string;
  readonly 'x-unit'?: string;
  readonly 'x-rule'?: string;
}

/**
 * A schema of the contract as plain data. Tuples stand as a list under `items`, the way of draft 7. A value that may be larger and then
 * counts as its maximum shows none: a client made from the document would refuse what the venue takes.
 */
export const plainSchema = (schema: object): JsonSchema =>
  JSON.parse(JSON.stringify(schema), (_name, value: unknown) =>
    isClamped(value) ? unbounded(value) : value,
  ) as JsonSchema;

const isClamped = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && 'x-clamp' in value && value['x-clamp'] === true;

const unbounded = ({ maximum: _maximum, ...schema }: JsonSchema): JsonSchema => schema;

/** An example of the whole: the first example of every field. */
export function exampleOf(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.properties !== undefined) {
    return Object.fromEntries(Object.entries(schema.properties).map(([name, field]) => [name, exampleOf(field)]));
  }
  const [given] = schema.examples ?? [];
  if (given !== undefined) return given;
  const [first] = schema.anyOf ?? [];
  if (first !== undefined) return exampleOf(first);
  if (isTuple(schema)) return schema.items.map(exampleOf);
  if (schema.type === 'array' && schema.items !== undefined) {
    const item = exampleOf(schema.items as JsonSchema);
    return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => item);
  }
  return schema.enum?.[0];
}

/** The fields that a request must have: an example of all fields at once would name some that exclude each other. */
export function requiredPart(schema: JsonSchema): JsonSchema {
  const wanted = schema.required ?? [];
  const fields = Object.entries(schema.properties ?? {});
  return { ...schema, properties: Object.fromEntries(fields.filter(([name]) => wanted.includes(name))) };
}

type Tuple = JsonSchema & { readonly items: readonly JsonSchema[] };

export const isTuple = (schema: JsonSchema): schema is Tuple => Array.isArray(schema.items);
