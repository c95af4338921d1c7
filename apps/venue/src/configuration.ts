import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RATE_LIMIT_DEFAULTS } from '@openvenue/gateway';
import { DEMO_PARTNER_PORT } from './demo-agent.ts';

/** Where index prices come from: the bundled recording, or nowhere (an operator's own feed submits them). */
export type PriceFeed = 'replay' | 'none';

/** Everything that can be set from outside, checked once at the start. */
export interface Configuration {
  readonly mode: 'demo' | 'production';
  /** Address and TCP port to listen on; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
  /** Folder of the log, its snapshots and the history database; absolute. */
  readonly dataFolder: string;
  /** Base URL under which users reach the venue; undefined where that is the port on this machine. */
  readonly publicUrl: string | undefined;
  /** Names who issued an access token. It does not change with a port that is taken anew at each start. */
  readonly issuer: string;
  /** Folder of the built pages, with `terminal` and `widget` in it; absolute, undefined to serve the APIs alone. */
  readonly pagesFolder: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly trustProxy: readonly string[];
  readonly logLevel: LogLevel;
  readonly prices: PriceFeed;
  /** Seed of the simulated market. */
  readonly marketSeed: number;
  /** Orders that a user may place per second over time, 1 to 1,000,000; twice as many at once. */
  readonly ordersPerSecond: number;
  /** Where the demo agent takes webhooks, if not at the demo partner's; used in demo mode only. */
  readonly demoWebhookUrl: string | undefined;
  /** Where the demo partner listens; port 0 takes a free one. Undefined starts none, as always in production. */
  readonly partnerPort: number | undefined;
  /** What a reader of `/metrics` sends as a bearer token; undefined to let only programs on this machine read. */
  readonly metricsToken: string | undefined;
  readonly commit: string;
  readonly buildDate: string;
  /** 32 bytes each; undefined in demo mode, where they are made and kept in the data folder. */
  readonly jwtSecret: Uint8Array | undefined;
  readonly keyEncryptionKey: Uint8Array | undefined;
  /** What may be a mistake and is none for sure, one sentence each. */
  readonly doubts: readonly string[];
}

