import type { Core } from '@openvenue/core';
import type { Failure } from '../failure.ts';
import { ACCESS_TOKEN_TTL_MS, type Clock, type GatewayConfig, type RandomBytes } from '../options.ts';
import { AccessTokens } from './access-token.ts';
import { SessionAuthenticator } from './authenticate-session.ts';

export interface TokenVerifierOptions {
  readonly core: Pick<Core, 'identity'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly config: Pick<GatewayConfig, 'jwtSecret' | 'issuer' | 'audience' | 'accessTokenTtlMs'>;
}

/** Says whom an access token stands for at this moment, by the rules of the REST API: for sockets, which carry no header. */
export function accessTokenVerifier({ core, clock, random, config }: TokenVerifierOptions) {
  const { jwtSecret: secret, issuer, audience, accessTokenTtlMs: lifeMs = ACCESS_TOKEN_TTL_MS } = config;
  const sessions = new SessionAuthenticator(core, new AccessTokens({ secret, issuer, audience, lifeMs, random }));
  return async (
    token: string,
  ): Promise<{ readonly ok: true; readonly userId: number; readonly sessionId: string } | Failure> => {
    const authentication = await sessions.verify(token, clock.nowMs());
    if (!authentication.ok) return authentication;
    const { userId, sessionId } = authentication.principal;
    return { ok: true, userId, sessionId };
  };
}
