import { operations } from '@openvenue/contract';
import type { SeededRandom } from '@openvenue/core/testing';
import { someAddress } from './addresses.ts';
import { type Contract, type HostileRequest, requestBytes } from './http-request.ts';

const PATHS = Object.values(operations).map(({ path }) => path);
const METHODS_OF: ReadonlyMap<string, readonly string[]> = new Map(
  PATHS.map((path) => [
    path,
    Object.values(operations)
      .filter((each) => each.path === path)
      .map(({ method }) => method),
  ]),
);
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'M-SEARCH'];
const UNKNOWN = [
  '/v1',
  '/v1/',
  '/v1/private',
  '/v1/private/order/none',
  '/v2/time',
  '/v1/agent',
  '/v1/agent/none',
  '/agent/agent/version',
  '/v1/time/',
  '//v1/time',
  '/V1/TIME',
  '/v1/%74ime%00',
  '/v1/time;a=1',
  '/v1/__proto__',
  '/constructor',
  '/v1/private/order/%2e%2e/place',
];
const PAGES = [
  '/',
  '/trade/BTCUSDT',
  '/trade/%00',
  '/trade/%',
  '/trade/..%2f..%2fetc%2fpasswd',
  '/trade/../../etc/passwd',
  '/embed',
  '/embed?channelId=%zz',
  '/en/futures/BTCUSDT',
  '/%/futures/%',
  '/agent-entry?ticket=%',
  '/sdk/trading-widget/v1/index.js',
  '/sdk/..%2f..%2fpackage.json',
  '/assets/..%5c..%5cx',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/docs',
  '/docs/..%2f',
  '/openapi.json',
  '/asyncapi.json',
  '/healthz',
  '/readyz',
  '/metrics',
  '/version',
  '/agent/version',
  '/favicon.ico',
  '/robots.txt',
];
const ODD_PATHS = [
  '/%',
  '/%zz',
  '/%ff',
  '/%c0%ae',
  '/v1/time%',
  '/v1/%E0%A4%A',
  `/${'a'.repeat(5_000)}`,
  `/v1/${'%41'.repeat(2_000)}`,
  `/v1/${'../'.repeat(1_000)}time`,
  `${'/'.repeat(2_000)}`,
  `/trade/${'a'.repeat(3_000)}`,
  '/v1/time?',
  `/v1/time?${'a'.repeat(10_000)}`,
  '/v1/time#x',
  '/*',
  '/:symbol',
  '/trade/:symbol',
];

/** A request for what is not there, by a method that is not taken, or for a page by an odd path. */
export function pathRequest(random: SeededRandom): HostileRequest {
  const { method, target, contract } = random.pick([wrongMethod, unknownPath, page, oddPath])(random);
  const headers = [`X-Forwarded-For: ${someAddress(random)}`];
  return {
    method,
    contract,
    mutation: `${method} ${target.slice(0, 60)}`,
    isAuthentic: false,
    bytes: requestBytes({ method, target }, headers),
  };
}

interface Aimed {
  readonly method: string;
  readonly target: string;
  readonly contract: Contract;
}

function wrongMethod(random: SeededRandom): Aimed {
  const target = random.pick(PATHS);
  const method = random.pick(METHODS.filter((each) => !(METHODS_OF.get(target) ?? []).includes(each)));
  // A preflight is answered by what lets browsers in from elsewhere, not by the API.
  return { method, target, contract: { kind: method === 'OPTIONS' ? 'other' : 'unknown-path' } };
}

const unknownPath = (random: SeededRandom): Aimed => ({
  method: random.pick(['GET', 'POST', 'PUT', 'DELETE']),
  target: random.pick(UNKNOWN),
  contract: { kind: 'unknown-path' },
});

const page = (random: SeededRandom): Aimed => ({
  method: random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST']),
  target: random.pick(PAGES),
  contract: { kind: 'other' },
});

const oddPath = (random: SeededRandom): Aimed => ({
  method: random.pick(['GET', 'POST']),
  target: random.pick(ODD_PATHS),
  contract: { kind: 'other' },
});
