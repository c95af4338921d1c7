import { faultyText, PASSWORD_HASH, type TextForm, USERNAME } from '../identity/form.ts';
import { admit } from './authorize.ts';
import type { DisableUser, SetCredentials } from './command.ts';
import type { AgencyResult } from './reply.ts';
import { resolveUser } from './resolve-user.ts';
import type { Turn } from './state.ts';

/** Only who has a password can sign in with it, so none cannot be set here. */
const NEW_PASSWORD_HASH: TextForm = { ...PASSWORD_HASH, rule: '1-512 printable ASCII characters', minLength: 1 };

export function setCredentials({ state, timeMs, ports }: Turn, command: SetCredentials): AgencyResult {
  const { agentAuth, user, username, passwordHash } = command;
  const admission = admit(state, agentAuth, timeMs);
  if (!admission.ok) return admission;
  const fault =
    faultyText({ field: 'username', value: username, form: USERNAME }) ??
    faultyText({ field: 'passwordHash', value: passwordHash, form: NEW_PASSWORD_HASH });
  if (fault !== undefined) return fault;
  const resolved = resolveUser(state.bindings, ports, { agentId: admission.agent.agentId, user });
  if (!resolved.ok) return resolved;
  const { userId } = resolved.binding;

  return (
    ports.setCredentials({ userId, username, passwordHash }) ?? { ok: true, kind: 'credentials', userId, username }
  );
}

export function disableUser({ state, timeMs, ports }: Turn, { agentAuth, user, disabled }: DisableUser): AgencyResult {
  const admission = admit(state, agentAuth, timeMs);
  if (!admission.ok) return admission;
  const resolved = resolveUser(state.bindings, ports, { agentId: admission.agent.agentId, user });
  if (!resolved.ok) return resolved;
  const { userId } = resolved.binding;

  return { ok: true, kind: 'user-status', userId, disabled: ports.setDisabledByAgent(userId, disabled) };
}
