import type { TSchema } from 'typebox';
import type { SchemaNode } from '../first-problem.ts';

export interface FoundNode {
  readonly path: string;
  /** A named field of an object, not an item, an alternative or the whole. */
  readonly isField: boolean;
  readonly node: SchemaNode & Readonly<Record<string, unknown>>;
}

/** A schema and everything inside it. */
export function nodesOf(schema: TSchema, path: string, isField = false): FoundNode[] {
  const node = schema as FoundNode['node'] & { readonly anyOf?: readonly TSchema[] };
  const items = Array.isArray(node.items) ? node.items : [node.items];
  return [
    { path, node, isField },
    ...Object.entries(node.properties ?? {}).flatMap(([name, inner]) => nodesOf(inner, `${path}.${name}`, true)),
    ...items.flatMap((inner, index) => (inner === undefined ? [] : nodesOf(inner, `${path}[${index}]`))),
    ...(node.anyOf ?? []).flatMap((inner, index) => nodesOf(inner, `${path}|${index}`)),
  ];
}

/** Field names of an object, those of its rows and inner objects in brackets. */
export function fieldsOf(schema: TSchema): string {
  const node = schema as SchemaNode;
  return Object.entries(node.properties ?? {})
    .map(([name, field]) => {
      const inner = field.type === 'array' ? field.items : field;
      const fields = inner === undefined || Array.isArray(inner) ? '' : fieldsOf(inner);
      return fields === '' ? name : `${name}(${fields})`;
    })
    .join(' ');
}

/** Field names of an object; `?` marks what may be left out. */
export function requestFieldsOf(schema: TSchema): string {
  const { properties = {}, required } = schema as SchemaNode;
  return Object.keys(properties)
    .map((name) => (required?.includes(name) ? name : `${name}?`))
    .join(' ');
}
