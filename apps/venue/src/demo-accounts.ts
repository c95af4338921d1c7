import { randomInt } from 'node:crypto';
import type { Command, Reply } from '@openvenue/core';
import type { PasswordHasher } from '@openvenue/gateway';
import { type Money, ONE } from '@openvenue/money';
import { accountsNeeded, DEFAULT_SYMBOLS, type HouseAccountIds, type PriceSource } from '@openvenue/prices';
import type { VenueNode } from '@openvenue/sequencer';

/** People who can sign in to a demo venue. Production never seeds them. */
export const DEMO_USERS = [
  { username: 'alice', password: 'alice-demo' },
  { username: 'bob', password: 'bob-demo' },
] as const;

export const DEMO_FUNDS_USDT = 100_000n;
/** What the insurance fund of a demo venue begins with. */
const DEMO_INSURANCE_USDT = 1_000_000n;
const TRIES = 5;

interface Seeding {
  readonly node: VenueNode;
  readonly passwords: PasswordHasher;
  readonly source: PriceSource;
  readonly nowMs: () => number;
}

/**
 * Brings a demo venue to life: symbols with a first price, the accounts of the simulated market, two users with money. What is
 * there already is left as it is, so it can be stopped at any point and run again.
 */
export async function seedDemo(seeding: Seeding): Promise<HouseAccountIds> {
  const { node } = seeding;
  for (const parameters of DEFAULT_SYMBOLS) {
    if (node.core.exchange.symbol(parameters.symbol) === undefined)
      await accepted(node, { type: 'configure-symbol', parameters });
  }
  await accepted(node, {
    type: 'update-prices',
    symbols: seeding.source.quotesAt(Math.floor(seeding.nowMs() / 1_000)),
  });
  await ensureInsuranceFund(node);
  const houseIds = { maker: [] as number[], taker: [] as number[] };
  for (const account of accountsNeeded()) {
    const userId = await ensureUser(node, { username: account.username, passwordHash: '', kind: 'house' });
    await ensureFunds(node, userId, account.funding);
    houseIds[account.role].push(userId);
  }
  for (const { username, password } of DEMO_USERS) {
    const known = node.core.identity.userByName(username);
    const passwordHash = known === undefined ? await seeding.passwords.hash(password) : '';
    if (passwordHash === undefined) throw new Error('the password hasher is busy at the start');
    const userId = await ensureUser(node, { username, passwordHash, kind: 'trader' });
    await ensureFunds(node, userId, (DEMO_FUNDS_USDT * ONE) as Money);
  }
  return { makers: houseIds.maker, takers: houseIds.taker };
}

/** External ids are drawn at random, so that they tell nothing; the core refuses one that is taken. */
async function ensureUser(
  node: VenueNode,
  user: { readonly username: string; readonly passwordHash: string; readonly kind: 'trader' | 'house' },
): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const known = node.core.identity.userByName(user.username);
    if (known !== undefined) return known.userId;
    const externalUserId = String(randomInt(1_000_000_000, 10_000_000_000));
    const { reply } = await node.submit({ type: 'create-user', externalUserId, ...user });
    if (!reply.ok && reply.reason !== 'EXTERNAL_ID_TAKEN')
      throw new Error(`user ${user.username} was refused: ${reply.reason}`);
  }
  throw new Error(`no free external id for ${user.username} in ${TRIES} tries`);
}

/** First funds only: an account that has ever had money is not topped up. */
async function ensureFunds(node: VenueNode, userId: number, amount: Money): Promise<void> {
  const isUntouched = node.core.exchange.userSequence(userId) === 0;
  if (isUntouched) await accepted(node, { type: 'adjust-wallet', userId, amount, changeType: 'TRANSFER_IN' });
}

/** First money only: a fund that has moved once is not topped up. */
async function ensureInsuranceFund(node: VenueNode): Promise<void> {
  const { wallet, positions } = node.core.exchange.insuranceFund();
  const amount = (DEMO_INSURANCE_USDT * ONE) as Money;
  if (wallet === 0n && positions.length === 0) await accepted(node, { type: 'adjust-insurance-fund', amount });
}

async function accepted(node: VenueNode, command: Command): Promise<Extract<Reply, { ok: true }>> {
  const { reply } = await node.submit(command);
  if (!reply.ok)
    throw new Error(`${command.type} was refused: ${reply.reason} ${reply.details.problems?.join('; ') ?? ''}`);
  return reply;
}
