import { money } from '@openvenue/money';
import { faultyText, IP_RANGE, SEALED_SECRET } from '../identity/form.ts';
import { type Rejected, reject } from '../reject.ts';
import { publicPart } from './agents.ts';
import type { AdjustAgentDeposit, CreateAgent, UpdateAgent } from './command.ts';
import { changeDeposit } from './deposit.ts';
import { AGENT_CODE, AGENT_NAME, ORIGIN, PUBLIC_NUMBER, WEBHOOK_URL } from './form.ts';
import {
  MAX_IP_RANGES_PER_AGENT,
  MAX_ORIGINS_PER_AGENT,
  MAX_SECRETS_PER_AGENT,
  MAX_TRANSFER_AMOUNT,
} from './limits.ts';
import { refuse } from './reject.ts';
import { AGENCY_DONE, type AgencyResult } from './reply.ts';
import type { Turn } from './state.ts';

export function createAgent({ state, timeMs, emit }: Turn, command: CreateAgent): AgencyResult {
  const { agentCode, publicNumber, name, webhookUrl, sealedSecrets, origins, depositless, ipAllowList = [] } = command;
  const fault =
    faultyText({ field: 'agentCode', value: agentCode, form: AGENT_CODE }) ??
    faultyText({ field: 'publicNumber', value: publicNumber, form: PUBLIC_NUMBER }) ??
    faultySettings(command);
  if (fault !== undefined) return fault;
  if (state.agents.byCode(agentCode) !== undefined) return refuse('AGENT_CODE_TAKEN');
  if (state.agents.hasPublicNumber(publicNumber)) return refuse('AGENT_NUMBER_TAKEN');
  if (state.agents.isFull) return refuse('AGENCY_FULL', { rule: 'agents' });

  const agent = state.agents.add({
    agentCode,
    publicNumber,
    name,
    webhookUrl,
    sealedSecrets,
    origins,
    depositless,
    ipAllowList,
    disabled: false,
    createdAtMs: timeMs,
    deposit: money(0n),
    commission: money(0n),
  });
  emit({ type: 'agent-created', agent: publicPart(agent) });
  return { ok: true, kind: 'agent', agentId: agent.agentId };
}

export function updateAgent({ state, emit }: Turn, command: UpdateAgent): AgencyResult {
  const fault = faultySettings(command);
  if (fault !== undefined) return fault;
  const agent = state.agents.get(command.agentId);
  if (agent === undefined) return refuse('AGENT_UNKNOWN');

  const updated = {
    ...agent,
    name: command.name ?? agent.name,
    webhookUrl: command.webhookUrl ?? agent.webhookUrl,
    sealedSecrets: command.sealedSecrets ?? agent.sealedSecrets,
    origins: command.origins ?? agent.origins,
    depositless: command.depositless ?? agent.depositless,
    ipAllowList: command.ipAllowList ?? agent.ipAllowList,
    disabled: command.disabled ?? agent.disabled,
  };
  state.agents.replace(updated);
  emit({ type: 'agent-updated', agent: publicPart(updated) });
  return AGENCY_DONE;
}

/** What leaves must be there, unless the agent may owe. */
export function adjustAgentDeposit(turn: Turn, { agentId, amount }: AdjustAgentDeposit): AgencyResult {
  const { state } = turn;
  if (amount === 0n || amount > MAX_TRANSFER_AMOUNT || amount < -MAX_TRANSFER_AMOUNT) {
    return reject('OUT_OF_RANGE', { field: 'amount', rule: 'not 0, at most 1e13 USDT' });
  }
  const agent = state.agents.get(agentId);
  if (agent === undefined) return refuse('AGENT_UNKNOWN');
  if (amount < 0n && !agent.depositless && agent.deposit + amount < 0n) {
    return reject('INSUFFICIENT_BALANCE', { field: 'amount', required: -amount, available: agent.deposit });
  }

  state.external += amount;
  const { deposit } = changeDeposit(turn, agent, { amount, changeType: 'ADJUSTMENT', referenceId: 0 });
  return { ok: true, kind: 'deposit', deposit };
}

type Settings = Partial<Pick<CreateAgent, 'name' | 'webhookUrl' | 'sealedSecrets' | 'origins' | 'ipAllowList'>>;

function faultySettings({ name, webhookUrl, sealedSecrets, origins, ipAllowList }: Settings): Rejected | undefined {
  return (
    (name === undefined ? undefined : faultyText({ field: 'name', value: name, form: AGENT_NAME })) ??
    (webhookUrl === undefined
      ? undefined
      : faultyText({ field: 'webhookUrl', value: webhookUrl, form: WEBHOOK_URL })) ??
    (sealedSecrets === undefined ? undefined : faultySecrets(sealedSecrets)) ??
    (origins === undefined ? undefined : faultyOrigins(origins)) ??
    (ipAllowList === undefined ? undefined : faultyRanges(ipAllowList))
  );
}

function faultySecrets(sealedSecrets: readonly string[]): Rejected | undefined {
  if (sealedSecrets.length < 1 || sealedSecrets.length > MAX_SECRETS_PER_AGENT) {
    return reject('OUT_OF_RANGE', { field: 'sealedSecrets', rule: `1 to ${MAX_SECRETS_PER_AGENT} secrets` });
  }
  return firstFault(sealedSecrets, (value) => faultyText({ field: 'sealedSecrets', value, form: SEALED_SECRET }));
}

function faultyOrigins(origins: readonly string[]): Rejected | undefined {
  if (origins.length > MAX_ORIGINS_PER_AGENT || new Set(origins).size < origins.length) {
    return reject('OUT_OF_RANGE', { field: 'origins', rule: `at most ${MAX_ORIGINS_PER_AGENT}, each once` });
  }
  return firstFault(origins, (value) => faultyText({ field: 'origins', value, form: ORIGIN }));
}

function faultyRanges(ipAllowList: readonly string[]): Rejected | undefined {
  if (ipAllowList.length > MAX_IP_RANGES_PER_AGENT) {
    return reject('OUT_OF_RANGE', { field: 'ipAllowList', rule: `at most ${MAX_IP_RANGES_PER_AGENT}` });
  }
  return firstFault(ipAllowList, (value) => faultyText({ field: 'ipAllowList', value, form: IP_RANGE }));
}

function firstFault(values: readonly string[], faultOf: (value: string) => Rejected | undefined): Rejected | undefined {
  for (const value of values) {
    const fault = faultOf(value);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
