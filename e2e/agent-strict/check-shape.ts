import type { CallTable, Fields, Shape } from './call-tables.ts';
import { isOfFormat } from './formats.ts';

type Body = Readonly<Record<string, unknown>>;

const FOUND_LENGTH = 80;

/** Everything in which a value is not of a shape: missing and unknown fields, wrong types, wrong formats. */
export function faultsOf(value: unknown, shape: Shape, where = 'body'): readonly string[] {
  if (typeof shape === 'string') return isOfFormat(value, shape) ? [] : [`${where} is ${show(value)}, not ${shape}`];
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${where} is ${show(value)}, not a list`];
    return value.flatMap((each, index) => faultsOf(each, shape[0], `${where}[${index}]`));
  }
  if (!isObject(value)) return [`${where} is ${show(value)}, not an object`];
  const known = new Map(Object.entries(shape).map(([name, inner]) => [name.replace(/\?$/, ''), { name, inner }]));
  const unknown = Object.keys(value).filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => `${where}.${name} is unknown`),
    ...[...known].flatMap(([field, { name, inner }]) => {
      if (Object.hasOwn(value, field)) return faultsOf(value[field], inner, `${where}.${field}`);
      return name.endsWith('?') ? [] : [`${where}.${field} is missing`];
    }),
  ];
}

/** The faults of a success: flat, exactly the fields of the table, what was asked for and nothing that was not. */
export function faultsOfSuccess(body: Body, table: CallTable, request: Body): readonly string[] {
  const always = { code: 'integer', message: 'the words success' };
  if (table.items !== undefined) return faultsOfPage(body, table.items, always);
  const asked = Object.entries(table.whenAsked ?? {}).filter(([name]) => request[name] === true);
  const extra: Record<string, Shape> = Object.assign({}, ...asked.map(([, fields]) => fields));
  const { environment } = request;
  if (environment !== undefined) extra['environment'] = `one of ${String(environment)}`;
  return faultsOf(body, { ...always, ...table.reply, ...extra });
}

function faultsOfPage(
  body: Body,
  items: Readonly<Record<string, Fields>>,
  always: Readonly<Record<string, Shape>>,
): readonly string[] {
  const item = { platformUserId: 'user id', entityType: 'text', entityId: 'text' };
  const { data, ...rest } = body;
  const outside = faultsOf(rest, always);
  if (!isObject(data) || !Array.isArray(data['items'])) return [...outside, `body.data is ${show(data)}`];
  const { items: found, ...page } = data;
  return [
    ...outside,
    ...faultsOf(page, { nextCursor: 'text or empty', hasMore: 'boolean' }, 'body.data'),
    ...(found as unknown[]).flatMap((each, index) => {
      const where = `items[${index}]`;
      if (!isObject(each)) return [`${where} is ${show(each)}`];
      const { data: inner, ...outer } = each;
      const shape = items[String(each['entityType'])];
      if (shape === undefined) return [`${where}.entityType is ${show(each['entityType'])}`];
      return [...faultsOf(outer, item, where), ...faultsOf(inner, shape, `${where}.data`)];
    }),
  ];
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const show = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, FOUND_LENGTH);
