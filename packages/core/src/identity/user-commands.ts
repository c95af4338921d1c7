import { reject } from '../reject.ts';
import { DONE, type Reply } from '../reply.ts';
import type { CreateUser, RenameUser, SetPassword, SetUserDisabled } from './command.ts';
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
    disabledByVenue: false,
    disabledByAgent: false,
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

export function renameUser({ state, emit }: Turn, { userId, username }: RenameUser): Reply {
  const fault = faultyText({ field: 'username', value: username, form: USERNAME });
  if (fault !== undefined) return fault;
  const user = state.users.get(userId);
  if (user === undefined) return reject('USER_UNKNOWN');
  const holder = state.users.byName(username);
  if (holder !== undefined && holder.userId !== userId) return reject('USERNAME_TAKEN');
  if (user.username === username) return DONE;

  state.users.rename(user, username);
  emit({ type: 'username-changed', userId, username });
  return DONE;
}

export function setUserDisabled(turn: Turn, { userId, disabled, by = 'VENUE' }: SetUserDisabled): Reply {
  const { state, emit } = turn;
  if (by !== 'VENUE' && by !== 'AGENT') return reject('INVALID_PARAMETER', { field: 'by', rule: 'VENUE or AGENT' });
  const before = state.users.get(userId);
  if (before === undefined) return reject('USER_UNKNOWN');

  const user = state.users.replace({
    ...before,
    ...(by === 'VENUE' ? { disabledByVenue: disabled } : { disabledByAgent: disabled }),
  });
  if (user.disabled === before.disabled) return DONE;
  emit({ type: 'user-disabled', userId, disabled: user.disabled });
  if (user.disabled) {
    for (const key of state.listenKeys.of(userId)) endListenKey(turn, key, 'DISABLED');
    revokeSessionsOf(turn, userId, 'DISABLED');
  }
  return DONE;
}
