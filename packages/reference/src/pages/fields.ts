import { isTuple, type JsonSchema } from '../json-schema.ts';
import { type Html, html, NOTHING } from './html.ts';

interface Row {
  readonly path: string;
  readonly isRequired: boolean;
  readonly schema: JsonSchema;
}

/** Deepest level of fields that a table shows. */
const MAX_DEPTH = 4;

/** A table of the fields of an object, those of inner objects and lists below them. */
export function fieldTable(schema: JsonSchema, caption: string): Html {
  const rows = rowsOf(schema, '', 0);
  if (rows.length === 0) return NOTHING;
  return html`<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows.map(rowOf)}</tbody>
</table>`;
}

function rowsOf(schema: JsonSchema, prefix: string, depth: number): readonly Row[] {
  if (depth > MAX_DEPTH) return [];
  const alternatives = (schema.anyOf ?? []).flatMap((each) => rowsOf(each, prefix, depth));
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const row = { path, isRequired: schema.required?.includes(name) ?? false, schema: field };
    return [row, ...rowsOf(innerOf(field), field.type === 'array' ? `${path}[]` : path, depth + 1)];
  });
  return [...own, ...alternatives];
}

const innerOf = (field: JsonSchema): JsonSchema =>
  field.type === 'array' && field.items !== undefined && !isTuple(field) ? (field.items as JsonSchema) : field;

const rowOf = ({ path, isRequired, schema }: Row): Html => {
  const [example] = schema.examples ?? [];
  const isShown =
    example !== undefined && typeof example !== 'object' && schema.enum === undefined && schema.const === undefined;
  const shown = isShown ? html` For example <code>${String(example)}</code>.` : NOTHING;
  return html`<tr><th scope="row"><code>${path}</code>${isRequired ? NOTHING : html` <small>optional</small>`}</th>
<td>${typeOf(schema)}</td><td>${schema.description ?? ''}.${boundsOf(schema)}${shown}</td></tr>`;
};

const UNITS: Readonly<Record<string, string>> = {
  USDT: 'USDT',
  base: 'base asset',
  ratio: 'fraction',
  percent: 'percent',
  ms: 'Unix ms',
  s: 's',
  x: 'times',
};

function typeOf(schema: JsonSchema): string {
  const unit = UNITS[schema['x-unit'] ?? ''];
  const base = schema.const !== undefined ? JSON.stringify(schema.const) : (schema.type ?? 'one of');
  return unit === undefined ? base : `${base}, ${unit}`;
}

function boundsOf(schema: JsonSchema): Html {
  if (schema.enum !== undefined) return html` ${schema.enum.map((value) => html`<code>${String(value)}</code> `)}`;
  if (schema['x-unit'] === 'ms' || schema['x-unit'] === 's') return NOTHING;
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  const parts = [
    range('', minimum, maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum),
    schema['x-unit'] === undefined || schema.type === 'array' ? range(' characters', minLength, maxLength) : '',
    range(' items', minItems, maxItems),
    schema.default === undefined ? '' : `Default ${String(schema.default)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? NOTHING : html` ${parts.join('. ')}.`;
}

function range(unit: string, low: number | undefined, high: number | undefined): string {
  if (high === undefined) return low === undefined || low === 0 ? '' : `At least ${low}${unit}`;
  return low === undefined ? `Up to ${high}${unit}` : `${low} to ${high}${unit}`;
}
