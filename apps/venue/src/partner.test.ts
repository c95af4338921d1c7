import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, Core } from '@openvenue/core';
import { AgentSecrets } from '@openvenue/gateway';
import { formatDecimal, type Money, ONE } from '@openvenue/money';
import type { Committed, VenueNode } from '@openvenue/sequencer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfiguration } from './configuration.ts';
import { DEMO_AGENT_CODE, partnerAddress, seedDemoAgent } from './demo-agent.ts';
import { secretsOf } from './secrets.ts';
import { CoreOutbox } from './webhook-outbox.ts';

const START_MS = 1_772_007_815_000;
const API_SECRET = 'a secret of the demo agent';
const WEBHOOK_URL = 'http://127.0.0.1:8081/webhooks/openvenue';

class CoreOnly implements VenueNode {
  readonly core = new Core();
  timeMs = START_MS;
  readonly commands: Command[] = [];

  async submit(command: Command): Promise<Committed> {
    const sequence = this.core.sequence + 1;
    this.commands.push(command);
    return { sequence, timeMs: this.timeMs, command, ...this.core.apply(sequence, this.timeMs, command) };
  }

  onCommitted(): () => void {
    return () => undefined;
  }
}

let node: CoreOnly;
let secrets: AgentSecrets;
beforeEach(() => {
  node = new CoreOnly();
  secrets = new AgentSecrets({ key: randomBytes(32), random: randomBytes });
});

const seed = (more: Partial<Parameters<typeof seedDemoAgent>[0]> = {}) =>
  seedDemoAgent({ node, secrets, apiSecret: API_SECRET, address: partnerAddress(8_081), ...more });
const demoAgent = () => {
  const agent = node.core.agency.agentByCode(DEMO_AGENT_CODE);
  if (agent === undefined) throw new Error('there is no demo agent');
  return agent;
};

describe('the demo agent', () => {
  it('has a deposit and its secret, and another start changes nothing', async () => {
    await seed();
    const { deposit, sealedSecrets, webhookUrl, publicNumber } = demoAgent();
    expect([formatDecimal(deposit), webhookUrl]).toEqual(['1000000', WEBHOOK_URL]);
    expect(publicNumber).toMatch(/^[1-9]\d{9}$/);
    expect(secrets.open({ agentCode: DEMO_AGENT_CODE, sealedSecret: sealedSecrets[0] ?? '' })).toBe(API_SECRET);
    const commands = node.commands.length;
    await seed();
    expect(node.commands).toHaveLength(commands);
  });

  it('takes over another address, another secret and another sealing key', async () => {
    await seed();
    await seed({ address: partnerAddress(9_000, 'http://127.0.0.1:9/hook'), apiSecret: 'another' });
    expect(demoAgent()).toMatchObject({
      webhookUrl: 'http://127.0.0.1:9/hook',
      origins: ['http://127.0.0.1:9000', 'http://localhost:9000'],
    });
    const rekeyed = new AgentSecrets({ key: randomBytes(32), random: randomBytes });
    await seed({ secrets: rekeyed });
    const [sealedSecret = ''] = demoAgent().sealedSecrets;
    expect(rekeyed.open({ agentCode: DEMO_AGENT_CODE, sealedSecret })).toBe(API_SECRET);
  });

  it('has no address before it is known, and keeps the one that it had until it has another', async () => {
    await seed({ address: undefined });
    expect(demoAgent()).toMatchObject({ webhookUrl: '', origins: [] });
    await seed({ address: partnerAddress(9_000) });
    await seed({ address: undefined });
    expect(demoAgent()).toMatchObject({
      webhookUrl: 'http://127.0.0.1:9000/webhooks/openvenue',
      origins: ['http://127.0.0.1:9000', 'http://localhost:9000'],
    });
  });

  it('is not topped up once it has spent its deposit', async () => {
    await seed();
    await transfer('T-1', 1_000_000n);
    await seed();
    expect(demoAgent().deposit).toBe(0n);
  });
});

let nonces = 0;
function agentAuth() {
  nonces += 1;
  const nonceHash = nonces.toString(16).padStart(64, '0');
  return { agentId: demoAgent().agentId, nonceHash, expiresAtMs: node.timeMs + 300_000 };
}

