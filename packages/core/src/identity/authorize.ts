import type { Actor } from '../actor.ts';
import { type Rejected, reject } from '../reject.ts';
import { faultyText, outOfRange, SIGNATURE_HASH } from './form.ts';
import { MAX_SIGNATURE_LIFE_MS } from './limits.ts';
import { type Need, PERMISSIONS_OF } from './permission.ts';
import type { IdentityState } from './state.ts';

export interface Authorization {
  readonly actor: Actor;
  readonly timeMs: number;
  readonly need: Need;
}

/**
 * Refuses an actor who may not do what is asked at `timeMs` (IDN-13 to IDN-16). A signature is checked after all else and
 * taken last, so a refused call leaves it unused.
 */
export function authorize(state: IdentityState, authorization: Authorization): Rejected | undefined {
  const { actor, timeMs } = authorization;
  const user = state.users.get(actor.userId);
  if (user === undefined) return reject('USER_UNKNOWN');
  // A disabled user's session is revoked: its bearer hears that first, as after every other revocation.
  const refusal = refuseSession(state, authorization);
  if (refusal !== undefined) return refusal;
  if (user.disabled) return reject('USER_DISABLED');
  return refuseApiKey(state, authorization) ?? takeSignature(state, actor, timeMs);
}

function refuseSession(state: IdentityState, { actor, timeMs, need }: Authorization): Rejected | undefined {
  if (actor.sessionId === undefined) return undefined;
  const session = state.sessions.get(actor.sessionId);
  if (session === undefined || session.userId !== actor.userId) return reject('SESSION_UNKNOWN');
  if (session.revoked) return reject('SESSION_REVOKED');
  if (session.refreshExpiresAtMs <= timeMs) return reject('SESSION_UNKNOWN');
  return session.embed && (need === 'session' || need === 'funds')
    ? reject('PERMISSION_DENIED', { rule: 'an embedded session reads and trades only' })
    : undefined;
}

function refuseApiKey(state: IdentityState, { actor, need }: Authorization): Rejected | undefined {
  if (actor.apiKeyId === undefined) return undefined;
  const key = state.apiKeys.get(actor.apiKeyId);
  if (key === undefined || key.userId !== actor.userId || !key.enabled) return reject('API_KEY_INVALID');
  if (need === 'session') return reject('PERMISSION_DENIED', { rule: 'sessions only' });
  const needed = PERMISSIONS_OF[need];
  return (key.permissions & needed) === needed
    ? undefined
    : reject('PERMISSION_DENIED', { rule: `permission ${need === 'funds' ? 'read and trade' : need}` });
}

function takeSignature(state: IdentityState, actor: Actor, timeMs: number): Rejected | undefined {
  const { userId, signatureHash, signatureExpiresAtMs = Number.NaN } = actor;
  if (signatureHash === undefined) return undefined;
  const fault =
    faultyText({ field: 'signatureHash', value: signatureHash, form: SIGNATURE_HASH }) ??
    outOfRange({
      field: 'signatureExpiresAtMs',
      value: signatureExpiresAtMs,
      min: 0,
      max: timeMs + MAX_SIGNATURE_LIFE_MS,
    });
  if (fault !== undefined) return fault;
  // It waited until its window was over, and what has expired is not remembered: taking it would allow a replay.
  if (signatureExpiresAtMs <= timeMs)
    return reject('API_KEY_INVALID', { field: 'timestamp', rule: 'signature expired' });
  if (state.signatures.has(signatureHash)) return reject('SIGNATURE_REPLAYED');
  if (state.signatures.isFullFor(userId)) return reject('SIGNATURES_FULL');
  state.signatures.take({ hash: signatureHash, userId, expiresAtMs: signatureExpiresAtMs });
  return undefined;
}
