import type { Binding, Bindings } from './bindings.ts';
import type { AgentUserReference } from './command.ts';
import type { UserDirectory } from './ports.ts';
import { type AgencyRejected, refuse } from './reject.ts';

export type ResolvedUser = { readonly ok: true; readonly binding: Binding } | AgencyRejected;

export interface UserSearch {
  readonly agentId: number;
  readonly user: AgentUserReference;
}

/** The agent's user that the reference names (AGY-11). Nobody learns whether a foreign id exists. */
export function resolveUser(bindings: Bindings, directory: UserDirectory, { agentId, user }: UserSearch): ResolvedUser {
  const { agentUserId, platformUserId } = user;
  let named: Binding | undefined;
  if (platformUserId !== undefined) {
    named = bindings.of(directory.userByExternalId(platformUserId)?.userId ?? 0);
    if (named === undefined || named.agentId !== agentId) return refuse('AGENT_USER_FOREIGN');
  }
  if (agentUserId !== undefined) {
    const own = bindings.find(agentId, agentUserId);
    if (own === undefined) return refuse('AGENT_USER_UNBOUND');
    if (named !== undefined && named !== own) return refuse('AGENT_USER_MISMATCH');
    named = own;
  }
  return named === undefined ? refuse('MISSING_PARAMETER', { field: 'agentUserId' }) : { ok: true, binding: named };
}
