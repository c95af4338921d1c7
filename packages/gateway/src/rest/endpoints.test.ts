import { operations, PRICE_TYPE, routes } from '@openvenue/contract';
import { referencePaths } from '@openvenue/reference';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agentEndpoints } from '../agent/endpoints.ts';
import { TestGateway } from '../testing/venue.ts';
import { endpoints } from './endpoints.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start();
});
afterAll(() => gateway.close());

test('every operation of the contract has its own endpoint, and no other exists', () => {
  expect(Object.keys(endpoints).sort()).toEqual(Object.keys(operations).sort());
  for (const [name, endpoint] of Object.entries(endpoints)) {
    expect(endpoint.route, name).toBe(Object.entries(operations).find(([each]) => each === name)?.[1]);
  }
});

const HEALTH_METHODS = ['/healthz', '/readyz'].flatMap((path) => [`GET ${path}`, `HEAD ${path}`]);

test('every route is served, the Agent API under both prefixes, and no other', () => {
  for (const { method, path } of routes) expect(gateway.app.hasRoute({ method, url: path }), path).toBe(true);
  const agentPaths = ['', '/agent'].flatMap((prefix) => [
    `GET ${prefix}/version`,
    ...Object.values(agentEndpoints).map(({ call }) => `${call.method} ${prefix}${call.path}`),
  ]);
  for (const [method = '', url = ''] of agentPaths.map((each) => each.split(' '))) {
    expect(gateway.app.hasRoute({ method, url }), url).toBe(true);
  }
  const served = gateway.app.printRoutes({ commonPrefix: false }).match(/\((GET|POST|PUT|DELETE)[^)]*\)/g) ?? [];
  const methods = served.flatMap((each) => each.slice(1, -1).split(', ')).filter((each) => each !== 'OPTIONS');
  const pages = referencePaths.flatMap((path) => [`GET ${path}`, `HEAD ${path}`]);
  expect(methods).toHaveLength(routes.length + HEALTH_METHODS.length + agentPaths.length + pages.length);
});

describe('without a credential', () => {
  test.each(routes.filter(({ auth }) => auth !== '-').map(({ method, path }) => [method, path] as const))(
    '%s %s is refused with 1001',
    async (method, url) => {
      expect(await gateway.send({ method, url })).toMatchObject({ status: 401, code: 1001 });
    },
  );
});

test('the enumeration of price types has the ones that the engine knows', () => {
  expect(Object.values(PRICE_TYPE)).toEqual([0, 1, 2, 3, 4]);
});
