import type { Environment, UserReference } from '@openvenue/contract';
import type { AgentUserReference } from '@openvenue/core';
import { defined } from '../../defined.ts';
import { userIdsOf } from '../../mapping/transfer.ts';
import type { Venue } from '../../venue.ts';

/** The environment is named in a reply when the request named it. */
export const environmentOf = ({ environment }: { readonly environment?: Environment }) => defined({ environment });

/** The ids by which a request names a user. */
export const userReferenceOf = ({ agentUserId, platformUserId }: UserReference): AgentUserReference =>
  defined({ agentUserId, platformUserId });

/**
 * Both ids of the user whom a transfer of unknown fate names.
 * @throws Error when he cannot be named: then nothing that is true can be answered, and the caller has to ask again
 */
export function namedUser({ node }: Pick<Venue, 'node'>, agentId: number, user: AgentUserReference) {
  const resolved = node.core.agency.resolveUser(node.core.identity, { agentId, user });
  if (!resolved.ok) throw new Error('the fate of a transfer is not known, nor is its user');
  return userIdsOf(node.core, resolved.binding.userId);
}
