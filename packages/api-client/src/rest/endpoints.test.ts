import { operations, type Route, routes } from '@openvenue/contract';
import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';

const endpoints: readonly Endpoint[] = Object.values(ENDPOINTS).flatMap((group) => Object.values<Endpoint>(group));
const byOperation = new Map(endpoints.map((endpoint) => [endpoint.operation, endpoint]));
const named: readonly (readonly [string, Route])[] = Object.entries(operations);

describe('the table of endpoints', () => {
  it('has every route of the contract', () => expect(named).toHaveLength(routes.length));

  it.each(named)('has %s as the contract has it', (operation, { method, path, auth, callerOptional }) => {
    const expected = { operation, method, path, auth, ...(callerOptional ? { callerOptional } : {}) };
    expect(byOperation.get(operation)).toEqual(expected);
  });

  it('has no other, and none twice', () => {
    const known = new Set(named.map(([operation]) => operation));
    expect(endpoints.map(({ operation }) => operation).filter((operation) => !known.has(operation))).toEqual([]);
    expect(byOperation.size).toBe(endpoints.length);
    expect(new Set(endpoints.map(({ method, path }) => `${method} ${path}`)).size).toBe(endpoints.length);
  });

  it.each(named)('%s takes a query or a body, never both', (_operation, { method, query, body }) => {
    const unused = method === 'GET' ? body : query;
    expect(Object.keys(unused.properties)).toEqual([]);
  });
});
