import type { Money } from '@openvenue/money';
import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import type { AgentRecord } from './event.ts';

export interface Agent extends AgentRecord {
  /** One or two ciphertexts; the first signs webhooks, any of them verifies calls. */
  readonly sealedSecrets: readonly string[];
  readonly createdAtMs: number;
  /** What transfers in draw on; below 0 only for a depositless agent. */
  readonly deposit: Money;
  /** The agent's share of fees. */
  readonly commission: Money;
}

/** What events may show of an agent. */
export const publicPart = (agent: Agent): AgentRecord => ({
  agentId: agent.agentId,
  agentCode: agent.agentCode,
  publicNumber: agent.publicNumber,
  name: agent.name,
  webhookUrl: agent.webhookUrl,
  origins: agent.origins,
  depositless: agent.depositless,
  ipAllowList: agent.ipAllowList,
  disabled: agent.disabled,
});

/** All agents. Ids count up from 1; records are replaced, never changed in place, and never deleted. */
export class Agents {
  readonly #limit: number;
  readonly #byId = new Map<number, Agent>();
  readonly #idByCode = new Map<string, number>();
  readonly #publicNumbers = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.#byId.size >= this.#limit;
  }

  get(agentId: number): Agent | undefined {
    return this.#byId.get(agentId);
  }

  byCode(agentCode: string): Agent | undefined {
    const agentId = this.#idByCode.get(agentCode);
    return agentId === undefined ? undefined : this.#byId.get(agentId);
  }

  hasPublicNumber(publicNumber: string): boolean {
    return this.#publicNumbers.has(publicNumber);
  }

  /** By ascending id. */
  all(): IterableIterator<Agent> {
    return this.#byId.values();
  }

  add(fields: Omit<Agent, 'agentId'>): Agent {
    const agent = { agentId: this.#byId.size + 1, ...fields };
    this.#byId.set(agent.agentId, agent);
    this.#idByCode.set(agent.agentCode, agent.agentId);
    this.#publicNumbers.add(agent.publicNumber);
    return agent;
  }

  replace(agent: Agent): void {
    this.#byId.set(agent.agentId, agent);
  }

  save(writer: StateWriter): void {
    writer.list(this.#byId.values(), (agent) => {
      writer.text(agent.agentCode);
      writer.text(agent.publicNumber);
      writer.text(agent.name);
      writer.text(agent.webhookUrl);
      writer.list(agent.sealedSecrets, (secret) => writer.text(secret));
      writer.list(agent.origins, (origin) => writer.text(origin));
      writer.boolean(agent.depositless);
      writer.list(agent.ipAllowList, (range) => writer.text(range));
      writer.boolean(agent.disabled);
      writer.uint(agent.createdAtMs);
      writer.bigint(agent.deposit);
      writer.bigint(agent.commission);
    });
  }

  static load(reader: StateReader, limit: number): Agents {
    const agents = new Agents(limit);
    reader.list(() =>
      agents.add({
        agentCode: reader.text(),
        publicNumber: reader.text(),
        name: reader.text(),
        webhookUrl: reader.text(),
        sealedSecrets: reader.list(() => reader.text()),
        origins: reader.list(() => reader.text()),
        depositless: reader.boolean(),
        ipAllowList: reader.list(() => reader.text()),
        disabled: reader.boolean(),
        createdAtMs: reader.uint(),
        deposit: reader.bigint() as Money,
        commission: reader.bigint() as Money,
      }),
    );
    return agents;
  }
}
