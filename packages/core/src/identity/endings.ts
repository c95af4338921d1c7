import type { ListenKeyEnd, SessionRevocation } from './event.ts';
import type { ListenKey } from './listen-keys.ts';
import type { Session } from './sessions.ts';
import type { Emit, IdentityState, Turn } from './state.ts';

export function endListenKey({ state, emit }: Turn, key: ListenKey, reason: ListenKeyEnd): void {
  state.listenKeys.remove(key);
  emit({ type: 'listen-key-ended', userId: key.userId, listenKey: key.listenKey, reason });
}

/** Ends the listen keys that the session created. */
export function endListenKeysOfSession(turn: Turn, session: Session, reason: ListenKeyEnd): void {
  for (const key of turn.state.listenKeys.of(session.userId)) {
    if (key.sessionId === session.sessionId) endListenKey(turn, key, reason);
  }
}

/** Ends the listen keys that the API key created. */
export function endListenKeysOfApiKey(turn: Turn, apiKey: { readonly id: number; readonly userId: number }): void {
  for (const key of turn.state.listenKeys.of(apiKey.userId)) {
    if (key.apiKeyId === apiKey.id) endListenKey(turn, key, 'DISABLED');
  }
}

/** Revokes an open session together with the listen keys it created. */
export function revokeSession(turn: Turn, session: Session, reason: SessionRevocation): void {
  turn.state.sessions.revoke(session);
  turn.emit({ type: 'session-revoked', userId: session.userId, sessionId: session.sessionId, reason });
  endListenKeysOfSession(turn, session, 'REVOKED');
}

/** @returns how many sessions held */
export function revokeSessionsOf(turn: Turn, userId: number, reason: SessionRevocation): number {
  const sessions = turn.state.sessions.open(userId);
  for (const session of sessions) revokeSession(turn, session, reason);
  return sessions.length;
}

/** Ends what `timeMs` has made due (IDN-17). Costs three comparisons when nothing is. */
export function endDue(state: IdentityState, timeMs: number, emit: Emit): void {
  state.signatures.forgetExpired(timeMs);
  for (;;) {
    const key = state.listenKeys.takeExpired(timeMs);
    if (key === undefined) break;
    emit({ type: 'listen-key-ended', userId: key.userId, listenKey: key.listenKey, reason: 'EXPIRED' });
  }
  for (;;) {
    const session = state.sessions.takeExpired(timeMs);
    if (session === undefined) return;
    if (session.revoked) continue;
    emit({ type: 'session-expired', userId: session.userId, sessionId: session.sessionId });
    endListenKeysOfSession({ state, timeMs, emit }, session, 'EXPIRED');
  }
}
