import type { Accepted, Command } from '@openvenue/core';
import { type Money, ONE } from '@openvenue/money';
import type { Venue } from '../machine/venue.ts';
import type { World } from '../machine/world.ts';
import { leveragedTrade } from './leveraged.ts';
import type { SimulatedMarket } from './market.ts';
import type { Agent } from './partner.ts';
import { drawHash, PROOF_LIFE_MS } from './proofs.ts';

/** Wallets of the users who come by themselves, in USDT: from those who trade freely to those whose margin fails soon. */
const WALLETS = [1_000_000, 50_000, 3_000, 200, 40, 8];
/** What the insurance fund begins with, in USDT: from nothing to more than it needs. */
const FUNDS = [0, 300, 5_000, 1_000_000];
const DAY_MS = 86_400_000;
const AGENTS = 2;
const USERS_PER_AGENT = 2;
const FIRST_TRADES = 10;

export interface Opened {
  readonly agents: readonly Agent[];
  readonly apiKeys: ReadonlyMap<number, number>;
}

/** Lists the symbols, brings in users and agents and has them trade, before anything goes wrong. */
export async function openVenue(world: World, venue: Venue, market: SimulatedMarket): Promise<Opened> {
  const random = world.random.users;
  const run = async (command: Command): Promise<Accepted> => {
    const outcome = await venue.submit(command);
    if (outcome instanceof Error) throw outcome;
    if (!outcome.reply.ok) throw new Error(`${command.type} was refused: ${outcome.reply.reason}`);
    return outcome.reply;
  };
  for (const parameters of market.symbols) await run({ type: 'configure-symbol', parameters });
  await run(market.prices());
  const fund = random.pick(FUNDS);
  if (fund > 0) await run({ type: 'adjust-insurance-fund', amount: (BigInt(fund) * ONE) as Money });
  if (random.chance(1, 3)) {
    const { symbol } = random.pick(market.symbols);
    const atMs = world.clock.nowMs() + DAY_MS + random.integer(60_000, 7_200_000);
    await run({ type: 'delist-symbol', symbol, atMs });
  }

  const apiKeys = new Map<number, number>();
  const setUp = async (userId: number, wallet: number): Promise<void> => {
    market.userIds.push(userId);
    const actor = { userId };
    const amount = (BigInt(wallet) * ONE) as Money;
    if (wallet > 0) await run({ type: 'adjust-wallet', userId, amount, changeType: 'TRANSFER_IN' });
    const { symbol } = random.pick(market.symbols);
    if (random.chance(1, 3)) await run({ type: 'set-margin-mode', actor, symbol, marginMode: 'ISOLATED' });
    if (random.chance(2, 3)) await run({ type: 'set-leverage', actor, symbol, leverage: random.integer(20, 100) });
    if (!random.chance(1, 3)) return;
    const apiKey = `fx_simulated-${userId}`;
    const key = { apiKey, label: 'bot', permissions: 7, ipWhitelist: [], sealedSecret: 'sealed' };
    const reply = await run({ type: 'create-api-key', actor, ...key });
    if (reply.kind === 'api-key') apiKeys.set(userId, reply.id);
  };

  for (const [index, wallet] of WALLETS.entries()) {
    const externalUserId = String(1_000_000_000 + index);
    const kind = 'trader';
    const reply = await run({
      type: 'create-user',
      username: `trader-${index}`,
      externalUserId,
      passwordHash: '',
      kind,
    });
    if (reply.kind === 'user') await setUp(reply.userId, wallet);
  }

  const agents: Agent[] = [];
  for (let index = 0; index < AGENTS; index++) {
    const agentCode = `agent-${index}`;
    const reply = await run({
      type: 'create-agent',
      agentCode,
      publicNumber: String(2_000_000_000 + index),
      name: agentCode,
      webhookUrl: 'https://partner.example/hook',
      sealedSecrets: ['sealed'],
      origins: ['https://partner.example'],
      depositless: index === 1,
    });
    if (reply.kind !== 'agent') throw new Error(`create-agent answered ${reply.kind}`);
    const { agentId } = reply;
    await run({ type: 'adjust-agent-deposit', agentId, amount: (20_000n * ONE) as Money });
    const users: { agentUserId: string }[] = [];
    for (let user = 0; user < USERS_PER_AGENT; user++) {
      const agentUserId = `customer-${user}`;
      users.push({ agentUserId });
      const externalUserId = String(3_000_000_000 + 100 * index + user);
      const expiresAtMs = world.clock.nowMs() + PROOF_LIFE_MS;
      const agentAuth = { agentId, nonceHash: drawHash(random), expiresAtMs };
      const bound = await run({ type: 'bind-user', agentAuth, agentUserId, externalUserId });
      if (bound.kind !== 'binding') throw new Error(`bind-user answered ${bound.kind}`);
      await setUp(bound.userId, 0);
      await run({
        type: 'transfer',
        agentAuth: { ...agentAuth, nonceHash: drawHash(random) },
        agentOrderNo: `first-${user}`,
        user: { agentUserId },
        direction: 'IN',
        currency: 'USDT',
        amount: (BigInt(random.integer(20, 2_000)) * ONE) as Money,
      });
    }
    agents.push({ agentId, users });
  }
  for (let trade = 0; trade < FIRST_TRADES; trade++) {
    const commands = leveragedTrade(venue.core!, random, market);
    // Some have not enough for it.
    for (const command of commands) await venue.submit(command);
  }
  return { agents, apiKeys };
}
