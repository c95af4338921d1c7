import { resolve } from 'node:path';

export interface Configuration {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The venue's origin, for this server and for browsers. */
  readonly venueUrl: string;
  readonly agentCode: string;
  /** One secret, or two during a rotation; the first signs. */
  readonly apiSecrets: readonly string[];
  /** Absolute. */
  readonly dataFolder: string;
  /** The origin that browsers see; `undefined` for this machine's own addresses. */
  readonly origin: string | undefined;
  /** Addresses of proxies in front of the site, whose `X-Forwarded-For` is believed. */
  readonly trustProxy: readonly string[];
  /** Whether the demo user is added. */
  readonly isDemo: boolean;
}

/** Every mistake in the configuration, one sentence each. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(problems: readonly string[]) {
    super(`the configuration must be corrected:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Reads the configuration from environment variables. @throws ConfigurationError with all mistakes at once */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const problems: string[] = [];
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const required = (name: string, hint: string): string => {
    const text = value(name);
    if (text === undefined) problems.push(`${name} is missing: ${hint}`);
    return text ?? '';
  };

  const portText = value('PORT') ?? '8081';
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port <= 65_535)) problems.push(`PORT is "${portText}", but must be a whole number from 0 to 65535`);
  const venueUrl = (value('OPENVENUE_URL') ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
  if (!isOrigin(venueUrl)) problems.push(`OPENVENUE_URL is "${venueUrl}", but must be like https://venue.example`);
  const agentCode = required('OPENVENUE_AGENT_CODE', 'the code that the operator of the venue gave you');
  const secretText = required(
    'OPENVENUE_API_SECRET',
    'the secret that belongs to the agent code; give it to this server only',
  );
  const apiSecrets = secretText.split(',').map((secret) => secret.trim());
  if (apiSecrets.length > 2 || (secretText !== '' && apiSecrets.includes('')))
    problems.push('OPENVENUE_API_SECRET must be one secret, or two with a comma between them during a rotation');
  const origin = value('PARTNER_ORIGIN');
  if (origin !== undefined && !isOrigin(origin))
    problems.push(`PARTNER_ORIGIN is "${origin}", but must be like https://partner.example`);
  const trustProxy = (value('PARTNER_TRUST_PROXY') ?? '').split(/[\s,]+/).filter((address) => address !== '');
  for (const address of trustProxy)
    if (!/^[\da-fA-F.:]+(\/\d{1,3})?$/.test(address))
      problems.push(`PARTNER_TRUST_PROXY holds "${address}", which is no address or range`);
  const isDemo = value('PARTNER_DEMO') === '1';
  if (isDemo && environment['NODE_ENV'] === 'production')
    problems.push('PARTNER_DEMO adds a user whose password everybody knows: not with NODE_ENV=production');
  if (problems.length > 0) throw new ConfigurationError(problems);
  const dataFolder = resolve(value('PARTNER_DATA') ?? 'data/partner');
  const host = value('HOST') ?? '127.0.0.1';
  return { host, port, venueUrl, agentCode, apiSecrets, dataFolder, origin, trustProxy, isDemo };
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
