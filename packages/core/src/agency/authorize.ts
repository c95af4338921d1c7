import { faultyText, outOfRange } from '../identity/form.ts';
import type { Agent } from './agents.ts';
import type { AgentAuth } from './command.ts';
import { NONCE_HASH } from './form.ts';
import { MAX_NONCE_LIFE_MS } from './limits.ts';
import { type AgencyRejected, refuse } from './reject.ts';
import type { AgencyState } from './state.ts';

export type Admission = { readonly ok: true; readonly agent: Agent } | AgencyRejected;

/** Whether the agent may call with this nonce at `timeMs`, in the order of AGY-7; it takes nothing yet. */
export function recognize(state: AgencyState, auth: AgentAuth, timeMs: number): Admission {
  const agent = state.agents.get(auth.agentId);
  if (agent === undefined) return refuse('AGENT_UNKNOWN');
  if (agent.disabled) return refuse('AGENT_DISABLED');
  const fault =
    faultyText({ field: 'nonce', value: auth.nonceHash, form: NONCE_HASH }) ??
    outOfRange({ field: 'timestamp', value: auth.expiresAtMs, min: 0, max: timeMs + MAX_NONCE_LIFE_MS });
  if (fault !== undefined) return fault;
  // It waited until its window was over, and what has expired is not remembered: taking it would allow a replay.
  if (auth.expiresAtMs <= timeMs) return refuse('AGENT_REQUEST_EXPIRED');
  if (state.nonces.has(auth)) return refuse('NONCE_REUSED');
  return state.nonces.isFullFor(agent.agentId) ? refuse('NONCES_FULL') : { ok: true, agent };
}

/** {@link recognize}, and takes the nonce of an agent who may call. */
export function admit(state: AgencyState, auth: AgentAuth, timeMs: number): Admission {
  const admission = recognize(state, auth, timeMs);
  if (admission.ok) state.nonces.take(auth);
  return admission;
}
