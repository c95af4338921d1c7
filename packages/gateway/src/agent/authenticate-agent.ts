import { createHash, createHmac } from 'node:crypto';
import { agentFailureOfProblem, agentPayload, readSigning, type SignedFields } from '@openvenue/contract';
import type { Agent, AgentAuth, Core } from '@openvenue/core';
import type { AgentSecrets } from '../access/agent-secrets.ts';
import { IpAllowLists } from '../access/ip-allow-list.ts';
import { isSignature } from '../access/signing.ts';
import { type AgentRefusal, refuseAgent } from './answer.ts';

/** An agent who has proved himself, and what the core needs to take the nonce of his call. */
export interface AgentPrincipal {
  readonly ok: true;
  readonly agent: Agent;
  readonly agentAuth: AgentAuth;
}

/** Stands in for a secret that is not there, so that an unknown agent and one with a single secret cost the same work. */
const NO_SECRET = 'x'.repeat(48);
const SIGNATURE_INVALID = refuseAgent('SIGNATURE_INVALID');

export interface AgentAuthenticatorOptions {
  readonly node: { readonly core: Pick<Core, 'agency'> };
  readonly secrets: AgentSecrets;
  /** How far a timestamp may be from the venue's clock, either way. */
  readonly windowMs: number;
}

/** Where and when a call came in. */
export interface AgentCallOrigin {
  /** Address of the client, after trusted proxies only. */
  readonly ip: string;
  readonly nowMs: number;
}

/** Verifies signed calls: first the signature, and only to who proved it what else is wrong. The nonce is the core's to take. */
export class AgentAuthenticator {
  readonly #options: AgentAuthenticatorOptions;
  readonly #allowLists = new IpAllowLists();

  constructor(options: AgentAuthenticatorOptions) {
    this.#options = options;
  }

  authenticate(fields: SignedFields, { ip, nowMs }: AgentCallOrigin): AgentPrincipal | AgentRefusal {
    const { node, windowMs } = this.#options;
    const signing = readSigning(fields);
    if (!signing.ok) return { ok: false, failure: agentFailureOfProblem(signing.problem) };
    const { agentCode, timestamp, nonce, sign } = signing.value;
    const agent = node.core.agency.agentByCode(agentCode);
    const proved = this.#isSignedBy(agent, { payload: agentPayload(fields), sign });
    if (!proved || agent === undefined) return SIGNATURE_INVALID;
    if (!this.#allowLists.allows(agent.ipAllowList, ip)) return refuseAgent('ACCESS_NOT_ALLOWED');
    if (agent.disabled) return refuseAgent('AGENT_DISABLED');
    const signedAtMs = timestamp * 1_000;
    if (!(Math.abs(nowMs - signedAtMs) <= windowMs)) return refuseAgent('TIMESTAMP_OUTSIDE_WINDOW');
    const nonceHash = createHash('sha256').update(nonce, 'utf8').digest('hex');
    return {
      ok: true,
      agent,
      agentAuth: { agentId: agent.agentId, nonceHash, expiresAtMs: signedAtMs + windowMs + 1 },
    };
  }

  /** Both places for a secret are tried, whether one is there or not and whether the other has matched. */
  #isSignedBy(agent: Agent | undefined, signed: { readonly payload: string; readonly sign: string }): boolean {
    let proved = false;
    for (const place of [0, 1]) {
      const sealedSecret = agent?.sealedSecrets[place];
      const isThere = agent !== undefined && sealedSecret !== undefined;
      const secret = isThere ? this.#options.secrets.open({ agentCode: agent.agentCode, sealedSecret }) : NO_SECRET;
      const digest = createHmac('sha256', secret).update(signed.payload, 'utf8').digest();
      const matches = isSignature(signed.sign, digest);
      proved = (matches && isThere) || proved;
    }
    return proved;
  }
}
