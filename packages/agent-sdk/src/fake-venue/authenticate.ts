import type { FakeAgent } from './agents.ts';
import { Refusal } from './refusal.ts';
import { type SignedBody, signHolds } from './signed-body.ts';

export interface AuthenticationRules {
  readonly agents: ReadonlyMap<string, FakeAgent>;
  readonly nowMs: number;
  readonly windowSeconds: number;
}

/** Finds who calls. Nothing is said of agent, time or nonce before the signature holds. @throws Refusal */
export function authenticate(body: SignedBody, rules: AuthenticationRules): FakeAgent {
  const { agentCode, timestamp, nonce, sign } = body.fields;
  for (const [name, value] of Object.entries({ agentCode, timestamp, nonce, sign })) {
    if (value === undefined || value === null || value === '')
      throw new Refusal('parameterMissing', `${name} is missing`);
  }
  const agent = typeof agentCode === 'string' ? rules.agents.get(agentCode) : undefined;
  if (agent === undefined || !signHolds(body, agent.secrets)) throw new Refusal('signatureWrong', 'signature wrong');
  if (agent.disabled) throw new Refusal('agentDisabled', 'agent disabled');
  if (typeof timestamp !== 'number' || !Number.isSafeInteger(timestamp)) {
    throw new Refusal('parameterInvalid', 'timestamp must be an integer');
  }
  if (typeof nonce !== 'string' || nonce.length > 128) throw new Refusal('parameterInvalid', 'nonce is invalid');
  if (Math.abs(rules.nowMs / 1000 - timestamp) > rules.windowSeconds) {
    throw new Refusal('timestampOutsideWindow', 'timestamp outside the window');
  }
  const expiresAtMs = (timestamp + rules.windowSeconds + 1) * 1000;
  agent.useNonce(nonce, { nowMs: rules.nowMs, expiresAtMs });
  return agent;
}
