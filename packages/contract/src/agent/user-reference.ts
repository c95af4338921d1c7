import { Type } from 'typebox';
import { missing, type Problem } from '../problem.ts';
import { agentUserId, platformUserId } from './fields.ts';

/** Either or both ids of a user, as calls that move money take them. */
export const userReferenceFields = {
  agentUserId: Type.Optional(agentUserId()),
  platformUserId: Type.Optional(platformUserId()),
};

/** What names a user. */
export interface UserReference {
  readonly agentUserId?: string;
  readonly platformUserId?: string;
}

/** At least one of the two ids is needed. */
export function userReferenceProblem(reference: UserReference): Problem | undefined {
  if (reference.agentUserId !== undefined || reference.platformUserId !== undefined) return undefined;
  return missing('agentUserId', 'agentUserId or platformUserId is required');
}
