import { randomInt } from 'node:crypto';
import type { Agent, Command } from '@openvenue/core';
import type { AgentSecrets } from '@openvenue/gateway';
import { type Money, ONE } from '@openvenue/money';
import type { VenueNode } from '@openvenue/sequencer';

/** The partner of a demo venue. Production never seeds it. */
export const DEMO_AGENT_CODE = 'DEMO';
export const DEMO_DEPOSIT_USDT = 1_000_000n;
const DEMO_ORIGINS = ['http://127.0.0.1:8081', 'http://localhost:8081'];
const TRIES = 5;

interface Seeding {
  readonly node: VenueNode;
  readonly secrets: AgentSecrets;
  readonly apiSecret: string;
  readonly webhookUrl: string;
}

/** Sees that the demo agent is there with this secret, this address and a first deposit. It can be stopped at any point and run again. */
export async function seedDemoAgent(seeding: Seeding): Promise<void> {
  const { node, webhookUrl } = seeding;
  const agent = await ensureAgent(seeding);
  const isCurrent =
    agent.webhookUrl === webhookUrl && agent.origins.join() === DEMO_ORIGINS.join() && hasSecret(agent, seeding);
  if (!isCurrent) {
    const sealedSecrets = [seeding.secrets.seal(DEMO_AGENT_CODE, seeding.apiSecret)];
    await accepted(node, {
      type: 'update-agent',
      agentId: agent.agentId,
      webhookUrl,
      origins: DEMO_ORIGINS,
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
async function ensureAgent({ node, secrets, apiSecret, webhookUrl }: Seeding): Promise<Agent> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const known = node.core.agency.agentByCode(DEMO_AGENT_CODE);
    if (known !== undefined) return known;
    const { reply } = await node.submit({
      type: 'create-agent',
      agentCode: DEMO_AGENT_CODE,
      publicNumber: String(randomInt(1_000_000_000, 10_000_000_000)),
      name: 'Demo partner',
      webhookUrl,
      sealedSecrets: [secrets.seal(DEMO_AGENT_CODE, apiSecret)],
      origins: DEMO_ORIGINS,
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
