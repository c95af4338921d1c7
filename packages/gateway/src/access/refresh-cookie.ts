import { createHash } from 'node:crypto';
import type { CookieSerializeOptions } from '@fastify/cookie';

/** What the refresh cookie holds: the session and its current opaque token. */
export interface RefreshCredential {
  readonly sessionId: string;
  readonly token: string;
}

const NAME = 'openvenue_refresh';
const SESSION_ID_BYTES = 16;
const TOKEN_BYTES = 32;
const VALUE = /^([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/;

export const newSessionId = (random: (bytes: number) => Buffer): string => random(SESSION_ID_BYTES).toString('hex');
export const newRefreshToken = (random: (bytes: number) => Buffer): string => random(TOKEN_BYTES).toString('base64url');

/** The form in which the core keeps a token: hex SHA-256. */
export const refreshTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The refresh cookie of one deployment. Over plain http browsers take neither the `__Host-` prefix nor `Secure`. */
export class RefreshCookie {
  readonly name: string;
  readonly #secure: boolean;

  constructor(secure: boolean) {
    this.#secure = secure;
    this.name = secure ? `__Host-${NAME}` : NAME;
  }

  write({ sessionId, token }: RefreshCredential): string {
    return `${sessionId}.${token}`;
  }

  /** Undefined for a value that this venue never sets. */
  read(value: string): RefreshCredential | undefined {
    const match = VALUE.exec(value);
    const [, sessionId, token] = match ?? [];
    return sessionId === undefined || token === undefined ? undefined : { sessionId, token };
  }

  /** Attributes for a cookie that lives for `lifeMs`; with 0 it is cleared. */
  attributes(lifeMs: number): CookieSerializeOptions {
    return { path: '/', httpOnly: true, secure: this.#secure, sameSite: 'strict', maxAge: Math.floor(lifeMs / 1_000) };
  }
}
