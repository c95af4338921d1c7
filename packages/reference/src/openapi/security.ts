import type { Route, RouteAuth } from '@openvenue/contract';

/** How a caller shows who he is; the names are those of the components. */
export const SECURITY_SCHEMES = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'Access token of a login session. It lives for about half an hour; the refresh cookie gets the next one.',
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-KEY',
    description: 'Public half of an API key; it begins with fx_.',
  },
  apiKeyTimestamp: {
    type: 'apiKey',
    in: 'query',
    name: 'timestamp',
    description: 'Time of the request in Unix milliseconds, within 10 seconds of the time of the venue.',
  },
  apiKeySignature: {
    type: 'apiKey',
    in: 'query',
    name: 'signature',
    description:
      'Lowercase hex HMAC-SHA256, keyed with the secret, of the raw query without this parameter followed by the raw body.',
  },
} as const;

type SecurityRequirement = Readonly<Partial<Record<keyof typeof SECURITY_SCHEMES, readonly []>>>;

const BY_SESSION: SecurityRequirement = { accessToken: [] };
const BY_KEY: SecurityRequirement = { apiKey: [], apiKeyTimestamp: [], apiKeySignature: [] };

const BY_NOBODY: SecurityRequirement = {};

/** What a route asks for: one of the requirements, each with all of its schemes. */
export function securityOf({
  auth,
  callerOptional,
}: Pick<Route, 'auth' | 'callerOptional'>): readonly SecurityRequirement[] {
  switch (auth) {
    case '-':
      return callerOptional ? [BY_NOBODY, BY_SESSION, BY_KEY] : [];
    case 'J':
      return [BY_SESSION];
    case 'R':
    case 'T':
    case 'RT':
      return [BY_SESSION, BY_KEY];
  }
}

/** Who may call, in words. */
export const AUDIENCE: Readonly<Record<RouteAuth, string>> = {
  '-': 'Open to anyone.',
  J: 'Login session only.',
  R: 'Login session, or API key with read permission.',
  T: 'Login session, or API key with trade permission.',
  RT: 'Login session, or API key with read and trade permission; embedded terminals are not taken.',
};

/** Added where a route tells more to who is signed in. */
export const CALLER_OPTIONAL =
  'A session or an API key with read permission may be given; one that does not hold counts as none.';