/** A demo has passwords that everybody knows, so a misspelt production is none. */
const NODE_ENVIRONMENTS = ['production', 'development', 'test'] as const;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every mistake in the configuration, one sentence each. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `the configuration has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

const BUILT_PAGES = fileURLToPath(new URL('../../../dist/pages', import.meta.url));
const MAX_PORT = 65_535;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration from environment variables. @throws ConfigurationError with all mistakes at once */
export function readConfiguration(environment: Environment): Configuration {
  const problems: string[] = [];
  const known = new Set<string>();
  const value = (name: string): string | undefined => {
    known.add(name);
    const text = environment[name]?.trim();
    return text === '' ? undefined : text;
  };
  const oneOf = <T extends string>(name: string, choices: readonly T[], fallback: T): T => {
    const text = value(name) ?? fallback;
    const found = choices.find((choice) => choice === text);
    if (found === undefined) problems.push(`${name} is "${text}", but must be one of ${choices.join(', ')}`);
    return found ?? fallback;
  };
  const mode = oneOf('NODE_ENV', NODE_ENVIRONMENTS, 'development') === 'production' ? 'production' : 'demo';
  const integer = (
    name: string,
    range: { readonly fallback: number; readonly min: number; readonly max: number },
  ): number => {
    const text = value(name);
    if (text === undefined) return range.fallback;
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= range.min && number <= range.max) return number;
    problems.push(`${name} is "${text}", but must be a whole number from ${range.min} to ${range.max}`);
    return range.fallback;
  };
  const list = (name: string): readonly string[] =>
    (value(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const secret = (name: string): Uint8Array | undefined => {
    const text = value(name);
    if (text === undefined) {
      if (mode === 'production')
        problems.push(
          `${name} is missing: production needs 32 random bytes in hex, such as from "openssl rand -hex 32"`,
        );
      return undefined;
    }
    const bytes = Buffer.from(text, 'hex');
    if (/^[0-9a-fA-F]{64}$/.test(text) && new Set(bytes).size > 8) return bytes;
    problems.push(`${name} must be 64 hex digits, 32 random bytes`);
    return undefined;
  };

  const port = integer('PORT', { fallback: 8080, min: 0, max: MAX_PORT });
  const publicUrl = value('OPENVENUE_PUBLIC_URL');
  checkUrl(publicUrl, mode, problems);
  const corsOrigins = list('OPENVENUE_CORS_ORIGINS');
  for (const origin of corsOrigins)
    if (!isOrigin(origin))
      problems.push(`OPENVENUE_CORS_ORIGINS holds "${origin}", which is not an origin such as https://app.example.com`);
  const trustProxy = list('OPENVENUE_TRUST_PROXY');
  for (const proxy of trustProxy)
    if (!isNetwork(proxy))
      problems.push(`OPENVENUE_TRUST_PROXY holds "${proxy}", which is no address or CIDR range such as 10.0.0.0/8`);

  const demoWebhookUrl = value('OPENVENUE_DEMO_WEBHOOK_URL');
  if (
    demoWebhookUrl !== undefined &&
    (!URL.canParse(demoWebhookUrl) || !/^https?:\/\/[\x21-\x7e]+$/.test(demoWebhookUrl))
  )
    problems.push(`OPENVENUE_DEMO_WEBHOOK_URL is "${demoWebhookUrl}", but must be an http or https address`);

  const metricsToken = value('OPENVENUE_METRICS_TOKEN');
  if (metricsToken !== undefined && !/^[\x21-\x7e]{16,256}$/.test(metricsToken))
    problems.push('OPENVENUE_METRICS_TOKEN must be 16 to 256 visible ASCII characters');

  const pages = value('OPENVENUE_PAGES') ?? BUILT_PAGES;
  const isPartnerOff = mode === 'production' || value('PARTNER_PORT') === 'none';

  const configuration: Configuration = {
    mode,
    host: value('HOST') ?? (mode === 'production' ? '0.0.0.0' : '127.0.0.1'),
    port,
    dataFolder: resolve(value('OPENVENUE_DATA') ?? 'data'),
    publicUrl,
    issuer: publicUrl ?? `http://127.0.0.1${port === 0 ? '' : `:${port}`}`,
    pagesFolder: pages === 'none' ? undefined : resolve(pages),
    corsOrigins,
    trustProxy,
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, mode === 'production' ? 'info' : 'warn'),
    prices: oneOf(
      'PRICES',
      mode === 'production' ? (['none'] as const) : (['replay', 'none'] as const),
      mode === 'production' ? 'none' : 'replay',
    ),
    marketSeed: integer('OPENVENUE_MARKET_SEED', { fallback: 1, min: 0, max: 2 ** 31 - 1 }),
    ordersPerSecond: integer('OPENVENUE_ORDERS_PER_SECOND', {
      fallback: RATE_LIMIT_DEFAULTS.order.perSecond,
      min: 1,
      max: 1_000_000,
    }),
    demoWebhookUrl,
    partnerPort: isPartnerOff
      ? undefined
      : integer('PARTNER_PORT', { fallback: DEMO_PARTNER_PORT, min: 0, max: MAX_PORT }),
    metricsToken,
    commit: value('OPENVENUE_COMMIT') ?? '',
    buildDate: value('OPENVENUE_BUILD_DATE') ?? '',
    jwtSecret: secret('OPENVENUE_JWT_SECRET'),
    keyEncryptionKey: secret('OPENVENUE_KEY_ENCRYPTION_KEY'),
    // Last, when every setting was asked for.
    doubts: doubtsOf(environment, known),
  };
  if (problems.length > 0) throw new ConfigurationError(problems);
  return configuration;
}

const PREFIX = 'OPENVENUE_';

/**
 * A name that nothing reads may be a misspelt one, whose setting its writer relies on. It may as well be of a program beside the venue, or of
 * Kubernetes, which sets `OPENVENUE_PORT` and others for a service called `openvenue`: no reason to refuse the start.
 */
function doubtsOf(environment: Environment, known: ReadonlySet<string>): readonly string[] {
  const names = [...known].filter((name) => name.startsWith(PREFIX)).sort();
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !known.has(name))
    .map((name) => `${name} does nothing; the settings are ${names.join(', ')}`);
}

function checkUrl(text: string | undefined, mode: Configuration['mode'], problems: string[]): void {
  if (text === undefined) {
    if (mode === 'production')
      problems.push('OPENVENUE_PUBLIC_URL is missing: production needs the https address under which users reach it');
    return;
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username !== '' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    problems.push(
      `OPENVENUE_PUBLIC_URL is "${text}", but must be an http or https address without user, query or fragment`,
    );
  } else if (mode === 'production' && url.protocol !== 'https:') {
    problems.push(`OPENVENUE_PUBLIC_URL is "${text}", but production needs https: a proxy before the venue may end it`);
  }
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && text !== 'null';
}

/** An address or a CIDR range. A range of everything would believe whatever a client says of itself, so it is none. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0 || address.includes('%') || more.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits);
}
