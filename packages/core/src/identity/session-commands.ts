import { reject } from '../reject.ts';
import { DONE, type Reply } from '../reply.ts';
import type { OpenSession, RevokeAllSessions, RevokeSession, RotateRefreshToken } from './command.ts';
import { revokeSession, revokeSessionsOf } from './endings.ts';
import { alreadyUsed, DEVICE_ID, DEVICE_NAME, faultyText, IP, pastEnd, SESSION_ID, TOKEN_HASH } from './form.ts';
import { MAX_SESSIONS_PER_USER } from './limits.ts';
import { firstToken, recognize, rotate, rotateAfterLostReply } from './refresh-tokens.ts';
import type { Session } from './sessions.ts';
import type { Turn } from './state.ts';

const sessionReply = ({ userId, sessionId, refreshExpiresAtMs }: Session): Reply => ({
  ok: true,
  kind: 'session',
  userId,
  sessionId,
  refreshExpiresAtMs,
});

export function openSession(turn: Turn, command: OpenSession): Reply {
  const { state, timeMs, emit } = turn;
  const { userId, sessionId, refreshTokenHash, refreshExpiresAtMs, ip, deviceId = '', deviceName = '' } = command;
  const { embed = false } = command;
  const fault =
    faultyText({ field: 'sessionId', value: sessionId, form: SESSION_ID }) ??
    (refreshTokenHash === ''
      ? undefined
      : faultyText({ field: 'refreshTokenHash', value: refreshTokenHash, form: TOKEN_HASH })) ??
    pastEnd('refreshExpiresAtMs', refreshExpiresAtMs, timeMs) ??
    faultyText({ field: 'ip', value: ip, form: IP }) ??
    faultyText({ field: 'deviceId', value: deviceId, form: DEVICE_ID }) ??
    faultyText({ field: 'deviceName', value: deviceName, form: DEVICE_NAME });
  if (fault !== undefined) return fault;
  const user = state.users.get(userId);
  if (user === undefined) return reject('USER_UNKNOWN');
  if (user.disabled) return reject('USER_DISABLED');
  if (state.sessions.get(sessionId) !== undefined) return alreadyUsed('sessionId');

  const open = state.sessions.open(userId);
  for (const oldest of open.slice(0, Math.max(0, open.length - MAX_SESSIONS_PER_USER + 1))) {
    revokeSession(turn, oldest, 'EVICTED');
  }
  const tokens = firstToken(refreshTokenHash);
  const session = {
    sessionId,
    userId,
    revoked: false,
    embed,
    createdAtMs: timeMs,
    refreshExpiresAtMs,
    ip,
    deviceId,
    deviceName,
    tokens,
  };
  state.sessions.add(session);
  state.users.replace({ ...user, lastLoginAtMs: timeMs, lastLoginIp: ip });
  emit({ type: 'session-opened', userId, sessionId, ip, deviceId, deviceName });
  return sessionReply(session);
}

/** A reuse is the one refusal that changes something: it revokes the session (IDN-7). */
export function rotateRefreshToken(turn: Turn, command: RotateRefreshToken): Reply {
  const { state, timeMs, emit } = turn;
  const { sessionId, presentedTokenHash, nextTokenHash, refreshExpiresAtMs } = command;
  const fault =
    faultyText({ field: 'nextTokenHash', value: nextTokenHash, form: TOKEN_HASH }) ??
    pastEnd('refreshExpiresAtMs', refreshExpiresAtMs, timeMs);
  if (fault !== undefined) return fault;
  const session = state.sessions.get(sessionId);
  if (session === undefined) return reject('REFRESH_TOKEN_INVALID');
  if (session.revoked) return reject('SESSION_REVOKED');
  const presented = recognize(session.tokens, presentedTokenHash, timeMs);
  if (presented === 'unknown') return reject('REFRESH_TOKEN_INVALID');
  if (presented === 'reused') {
    revokeSession(turn, session, 'REUSE');
    return reject('REFRESH_TOKEN_REUSED');
  }
  if (recognize(session.tokens, nextTokenHash, timeMs) !== 'unknown') return alreadyUsed('nextTokenHash');

  const advance = presented === 'current' ? rotate : rotateAfterLostReply;
  const renewed = { ...session, refreshExpiresAtMs, tokens: advance(session.tokens, nextTokenHash, timeMs) };
  state.sessions.replace(renewed);
  emit({ type: 'session-renewed', userId: session.userId, sessionId, refreshExpiresAtMs });
  return sessionReply(renewed);
}

export function logOut(turn: Turn, { sessionId }: RevokeSession): Reply {
  const session = turn.state.sessions.get(sessionId);
  if (session === undefined) return reject('SESSION_UNKNOWN');
  if (session.revoked) return reject('SESSION_REVOKED');

  revokeSession(turn, session, 'LOGOUT');
  return DONE;
}

export function revokeAllSessions(turn: Turn, { userId }: RevokeAllSessions): Reply {
  if (turn.state.users.get(userId) === undefined) return reject('USER_UNKNOWN');

  return { ok: true, kind: 'revoked', count: revokeSessionsOf(turn, userId, 'ALL') };
}
