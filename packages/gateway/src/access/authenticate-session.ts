import type { Core } from '@openvenue/core';
import { type Failure, fail } from '../failure.ts';
import type { AccessTokens } from './access-token.ts';
import type { SessionPrincipal } from './principal.ts';

/** Who calls, or why nobody does. */
export type Authentication<P> = { readonly ok: true; readonly principal: P } | Failure;

const BEARER = /^Bearer +([^\s]+)$/i;

/** Verifies `Authorization: Bearer` and asks the core whether the token's session still holds. */
export class SessionAuthenticator {
  readonly #core: Pick<Core, 'identity'>;
  readonly #tokens: AccessTokens;

  constructor(core: Pick<Core, 'identity'>, tokens: AccessTokens) {
    this.#core = core;
    this.#tokens = tokens;
  }

  async authenticate(authorization: string | undefined, nowMs: number): Promise<Authentication<SessionPrincipal>> {
    const token = BEARER.exec(authorization ?? '')?.[1];
    return token === undefined ? fail('UNAUTHENTICATED') : this.verify(token, nowMs);
  }

  /** Whom an access token stands for now. */
  async verify(token: string, nowMs: number): Promise<Authentication<SessionPrincipal>> {
    const verified = await this.#tokens.verify(token, nowMs);
    if (!verified.ok) return fail(verified.error);
    const { sessionId, externalUserId } = verified.claims;
    const { identity } = this.#core;
    const session = identity.session(sessionId);
    const user = identity.userByExternalId(externalUserId);
    if (session === undefined || user === undefined || session.userId !== user.userId) return fail('INVALID_TOKEN');
    if (session.revoked || user.disabled) return fail('TOKEN_REVOKED');
    if (session.refreshExpiresAtMs <= nowMs) return fail('INVALID_TOKEN');
    const { embed } = session;
    return { ok: true, principal: { kind: 'session', userId: user.userId, externalUserId, sessionId, embed } };
  }
}
