import { reject } from '../reject.ts';
import { DONE, type Reply } from '../reply.ts';
import { authorize } from './authorize.ts';
import type { CloseListenKey, CreateListenKey, RenewListenKey } from './command.ts';
import { endListenKey } from './endings.ts';
import { alreadyUsed, faultyText, LISTEN_KEY } from './form.ts';
import { LISTEN_KEY_LIFE_MS, MAX_LISTEN_KEYS_PER_USER } from './limits.ts';
import type { Turn } from './state.ts';

export function createListenKey(turn: Turn, { actor, listenKey }: CreateListenKey): Reply {
  const { state, timeMs, emit } = turn;
  const refusal =
    authorize(state, { actor, timeMs, need: 'read' }) ??
    faultyText({ field: 'listenKey', value: listenKey, form: LISTEN_KEY });
  if (refusal !== undefined) return refusal;
  if (state.listenKeys.get(listenKey) !== undefined) return alreadyUsed('listenKey');

  const { userId, sessionId = '', apiKeyId = 0 } = actor;
  const owned = state.listenKeys.of(userId);
  for (const oldest of owned.slice(0, Math.max(0, owned.length - MAX_LISTEN_KEYS_PER_USER + 1))) {
    endListenKey(turn, oldest, 'EVICTED');
  }
  const expiresAtMs = timeMs + LISTEN_KEY_LIFE_MS;
  state.listenKeys.add({ listenKey, userId, expiresAtMs, sessionId, apiKeyId });
  emit({ type: 'listen-key-created', userId, listenKey, expiresAtMs });
  return { ok: true, kind: 'listen-key', listenKey, expiresAtMs };
}

export function renewListenKey({ state, timeMs, emit }: Turn, { actor, listenKey }: RenewListenKey): Reply {
  const refusal = authorize(state, { actor, timeMs, need: 'read' });
  if (refusal !== undefined) return refusal;
  const key = state.listenKeys.get(listenKey);
  if (key === undefined || key.userId !== actor.userId) return reject('LISTEN_KEY_UNKNOWN');

  const expiresAtMs = timeMs + LISTEN_KEY_LIFE_MS;
  state.listenKeys.replace({ ...key, expiresAtMs });
  emit({ type: 'listen-key-renewed', userId: key.userId, listenKey, expiresAtMs });
  return { ok: true, kind: 'listen-key', listenKey, expiresAtMs };
}

export function closeListenKey(turn: Turn, { actor, listenKey }: CloseListenKey): Reply {
  const { state, timeMs } = turn;
  const refusal = authorize(state, { actor, timeMs, need: 'read' });
  if (refusal !== undefined) return refusal;
  const key = state.listenKeys.get(listenKey);
  if (key === undefined || key.userId !== actor.userId) return reject('LISTEN_KEY_UNKNOWN');

  endListenKey(turn, key, 'CLOSED');
  return DONE;
}
