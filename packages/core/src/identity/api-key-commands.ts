import { type Rejected, reject } from '../reject.ts';
import { DONE, type Reply } from '../reply.ts';
import { type ApiKey, publicPart } from './api-keys.ts';
import { authorize } from './authorize.ts';
import type { CreateApiKey, DeleteAllApiKeys, DeleteApiKey, TouchApiKeys, UpdateApiKey } from './command.ts';
import { endListenKeysOfApiKey } from './endings.ts';
import { API_KEY, alreadyUsed, faultyText, IP_RANGE, LABEL, outOfRange, SEALED_SECRET } from './form.ts';
import { MAX_API_KEY_USES, MAX_API_KEYS_PER_USER, MAX_IP_WHITELIST_ENTRIES } from './limits.ts';
import { ALL_PERMISSIONS, Permission } from './permission.ts';
import type { Turn } from './state.ts';

type Settings = Pick<ApiKey, 'label' | 'permissions' | 'ipWhitelist'>;

function faultySettings({ label, permissions, ipWhitelist }: Settings): Rejected | undefined {
  const fault =
    faultyText({ field: 'label', value: label, form: LABEL }) ??
    outOfRange({ field: 'permissions', value: permissions, min: 1, max: ALL_PERMISSIONS }) ??
    outOfRange({ field: 'ipWhitelist', value: ipWhitelist.length, min: 0, max: MAX_IP_WHITELIST_ENTRIES });
  if (fault !== undefined) return fault;
  for (const value of ipWhitelist) {
    const faultyRange = faultyText({ field: 'ipWhitelist', value, form: IP_RANGE });
    if (faultyRange !== undefined) return faultyRange;
  }
  return undefined;
}

export function createApiKey({ state, timeMs, emit }: Turn, command: CreateApiKey): Reply {
  const { actor, apiKey, label, permissions, ipWhitelist, sealedSecret } = command;
  const refusal =
    authorize(state, { actor, timeMs, need: 'session' }) ??
    faultyText({ field: 'apiKey', value: apiKey, form: API_KEY }) ??
    faultySettings(command) ??
    faultyText({ field: 'sealedSecret', value: sealedSecret, form: SEALED_SECRET });
  if (refusal !== undefined) return refusal;
  if (state.apiKeys.count(actor.userId) >= MAX_API_KEYS_PER_USER) return reject('API_KEY_LIMIT');
  if (state.apiKeys.byText(apiKey) !== undefined) return alreadyUsed('apiKey');

  const key = state.apiKeys.add({
    userId: actor.userId,
    apiKey,
    label,
    permissions,
    ipWhitelist: [...ipWhitelist],
    sealedSecret,
    enabled: true,
    createdAtMs: timeMs,
    lastUsedAtMs: 0,
  });
  emit({ type: 'api-key-created', userId: key.userId, key: publicPart(key) });
  return { ok: true, kind: 'api-key', id: key.id };
}

export function updateApiKey(turn: Turn, command: UpdateApiKey): Reply {
  const { state, timeMs, emit } = turn;
  const refusal = authorize(state, { actor: command.actor, timeMs, need: 'session' });
  if (refusal !== undefined) return refusal;
  const key = state.apiKeys.get(command.id);
  if (key === undefined || key.userId !== command.actor.userId) return reject('API_KEY_NOT_FOUND');
  const updated: ApiKey = {
    ...key,
    label: command.label ?? key.label,
    permissions: command.permissions ?? key.permissions,
    ipWhitelist: command.ipWhitelist === undefined ? key.ipWhitelist : [...command.ipWhitelist],
    enabled: command.enabled ?? key.enabled,
  };
  const fault = faultySettings(updated);
  if (fault !== undefined) return fault;

  state.apiKeys.replace(updated);
  emit({ type: 'api-key-updated', userId: updated.userId, key: publicPart(updated) });
  const maySeeStream = updated.enabled && (updated.permissions & Permission.READ) !== 0;
  if (!maySeeStream) endListenKeysOfApiKey(turn, updated);
  return DONE;
}

function remove(turn: Turn, key: ApiKey): void {
  turn.state.apiKeys.remove(key);
  turn.emit({ type: 'api-key-deleted', userId: key.userId, id: key.id });
  endListenKeysOfApiKey(turn, key);
}

export function deleteApiKey(turn: Turn, { actor, id }: DeleteApiKey): Reply {
  const { state, timeMs } = turn;
  const refusal = authorize(state, { actor, timeMs, need: 'session' });
  if (refusal !== undefined) return refusal;
  const key = state.apiKeys.get(id);
  if (key === undefined || key.userId !== actor.userId) return reject('API_KEY_NOT_FOUND');

  remove(turn, key);
  return { ok: true, kind: 'deleted', count: 1 };
}

export function deleteAllApiKeys(turn: Turn, { actor }: DeleteAllApiKeys): Reply {
  const { state, timeMs } = turn;
  const refusal = authorize(state, { actor, timeMs, need: 'session' });
  if (refusal !== undefined) return refusal;

  const keys = state.apiKeys.of(actor.userId);
  for (const key of keys) remove(turn, key);
  return { ok: true, kind: 'deleted', count: keys.length };
}

export function touchApiKeys({ state, timeMs }: Turn, { uses }: TouchApiKeys): Reply {
  const fault = outOfRange({ field: 'uses', value: uses.length, min: 0, max: MAX_API_KEY_USES });
  if (fault !== undefined) return fault;
  for (const { usedAtMs } of uses) {
    const faultyUse = outOfRange({ field: 'usedAtMs', value: usedAtMs, min: 0, max: Number.MAX_SAFE_INTEGER });
    if (faultyUse !== undefined) return faultyUse;
  }

  for (const { id, usedAtMs } of uses) {
    const key = state.apiKeys.get(id);
    // The gateway's clock may be a little ahead of the command's time; no use lies in its future.
    const lastUsedAtMs = Math.min(usedAtMs, timeMs);
    if (key !== undefined && lastUsedAtMs > key.lastUsedAtMs) state.apiKeys.replace({ ...key, lastUsedAtMs });
  }
  return DONE;
}
