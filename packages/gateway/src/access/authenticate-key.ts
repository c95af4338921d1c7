import { PERMISSION, type RouteAuth, TIMESTAMP_OUTSIDE_WINDOW_MESSAGE } from '@openvenue/contract';
import type { Core } from '@openvenue/core';
import { type Failure, fail } from '../failure.ts';
import type { Authentication } from './authenticate-session.ts';
import { IpAllowLists } from './ip-allow-list.ts';
import type { KeySecrets } from './key-secrets.ts';
import type { KeyPrincipal } from './principal.ts';
import { digestOf, isSignature, signatureHashOf, splitSignature } from './signing.ts';

/** How far a timestamp may be from the venue's clock, either way. */
export const SIGNATURE_WINDOW_MS = 10_000;

/** A request that was signed, as it came over the wire. */
export interface SignedRequest {
  readonly apiKey: string;
  readonly rawQuery: string;
  readonly body: Uint8Array;
  /** Source address after trusted proxies. */
  readonly ip: string;
  readonly auth: RouteAuth;
}

// One answer for an unknown key, a disabled key and a wrong signature: only who proves the secret learns more.
const INVALID = fail('INVALID_TOKEN', { message: 'Invalid API key or signature' });
const OUTSIDE_WINDOW = fail('INVALID_TOKEN', {
  message: TIMESTAMP_OUTSIDE_WINDOW_MESSAGE,
  details: { field: 'timestamp', rule: 'Unix milliseconds at most 10 s from the time of the venue' },
});

const TIMESTAMP = /^(0|[1-9]\d{0,15})$/;
/** Stands in for the secret of an unknown key, so that it costs the same work. */
const NO_SECRET = 'x'.repeat(48);

/** Verifies signed requests: first the signature, then time, source address and permission. */
export class KeyAuthenticator {
  readonly #core: Pick<Core, 'identity'>;
  readonly #secrets: KeySecrets;
  readonly #allowLists = new IpAllowLists();

  constructor(core: Pick<Core, 'identity'>, secrets: KeySecrets) {
    this.#core = core;
    this.#secrets = secrets;
  }

  authenticate(request: SignedRequest, nowMs: number): Authentication<KeyPrincipal> {
    const { payload, signature, timestamp } = splitSignature(request.rawQuery);
    const { identity } = this.#core;
    const key = identity.apiKeyByText(request.apiKey);
    const secret = key === undefined ? NO_SECRET : this.#secrets.open(key.apiKey, key.sealedSecret);
    const proved = isSignature(signature, digestOf(secret, payload, request.body));
    if (!proved || signature === undefined || key === undefined || !key.enabled) return INVALID;

    const signedAtMs = timestamp !== undefined && TIMESTAMP.test(timestamp) ? Number(timestamp) : Number.NaN;
    if (!(Math.abs(nowMs - signedAtMs) <= SIGNATURE_WINDOW_MS)) return OUTSIDE_WINDOW;
    const user = identity.userById(key.userId);
    if (user === undefined) return INVALID;
    if (user.disabled) return fail('TOKEN_REVOKED');
    if (!this.#allowLists.allows(key.ipWhitelist, request.ip)) return fail('IP_NOT_ALLOWED');
    const denied = refusePermission(request.auth, key.permissions);
    if (denied !== undefined) return denied;
    return {
      ok: true,
      principal: {
        kind: 'key',
        userId: key.userId,
        externalUserId: user.externalUserId,
        apiKeyId: key.id,
        signatureHash: signatureHashOf(signature),
        signatureExpiresAtMs: signedAtMs + SIGNATURE_WINDOW_MS + 1,
      },
    };
  }
}

/** Refuses a key that lacks the permission a route asks for. */
export function refusePermission(auth: RouteAuth, permissions: number): Failure | undefined {
  switch (auth) {
    case '-':
      return undefined;
    case 'J':
      return fail('PERMISSION_DENIED', { details: { rule: 'a login session; API keys are not taken here' } });
    case 'R':
      return (permissions & PERMISSION.READ) !== 0 ? undefined : lacking('read');
    case 'T':
      return (permissions & PERMISSION.TRADE) !== 0 ? undefined : lacking('trade');
    case 'RT':
      return refusePermission('R', permissions) ?? refusePermission('T', permissions);
  }
}

const lacking = (permission: 'read' | 'trade'): Failure =>
  fail('PERMISSION_DENIED', { details: { rule: `an API key with permission ${permission}` } });
