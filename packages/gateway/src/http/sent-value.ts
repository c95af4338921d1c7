import { type Route, type SchemaNode, withValue } from '@openvenue/contract';
import type { Answer, Failure } from '../failure.ts';

interface Sent {
  readonly query: object;
  readonly body: object;
}

/**
 * Gives refusals the value that the client sent for the field they name: the core refuses ticks and steps, and its client knows only
 * what he wrote. A refusal that has a value keeps it, and what is secret is not shown.
 */
export function withSentValue<T>(
  route: Pick<Route, 'query' | 'documentedBody'>,
  { query, body }: Sent,
): (answer: Answer<T>) => Answer<T> {
  return (answer) =>
    answer.ok
      ? answer
      : showing(
          answer,
          (field) => sentValue(route.documentedBody, body, field) ?? sentValue(route.query, query, field),
        );
}

/** The same for an item of a batch, whose refusal names a field of the item. */
export const withSentItem = (route: Pick<Route, 'documentedBody'>, item: unknown, failure: Failure): Failure =>
  showing(failure, (field) => sentValue(route.documentedBody, item, field));

function showing(failure: Failure, sentFor: (field: string) => string | undefined): Failure {
  if (failure.details?.field === undefined || failure.details.value !== undefined) return failure;
  const { field, ...more } = failure.details;
  const value = sentFor(field);
  return value === undefined ? failure : { ...failure, details: { field, value, ...more } };
}

/** Scalars alone: a list or an object says nothing that its field's name does not. */
function sentValue(schema: SchemaNode, sent: unknown, path: string): string | undefined {
  const [, list, index, item] = IN_ITEM.exec(path) ?? [];
  if (list !== undefined && item !== undefined) {
    const items = ownOf(sent, list);
    const of = ownOf(schema.properties, list) === undefined ? undefined : schema.properties?.[list]?.items;
    return Array.isArray(items) && of !== undefined ? sentValue(of, items[Number(index)], item) : undefined;
  }
  const isShown = Object.hasOwn(schema.properties ?? {}, path) && schema.properties?.[path]?.['x-secret'] !== true;
  const value = isShown ? ownOf(sent, path) : undefined;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  return withValue({ code: 2002, field: path, rule: '' }, value).value;
}

/** A field of an item of a list, such as `subOrderList[1].price`. */
const IN_ITEM = /^(\w+)\[(\d{1,4})\]\.(.+)$/;

const ownOf = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
