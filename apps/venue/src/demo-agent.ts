import { randomInt } from 'node:crypto';
import type { Agent, Command } from '@openvenue/core';
import type { AgentSecrets } from '@openvenue/gateway';
import { type Money, ONE } from '@openvenue/money';
import type { VenueNode } from '@openvenue/sequencer';

/** The partner of a demo venue. Production never seeds it. */
export const DEMO_AGENT_CODE = 'DEMO';
export const DEMO_DEPOSIT_USDT = 1_000_000n;
/** Where the demo partner listens unless it is told otherwise. */
export const DEMO_PARTNER_PORT = 8_081;
const TRIES = 5;

/** Where a partner is reached: by webhooks, and as the page around the terminal. */
export interface PartnerAddress {
  readonly webhookUrl: string;
  readonly origins: readonly string[];
}

/** The address of a partner on this machine. `webhookUrl`: for one that takes webhooks elsewhere. */
export function partnerAddress(port: number, webhookUrl?: string): PartnerAddress {
  const origins = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  return { webhookUrl: webhookUrl ?? `${origins[0]}/webhooks/openvenue`, origins };
}

const NOWHERE: PartnerAddress = { webhookUrl: '', origins: [] };

interface Seeding {
  readonly node: VenueNode;
  readonly secrets: AgentSecrets;
  readonly apiSecret: string;
  /** Undefined while it is not known: then the agent has the address that it had, or none. */
  readonly address: PartnerAddress | undefined;
}

/** Sees that the demo agent is there with this secret, this address and a first deposit. It can be stopped at any point and run again. */
export async function seedDemoAgent(seeding: Seeding): Promise<void> {
  const { node } = seeding;
  const agent = await ensureAgent(seeding);
  const { webhookUrl, origins } = seeding.address ?? agent;
  const isCurrent =
    agent.webhookUrl === webhookUrl && agent.origins.join() === origins.join() && hasSecret(agent, seeding);
  if (!isCurrent) {
    const sealedSecrets = [seeding.secrets.seal(DEMO_AGENT_CODE, seeding.apiSecret)];
    await accepted(node, {
      type: 'update-agent',
      agentId: agent.agentId,
      webhookUrl,
      origins,
      sealedSecrets,
    });
  }
  // First money only: an agent that has used his deposit up is not topped up.
  const { agentId } = agent;
  const isUntouched = agent.deposit === 0n && node.core.agency.transfers({ agentId, page: 1, pageSize: 1 }).total === 0;
  if (isUntouched)
    await accepted(node, { type: 'adjust-agent-deposit', agentId, amount: (DEMO_DEPOSIT_USDT * ONE) as Money });
}

/** The public number is drawn at random, and the core refuses one that is taken. */
async function ensureAgent({ node, secrets, apiSecret, address = NOWHERE }: Seeding): Promise<Agent> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const known = node.core.agency.agentByCode(DEMO_AGENT_CODE);
    if (known !== undefined) return known;
    const { reply } = await node.submit({
      type: 'create-agent',
      agentCode: DEMO_AGENT_CODE,
      publicNumber: String(randomInt(1_000_000_000, 10_000_000_000)),
      name: 'Demo partner',
      ...address,
      sealedSecrets: [secrets.seal(DEMO_AGENT_CODE, apiSecret)],
      depositless: false,
    });
    if (!reply.ok && reply.reason !== 'AGENT_NUMBER_TAKEN')
      throw new Error(`the demo agent was refused: ${reply.reason}`);
  }
  throw new Error(`no free number for the demo agent in ${TRIES} tries`);
}

/** False also for a secret that was sealed with a key which is no longer configured. */
function hasSecret({ agentCode, sealedSecrets }: Agent, { secrets, apiSecret }: Seeding): boolean {
  const [sealedSecret = ''] = sealedSecrets;
  try {
    return secrets.open({ agentCode, sealedSecret }) === apiSecret;
  } catch {
    return false;
  }
}

async function accepted(node: VenueNode, command: Command): Promise<void> {
  const { reply } = await node.submit(command);
  if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.reason}`);
}
