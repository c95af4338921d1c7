import { type Static, Type } from 'typebox';
import type { Problem } from '../problem.ts';
import { AGENT_ERROR_CATALOGUE, type AgentErrorName, agentErrorOf } from './error-catalogue.ts';

/** Body of every refusal of the Agent API: these two fields and no other. */
export const AgentFailure = Type.Object(
  {
    code: Type.Enum(
      AGENT_ERROR_CATALOGUE.map((entry) => entry.code),
      { description: "Code of the Agent API's catalogue", examples: [6001] },
    ),
    message: Type.String({ description: 'What went wrong, for people', examples: ['Invalid signature'] }),
  },
  { additionalProperties: false },
);
export type AgentFailure = Static<typeof AgentFailure>;

/** The body of a refusal. */
export function agentFailure(name: AgentErrorName): AgentFailure {
  const { code, message } = agentErrorOf(name);
  return { code, message };
}

/** The refusal that a problem of form earns; the message names field and rule, never the value. */
export function agentFailureOfProblem(problem: Problem): AgentFailure {
  const { code, message } = agentErrorOf(nameOf(problem));
  return { code, message: `${message}: ${wordingOf(problem)}` };
}

function wordingOf({ code, field, rule }: Problem): string {
  if (code !== 2001) return `${field} must be ${rule}`;
  return rule === 'required' ? field : rule;
}

function nameOf(problem: Problem): AgentErrorName {
  switch (problem.code) {
    case 2001:
      return 'PARAMETER_MISSING';
    case 2003:
      return 'PARAMETER_OUT_OF_RANGE';
    default:
      return 'PARAMETER_INVALID';
  }
}
