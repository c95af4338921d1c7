import { type Route, type SchemaNode, withValue } from '@openvenue/contract';
import type { Answer } from '../failure.ts';

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
  return (answer) => {
    if (answer.ok || answer.details?.field === undefined || answer.details.value !== undefined) return answer;
    const { field, ...more } = answer.details;
    const value = sentValue(route.documentedBody, body, field) ?? sentValue(route.query, query, field);
    return value === undefined ? answer : { ...answer, details: { field, value, ...more } };
  };
}

/** Scalars alone: a list or an object says nothing that its field's name does not. */
function sentValue(schema: SchemaNode, sent: object, field: string): string | undefined {
  const isShown = Object.hasOwn(schema.properties ?? {}, field) && schema.properties?.[field]?.['x-secret'] !== true;
  if (!isShown || !Object.hasOwn(sent, field)) return undefined;
  const value: unknown = Reflect.get(sent, field);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  return withValue({ code: 2002, field, rule: '' }, value).value;
}
