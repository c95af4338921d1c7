/** Rewrites tuples all through a document into `prefixItems`, the word of draft 2020-12, which OpenAPI 3.1 speaks. */
export function withPrefixItems<Document>(document: Document): Document {
  const replacer = (_key: string, value: unknown): unknown => (isTuple(value) ? prefixed(value) : value);
  return JSON.parse(JSON.stringify(document, replacer)) as Document;
}

interface Tuple {
  readonly type: 'array';
  readonly items: readonly unknown[];
}

const isTuple = (value: unknown): value is Tuple =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'array' &&
  'items' in value &&
  Array.isArray(value.items);

function prefixed(tuple: Tuple): object {
  const rest = Object.entries(tuple).filter(([name]) => name !== 'items' && name !== 'additionalItems');
  return { ...Object.fromEntries(rest), prefixItems: tuple.items, items: false };
}
