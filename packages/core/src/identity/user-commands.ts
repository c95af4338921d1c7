import { reject } from '../reject.ts';
import { DONE, type Reply } from '../reply.ts';
import type { CreateUser, SetPassword, SetUserDisabled } from './command.ts';
import { endListenKey, revokeSessionsOf } from './endings.ts';
import { DISPLAY_NAME, EXTERNAL_USER_ID, faultyText, PASSWORD_HASH, USERNAME } from './form.ts';
import type { Turn } from './state.ts';

export function createUser({ state, timeMs, emit }: Turn, command: CreateUser): Reply {
  const { username, externalUserId, displayName = '', passwordHash, kind } = command;
  const fault =
    faultyText({ field: 'username', value: username, form: USERNAME }) ??
    faultyText({ field: 'externalUserId', value: externalUserId, form: EXTERNAL_USER_ID }) ??
    faultyText({ field: 'displayName', value: displayName, form: DISPLAY_NAME }) ??
    faultyText({ field: 'passwordHash', value: passwordHash, form: PASSWORD_HASH });
  if (fault !== undefined) return fault;
  if (state.users.byName(username) !== undefined) return reject('USERNAME_TAKEN');
  if (state.users.byExternalId(externalUserId) !== undefined) return reject('EXTERNAL_ID_TAKEN');
  if (state.users.isFull) return reject('LIMIT_REACHED', { rule: 'users' });

  const { userId } = state.users.add({
    username,
    externalUserId,
    displayName,
    passwordHash,
    kind,
    disabled: false,
    createdAtMs: timeMs,
    lastLoginAtMs: 0,
    lastLoginIp: '',
  });
  emit({ type: 'user-created', userId, username, externalUserId, displayName, kind });
  return { ok: true, kind: 'user', userId, externalUserId };
}

export function setPassword({ state, emit }: Turn, { userId, passwordHash }: SetPassword): Reply {
  const fault = faultyText({ field: 'passwordHash', value: passwordHash, form: PASSWORD_HASH });
  if (fault !== undefined) return fault;
  const user = state.users.get(userId);
  if (user === undefined) return reject('USER_UNKNOWN');

  state.users.replace({ ...user, passwordHash });
  emit({ type: 'password-changed', userId });
  return DONE;
}

export function setUserDisabled(turn: Turn, { userId, disabled }: SetUserDisabled): Reply {
  const { state, emit } = turn;
  const user = state.users.get(userId);
  if (user === undefined) return reject('USER_UNKNOWN');
  if (user.disabled === disabled) return DONE;

  state.users.replace({ ...user, disabled });
  emit({ type: 'user-disabled', userId, disabled });
  if (disabled) {
    for (const key of state.listenKeys.of(userId)) endListenKey(turn, key, 'DISABLED');
    revokeSessionsOf(turn, userId, 'DISABLED');
  }
  return DONE;
}
