import { createHmac } from 'node:crypto';
import {
  AGENT_PATH_PREFIX,
  type AgentOperationName,
  agentOperations,
  agentPayload,
  readSignedBody,
} from '@openvenue/contract';
import type { SeededRandom } from '@openvenue/core/testing';
import type { Member } from '../cast/member.ts';
import { AGENT_SAMPLES } from '../cast/samples.ts';
import { someAddress } from './addresses.ts';
import { type HostileRequest, requestBytes } from './http-request.ts';
import { hostileBody } from './json-bodies.ts';

export const AGENT_OPERATION_NAMES = Object.keys(agentOperations) as AgentOperationName[];

/** Who signs calls of the Agent API. */
export interface SigningAgent {
  readonly agentCode: string;
  readonly apiSecret: string;
}

const BODY_MAX = 60_000;
const ODD_SIGNING = [
  { timestamp: '1' },
  { timestamp: 0 },
  { timestamp: 1e15 },
  { timestamp: 1.5 },
  { timestamp: null },
  { nonce: '' },
  { nonce: 'x'.repeat(5_000) },
  { nonce: '\u0000' },
  { nonce: {} },
  { agentCode: '__proto__' },
  { agentCode: [] },
  { agentCode: 'x'.repeat(5_000) },
  { sign: 'x' },
  { sign: '0'.repeat(64) },
  { sign: null },
] as const;

/** A call of the Agent API with something wrong, most of them rightly signed all the same. */
export function agentRequest(
  name: AgentOperationName,
  { agent, member }: { readonly agent: SigningAgent; readonly member: Member },
  random: SeededRandom,
): HostileRequest {
  const call = agentOperations[name];
  const fields = {
    ...AGENT_SAMPLES[name]({ member, random }),
    agentCode: agent.agentCode,
    timestamp: Math.floor(Date.now() / 1_000),
    nonce: `nonce-${random.next32()}-${random.next32()}`,
  };
  const isSigning = random.chance(1, 5);
  const odd = isSigning ? random.pick(ODD_SIGNING) : {};
  const isIntact = isSigning || random.chance(1, 5);
  const hostile = isIntact
    ? { bytes: Buffer.from(JSON.stringify({ ...fields, ...odd })), mutation: 'nothing' }
    : hostileBody(fields, random);
  const body = hostile.bytes.length > BODY_MAX ? Buffer.from('[') : signedBody(hostile.bytes, agent.apiSecret);
  const prefix = random.chance(1, 4) ? AGENT_PATH_PREFIX : '';
  return {
    contract: { kind: 'agent', name, call },
    method: call.method,
    mutation: isSigning ? 'signing fields' : hostile.mutation,
    isAuthentic: !isSigning,
    bytes: requestBytes(
      { method: call.method, target: prefix + call.path },
      [`X-Forwarded-For: ${someAddress(random)}`, 'Content-Type: application/json'],
      body,
    ),
  };
}

/** The body with its signature as the last member, where it can be read at all. */
function signedBody(bytes: Buffer, secret: string): Buffer {
  const fields = readSignedBody(bytes);
  if (!fields.ok || fields.value.has('sign')) return bytes;
  const sign = createHmac('sha256', secret).update(agentPayload(fields.value), 'utf8').digest('hex');
  const end = bytes.lastIndexOf('}');
  const comma = fields.value.size === 0 ? '' : ',';
  return Buffer.concat([bytes.subarray(0, end), Buffer.from(`${comma}"sign":"${sign}"`), bytes.subarray(end)]);
}
