import fc from 'fast-check';
import type { SchemaNode } from '../first-problem.ts';

/** Values near to what a schema asks for, and far from it. */
export function valuesFor(schema: SchemaNode): fc.Arbitrary<unknown> {
  const near: fc.Arbitrary<unknown>[] = [];
  if (schema.enum !== undefined) near.push(fc.constantFrom(...schema.enum));
  if (schema.type === 'string')
    near.push(fc.constantFrom('1', '1.5', 'BTCUSDT', 'GTC', '', 'x'.repeat(65), '🚀'.repeat(40)));
  if (schema.type === 'integer') near.push(fc.integer({ min: -2, max: 30 }), fc.double());
  if (schema.type === 'boolean') near.push(fc.boolean());
  if (schema.type === 'array')
    near.push(fc.array(schema.items === undefined ? fc.anything() : valuesFor(schema.items), { maxLength: 22 }));
  if (schema.type === 'object') near.push(objectsFor(schema));
  if (near.length === 0) near.push(fc.jsonValue({ maxDepth: 2 }));
  return fc.oneof({ arbitrary: fc.oneof(...near), weight: 9 }, { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 });
}

function objectsFor(schema: SchemaNode): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, valuesFor(field)] as const);
  const known = fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] });
  const partial = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
  const extra = fc.oneof(
    { arbitrary: fc.constant({}), weight: 4 },
    { arbitrary: fc.dictionary(fc.string(), fc.integer()), weight: 1 },
  );
  return fc.tuple(fc.oneof(known, partial), extra).map(([fieldsGiven, more]) => ({ ...more, ...fieldsGiven }));
}
