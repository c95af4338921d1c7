import assert from 'node:assert/strict';
import { type AgentErrorName, agentFailure, agentFailureOfProblem, type ProblemCode } from '@openvenue/contract';
import type { AgencyRejectReason, Rejected, RejectReason } from '@openvenue/core';
import type { AgentRefusal } from '../agent/answer.ts';

/** Reasons that end elsewhere: sign-on belongs to the Developer API, the others to the venue's own commands. */
type NotForAgents =
  | 'TOKEN_INVALID'
  | 'AGENT_CODE_TAKEN'
  | 'AGENT_NUMBER_TAKEN'
  | 'WEBHOOK_UNKNOWN'
  | 'WEBHOOK_OUT_OF_ORDER';

/** Reasons that other commands share with those of agents. */
type SharedReason =
  | 'MISSING_PARAMETER'
  | 'INVALID_PARAMETER'
  | 'OUT_OF_RANGE'
  | 'USER_UNKNOWN'
  | 'USER_DISABLED'
  | 'USERNAME_TAKEN'
  | 'EXTERNAL_ID_TAKEN'
  | 'LIMIT_REACHED';

type AgentReason = Exclude<AgencyRejectReason, NotForAgents> | SharedReason;

/** The error of the Agent API for every reason that a call of an agent can be refused with. */
export const AGENT_ERROR_OF_REASON: Readonly<Record<AgentReason, AgentErrorName>> = {
  MISSING_PARAMETER: 'PARAMETER_MISSING',
  INVALID_PARAMETER: 'PARAMETER_INVALID',
  OUT_OF_RANGE: 'PARAMETER_OUT_OF_RANGE',
  // The agent was there when its signature was checked, and agents are never deleted.
  AGENT_UNKNOWN: 'SIGNATURE_INVALID',
  AGENT_DISABLED: 'AGENT_DISABLED',
  AGENT_REQUEST_EXPIRED: 'TIMESTAMP_OUTSIDE_WINDOW',
  NONCE_REUSED: 'NONCE_REUSED',
  NONCES_FULL: 'TEMPORARILY_UNAVAILABLE',
  AGENT_USER_FOREIGN: 'ACCESS_NOT_ALLOWED',
  AGENT_USER_UNBOUND: 'USER_NOT_BOUND',
  AGENT_USER_MISMATCH: 'USER_IDS_DIFFER',
  TRANSFER_NOT_FOUND: 'ORDER_NOT_FOUND',
  ORDER_NUMBER_CONFLICT: 'ORDER_NUMBER_CONFLICT',
  TRANSFER_NOT_REVERSIBLE: 'ORDER_NOT_REVERSIBLE',
  AGENCY_FULL: 'TEMPORARILY_UNAVAILABLE',
  USER_UNKNOWN: 'USER_NOT_BOUND',
  USER_DISABLED: 'ACCESS_NOT_ALLOWED',
  // Names and ids of new users are the venue's to draw: another draw will do.
  USERNAME_TAKEN: 'TEMPORARILY_UNAVAILABLE',
  EXTERNAL_ID_TAKEN: 'TEMPORARILY_UNAVAILABLE',
  LIMIT_REACHED: 'TEMPORARILY_UNAVAILABLE',
};

const FORM_CODE: Readonly<Partial<Record<RejectReason, ProblemCode>>> = {
  MISSING_PARAMETER: 2001,
  INVALID_PARAMETER: 2002,
  OUT_OF_RANGE: 2003,
};

const isAgentReason = (reason: RejectReason): reason is AgentReason => Object.hasOwn(AGENT_ERROR_OF_REASON, reason);

/** The refusal of an agent's command as the agent sees it. */
export function refuseOfReject({ reason, details }: Pick<Rejected, 'reason' | 'details'>): AgentRefusal {
  assert(isAgentReason(reason), `${reason} is no reason of the Agent API`);
  const code = FORM_CODE[reason];
  const { field, rule } = details;
  if (code !== undefined && field !== undefined) {
    return { ok: false, failure: agentFailureOfProblem({ code, field, rule: rule ?? 'required' }) };
  }
  return { ok: false, failure: agentFailure(AGENT_ERROR_OF_REASON[reason]) };
}
