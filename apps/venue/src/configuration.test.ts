import { readFileSync } from 'node:fs';
import { clientAddressOf, RATE_LIMIT_DEFAULTS } from '@openvenue/gateway';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, readConfiguration } from './configuration.ts';

const KEY = '00112233445566778899aabbccddeeff'.repeat(2);
const PRODUCTION = {
  NODE_ENV: 'production',
  OPENVENUE_PUBLIC_URL: 'https://venue.example',
  OPENVENUE_JWT_SECRET: KEY,
  OPENVENUE_KEY_ENCRYPTION_KEY: KEY,
};

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('needs nothing in demo mode, and listens on this machine only', () => {
    expect(readConfiguration({})).toMatchObject({
      mode: 'demo',
      host: '127.0.0.1',
      port: 8080,
      prices: 'replay',
      jwtSecret: undefined,
    });
  });
  it.each(['prod', 'Production', 'staging', 'live'])('takes NODE_ENV=%s for no demo with public passwords', (mode) =>
    expect(problemsOf({ NODE_ENV: mode })).toEqual([
      `NODE_ENV is "${mode}", but must be one of production, development, test`,
    ]),
  );
  it.each(['', 'development', 'test'])('is in demo mode with NODE_ENV=%s', (mode) =>
    expect(readConfiguration({ NODE_ENV: mode }).mode).toBe('demo'),
  );
  it('lists every mistake at once', () => {
    const problems = problemsOf({
      PORT: '80800',
      LOG_LEVEL: 'loud',
      PRICES: 'moon',
      OPENVENUE_PUBLIC_URL: 'ftp://x',
      OPENVENUE_CORS_ORIGINS: 'https://ok.example,nope',
      OPENVENUE_TRUST_PROXY: 'true',
      OPENVENUE_JWT_SECRET: 'short',
      OPENVENUE_MARKET_SEED: '-1',
      PARTNER_PORT: 'off',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'OPENVENUE_PUBLIC_URL',
      'OPENVENUE_CORS_ORIGINS',
      'OPENVENUE_TRUST_PROXY',
      'LOG_LEVEL',
      'PRICES',
      'OPENVENUE_MARKET_SEED',
      'PARTNER_PORT',
      'OPENVENUE_JWT_SECRET',
    ]);
  });
  it.each([
    'true',
    '1.2.3',
    '999.0.0.1',
    ':::',
    '10.0.0.0/',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::/129',
    'fe80::1%eth0',
    '1/2/3',
  ])('takes no proxy "%s", which would only fail later', (proxy) =>
    expect(problemsOf({ OPENVENUE_TRUST_PROXY: `10.0.0.1,${proxy}` })).toEqual([
      expect.stringContaining(`OPENVENUE_TRUST_PROXY holds "${proxy}"`),
    ]),
  );
  it('takes proxies that the gateway takes', () => {
    const { trustProxy } = readConfiguration({
      OPENVENUE_TRUST_PROXY: '10.0.0.0/8, 192.0.2.1, ::1, fd00::/8, ::ffff:10.0.0.0/104',
    });
    expect(trustProxy).toHaveLength(5);
    expect(() => clientAddressOf(trustProxy)).not.toThrow();
  });
  it("takes a user's order limit from 1 to 1,000,000 a second, by default the gateway's", () => {
    const { perSecond, burst } = RATE_LIMIT_DEFAULTS.order;
    expect(readConfiguration({}).ordersPerSecond).toBe(perSecond);
    expect(burst).toBe(2 * perSecond);
    for (const limit of ['1', '1000000'])
      expect(readConfiguration({ OPENVENUE_ORDERS_PER_SECOND: limit }).ordersPerSecond).toBe(Number(limit));
    for (const wrong of ['0', '1000001', '1.5', 'many'])
      expect(problemsOf({ OPENVENUE_ORDERS_PER_SECOND: wrong })).toEqual([
        expect.stringContaining(`OPENVENUE_ORDERS_PER_SECOND is "${wrong}"`),
      ]);
  });
  it('refuses production without its secrets, with weak ones, over http, or with simulated prices', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toHaveLength(3);
    expect(problemsOf({ ...PRODUCTION, OPENVENUE_JWT_SECRET: '0'.repeat(64) })).toEqual([
      expect.stringContaining('OPENVENUE_JWT_SECRET'),
    ]);
    expect(problemsOf({ ...PRODUCTION, PRICES: 'replay' })).toEqual([expect.stringContaining('PRICES')]);
    expect(readConfiguration(PRODUCTION)).toMatchObject({ mode: 'production', host: '0.0.0.0', prices: 'none' });
  });
  it('starts a partner in demo mode only, on a port of its own or not at all', () => {
    const portOf = (environment: Record<string, string>) => readConfiguration(environment).partnerPort;
    expect([portOf({}), portOf({ PARTNER_PORT: '0' }), portOf({ PARTNER_PORT: 'none' })]).toEqual([8081, 0, undefined]);
    expect(portOf({ ...PRODUCTION, PARTNER_PORT: '8081' })).toBeUndefined();
  });
  it('finds the pages beside the sources, elsewhere, or serves none', () => {
    const folderOf = (folder: string) => readConfiguration({ OPENVENUE_PAGES: folder }).pagesFolder;
    expect(folderOf('')).toMatch(/^\/.*\/dist\/pages$/);
    expect([folderOf('/srv/pages'), folderOf('none')]).toEqual(['/srv/pages', undefined]);
  });
  it('names the issuer of tokens by an address that does not change with each start', () => {
    const issuerOf = (environment: Record<string, string>) => readConfiguration(environment).issuer;
    expect(issuerOf({})).toBe('http://127.0.0.1:8080');
    expect(issuerOf({ PORT: '0' })).toBe('http://127.0.0.1');
    expect(issuerOf({ PORT: '0', OPENVENUE_PUBLIC_URL: 'https://venue.example' })).toBe('https://venue.example');
  });
  it('doubts a name that nothing reads, says which there are, and starts', () => {
    const doubtsOf = (environment: Readonly<Record<string, string>>) => readConfiguration(environment).doubts;
    const doubts = doubtsOf({ OPENVENUE_TRUST_PROXIES: '10.0.0.0/8', OPENVENUE_JWT_SECRETS: 'hunter2', OTHER: 'x' });
    expect(doubts).toEqual([
      expect.stringMatching(/^OPENVENUE_TRUST_PROXIES does nothing; .* OPENVENUE_TRUST_PROXY$/),
      expect.stringMatching(/^OPENVENUE_JWT_SECRETS does nothing; .* OPENVENUE_JWT_SECRET, /),
    ]);
    expect(doubts.join()).not.toContain('hunter2');
    expect(doubtsOf({ ...PRODUCTION, OPENVENUE_ORDERS_PER_SECOND: '50' })).toEqual([]);
    expect(doubtsOf({ ...PRODUCTION, OPENVENUE_DEMO: '1' })).toHaveLength(1);
  });
  it('knows every setting that its manual names', () => {
    const manual = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const named = [...new Set(manual.match(/\bOPENVENUE_[A-Z_]*[A-Z]\b/g))].sort();
    expect(named.length).toBeGreaterThan(10);
    const [doubt] = readConfiguration({ OPENVENUE_NONE: '' }).doubts;
    expect(doubt).toBe(`OPENVENUE_NONE does nothing; the settings are ${named.join(', ')}`);
  });
  it('never repeats a secret in a message', () => {
    expect(problemsOf({ ...PRODUCTION, OPENVENUE_JWT_SECRET: 'hunter2hunter2' }).join()).not.toContain('hunter2');
  });
});
