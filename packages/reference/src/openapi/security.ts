import type { RouteAuth } from '@openvenue/contract';

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

/** What a route asks for: one of the requirements, each with all of its schemes. */
export function securityOf(auth: RouteAuth): readonly SecurityRequirement[] {
  switch (auth) {
    case '-':
      return [];
    case 'J':
      return [BY_SESSION];
    case 'R':
    case 'T':
      return [BY_SESSION, BY_KEY];
  }
}

/** Who may call, in words. */
export const AUDIENCE: Readonly<Record<RouteAuth, string>> = {
  '-': 'Open to anyone.',
  J: 'Login session only.',
  R: 'Login session, or API key with read permission.',
  T: 'Login session, or API key with trade permission.',
};
