import { DISPLAY_NAME, EXTERNAL_USER_ID, faultyText } from '../identity/form.ts';
import { reject } from '../reject.ts';
import { recognize } from './authorize.ts';
import type { BindUser } from './command.ts';
import { AGENT_USER_ID } from './form.ts';
import { refuse } from './reject.ts';
import type { AgencyResult } from './reply.ts';
import type { Turn } from './state.ts';

export function bindUser(turn: Turn, command: BindUser): AgencyResult {
  const { state, timeMs, ports, emit } = turn;
  const { agentAuth, agentUserId, displayName = '', externalUserId } = command;
  const { agentId } = agentAuth;
  const admission = recognize(state, agentAuth, timeMs);
  if (!admission.ok) return admission;
  const bound = state.bindings.find(agentId, agentUserId);
  // The venue drew a number that is in use. That is not the agent's fault: it draws again under the same nonce (AGY-10).
  if (bound === undefined && ports.userByExternalId(externalUserId) !== undefined) return refuse('EXTERNAL_ID_TAKEN');
  state.nonces.take(agentAuth);
  const fault =
    faultyText({ field: 'agentUserId', value: agentUserId, form: AGENT_USER_ID }) ??
    faultyText({ field: 'username', value: displayName, form: DISPLAY_NAME }) ??
    faultyText({ field: 'externalUserId', value: externalUserId, form: EXTERNAL_USER_ID });
  if (fault !== undefined) return fault;
  if (bound !== undefined) {
    const user = ports.userById(bound.userId);
    if (user === undefined) return reject('USER_UNKNOWN');
    return {
      ok: true,
      kind: 'binding',
      userId: bound.userId,
      externalUserId: user.externalUserId,
      created: false,
    };
  }
  const created = ports.createUser({ username: externalUserId, externalUserId, displayName });
  if (!created.ok) return created;

  const { userId } = created;
  state.bindings.add({ userId, agentId, agentUserId });
  emit({ type: 'user-bound', agentId, userId, agentUserId });
  return { ok: true, kind: 'binding', userId, externalUserId, created: true };
}
