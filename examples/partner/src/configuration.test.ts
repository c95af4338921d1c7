import { describe, expect, it } from 'vitest';
import { readConfiguration } from './configuration.ts';

const IDENTITY = { OPENVENUE_AGENT_CODE: 'harbour', OPENVENUE_API_SECRET: 's-1' };

describe('the configuration', () => {
  it('needs the code and the secret, and says so', () => {
    expect(() => readConfiguration({})).toThrow(
      /OPENVENUE_AGENT_CODE is missing[\s\S]*OPENVENUE_API_SECRET is missing/,
    );
  });

  it('has defaults for the rest', () => {
    expect(readConfiguration({ ...IDENTITY, PARTNER_DATA: '/data' })).toEqual({
      host: '127.0.0.1',
      port: 8081,
      venueUrl: 'http://127.0.0.1:8080',
      agentCode: 'harbour',
      apiSecrets: ['s-1'],
      dataFolder: '/data',
      origin: undefined,
      trustProxy: [],
      isDemo: false,
    });
  });

  it('takes two secrets during a rotation', () => {
    const { apiSecrets } = readConfiguration({ ...IDENTITY, OPENVENUE_API_SECRET: 's-2, s-1' });
    expect(apiSecrets).toEqual(['s-2', 's-1']);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '80a'],
    ['OPENVENUE_URL', 'venue.example'],
    ['OPENVENUE_URL', 'https://venue.example/path'],
    ['OPENVENUE_URL', "https://venue.example'; script-src *"],
    ['PARTNER_ORIGIN', 'javascript:alert(1)'],
    ['PARTNER_TRUST_PROXY', 'everybody'],
    ['OPENVENUE_API_SECRET', 'a,b,c'],
    ['OPENVENUE_API_SECRET', 'a,'],
  ])('refuses %s=%s', (name, value) => expect(() => readConfiguration({ ...IDENTITY, [name]: value })).toThrow(name));

  it('does not let the demo user into production', () => {
    expect(() => readConfiguration({ ...IDENTITY, PARTNER_DEMO: '1', NODE_ENV: 'production' })).toThrow('PARTNER_DEMO');
    expect(readConfiguration({ ...IDENTITY, PARTNER_DEMO: '1' }).isDemo).toBe(true);
  });
});
