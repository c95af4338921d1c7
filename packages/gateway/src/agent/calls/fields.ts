import type { Environment, UserReference } from '@openvenue/contract';
import type { AgentUserReference } from '@openvenue/core';
import { defined } from '../../defined.ts';

/** The environment is named in a reply when the request named it. */
export const environmentOf = ({ environment }: { readonly environment?: Environment }) => defined({ environment });

/** The ids by which a request names a user. */
export const userReferenceOf = ({ agentUserId, platformUserId }: UserReference): AgentUserReference =>
  defined({ agentUserId, platformUserId });