async function transfer(agentOrderNo: string, usdt: bigint): Promise<void> {
  await node.submit({ type: 'bind-user', agentAuth: agentAuth(), agentUserId: 'carol', externalUserId: '1188041528' });
  const { reply } = await node.submit({
    type: 'transfer',
    agentAuth: agentAuth(),
    agentOrderNo,
    user: { agentUserId: 'carol' },
    direction: 'IN',
    currency: 'USDT',
    amount: (usdt * ONE) as Money,
  });
  if (!reply.ok) throw new Error(reply.reason);
}

describe('the outbox of the core', () => {
  const outbox = () => new CoreOutbox({ node, secrets, clock: { nowMs: () => node.timeMs } });
  const seqs = () =>
    outbox()
      .waiting(demoAgent().agentId)
      .map(({ seq }) => seq);

  it('shows what is due and whose turn it is, and says what became of it', async () => {
    await seed();
    await transfer('T-1', 5n);
    await transfer('T-2', 5n);
    await node.submit({
      type: 'reverse-transfer',
      agentAuth: agentAuth(),
      origOrderNo: 'T-1',
      reverseOrderNo: 'R-1',
      reason: 'wrong customer',
    });
    const { agentId } = demoAgent();
    // The third is the REVERSED of the first one's order.
    expect(seqs()).toEqual([1, 2, 4]);
    await outbox().delivered(agentId, 1);
    expect(seqs()).toEqual([2, 3, 4]);
    await outbox().failed(agentId, 2, { attempts: 1, nextAttemptAtMs: node.timeMs + 1_000 });
    expect(seqs()).toEqual([3, 4]);
    node.timeMs += 1_000;
    expect(seqs()).toEqual([2, 3, 4]);
    await outbox().dead(agentId, 2);
    expect(seqs()).toEqual([3, 4]);
    await expect(outbox().delivered(agentId, 1)).rejects.toThrow('WEBHOOK_UNKNOWN');
  });

  it('writes bodies as the contract has them, signed by the first secret', async () => {
    await seed();
    await transfer('T-1', 5n);
    const { agentId } = demoAgent();
    const body = JSON.parse(outbox().body(agentId, 1) ?? '');
    expect(Object.keys(body).join(' ')).toBe(
      'event orderType orderId orderNo targetStatus direction transferMode currency amount agentCode agentUserId platformUserId failReason createdAt completedAt',
    );
    expect(body).toMatchObject({ orderNo: 'T-1', amount: '5', platformUserId: '1188041528', agentUserId: 'carol' });
    expect(outbox().body(agentId, 2)).toBeUndefined();
    expect(outbox().secret(agentId)).toBe(API_SECRET);
    expect(outbox().receivers()).toEqual([{ agentId, url: WEBHOOK_URL }]);
  });

  it('shows no more at once than a turn can use', async () => {
    await seed();
    for (let n = 0; n < 70; n++) await transfer(`T-${n}`, 1n);
    expect(seqs()).toHaveLength(64);
  });
});

describe('secrets of a demo venue', () => {
  let dataFolder: string;
  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-secrets-'));
  });
  afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));
  const configuration = () => readConfiguration({ OPENVENUE_DATA: dataFolder });
  const file = () => join(dataFolder, 'demo-secrets.json');

  it('are made once, and for their owner alone', () => {
    const first = secretsOf(configuration());
    expect(first.demoAgentSecret).toMatch(/^[0-9a-f]{64}$/);
    expect(secretsOf(configuration())).toEqual(first);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('stay when the file lacks the one of the demo agent', () => {
    const { demoAgentSecret: _, ...older } = JSON.parse(secretsFile());
    writeFileSync(file(), JSON.stringify(older));
    secretsOf(configuration());
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject(older);
  });

  it('that are damaged are refused', () => {
    writeFileSync(file(), '{"jwtSecret":"00"}');
    expect(() => secretsOf(configuration())).toThrow('jwtSecret');
  });

  function secretsFile(): string {
    secretsOf(configuration());
    return readFileSync(file(), 'utf8');
  }
});

it('the address for webhooks of the demo agent must be one', () => {
  expect(readConfiguration({}).demoWebhookUrl).toBeUndefined();
  expect(readConfiguration({ OPENVENUE_DEMO_WEBHOOK_URL: WEBHOOK_URL }).demoWebhookUrl).toBe(WEBHOOK_URL);
  expect(() => readConfiguration({ OPENVENUE_DEMO_WEBHOOK_URL: 'ftp://x' })).toThrow('OPENVENUE_DEMO_WEBHOOK_URL');
});
