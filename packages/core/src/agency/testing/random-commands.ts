import { money } from '@openvenue/money';
import fc from 'fast-check';
import type { AgencyCommand, AgentAuth } from '../command.ts';
import { OWN_WALLET_DIRECTIONS, WALLET_DIRECTIONS } from '../wallet-transfer-order.ts';
import { Driver, hash, ORIGIN, type Turned } from './driver.ts';

/** Small pools, so that commands meet each other's agents, users, numbers, nonces and tokens. Some of the pools' agents do not exist. */
const agentId = fc.constantFrom(1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4);
const agentUserId = fc.constantFrom('alice', 'alice', 'alice', 'bob', 'carol');
const externalId = (number: number): string => String(1_100_000_000 + number);
const platformUserId = fc.integer({ min: 1, max: 9 }).map(externalId);
const orderNo = fc.integer({ min: 1, max: 6 }).map((number) => `n${number}`);
const token = fc.integer({ min: 1, max: 5 }).map(hash);
const amount = fc
  .oneof(fc.constantFrom(0, 400, 1_200), fc.constantFrom(1, 5), fc.constant(5))
  .map((units) => money(BigInt(units)));
const seq = fc.integer({ min: 1, max: 12 });

const agentAuth: fc.Arbitrary<AgentAuth> = fc.record({
  agentId,
  nonceHash: fc.nat(600).map(hash),
  expiresAtMs: fc.constantFrom(0, 50, 60_000, 300_000, 300_000, 300_000),
});
const user = fc.oneof(
  { weight: 5, arbitrary: fc.record({ agentUserId }) },
  fc.record({ platformUserId }),
  fc.record({ agentUserId, platformUserId }),
);
const session = fc.record({
  sessionId: fc.nat(1_000).map((number) => `s${number}`),
  refreshExpiresAtMs: fc.constant(9_000_000_000_000),
  ip: fc.constant('192.0.2.1'),
});

const type = <T extends AgencyCommand['type']>(name: T): fc.Arbitrary<T> => fc.constant(name);

const command: fc.Arbitrary<AgencyCommand> = fc.oneof(
  fc.record(
    {
      type: type('update-agent'),
      agentId,
      webhookUrl: fc.constantFrom('', 'https://partner.example/hook'),
      sealedSecrets: fc.constantFrom(['s1'], ['s2', 's1']),
      depositless: fc.boolean(),
      disabled: fc.constantFrom(false, false, false, false, true),
    },
    { requiredKeys: ['type', 'agentId'] },
  ),
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('adjust-agent-deposit'),
      agentId,
      amount: fc.constantFrom(-3_000, -500, -1, 0, 300, 1_000).map((units) => money(BigInt(units))),
    }),
  },
  fc.record({ type: type('take-nonce'), agentAuth }),
  {
    weight: 2,
    arbitrary: fc.record({ type: type('bind-user'), agentAuth, agentUserId, externalUserId: platformUserId }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: type('transfer'),
      agentAuth,
      agentOrderNo: orderNo,
      user,
      direction: fc.constantFrom('IN' as const, 'IN' as const, 'OUT' as const),
      currency: fc.constantFrom('USDT', 'USDT', 'USDT', 'BTC'),
      amount,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('transfer-all-out'),
      agentAuth,
      agentOrderNo: orderNo,
      user,
      currency: fc.constant('USDT'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: type('reverse-transfer'),
      agentAuth,
      origOrderNo: orderNo,
      reverseOrderNo: orderNo,
      reason: fc.constantFrom('', 'why'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record(
      {
        type: type('wallet-transfer'),
        agentAuth,
        agentOrderNo: fc.constantFrom('n1', 'w1', 'w2', 'w3'),
        user,
        direction: fc.constantFrom('PARTNER_TO_FUNDING' as const, ...WALLET_DIRECTIONS),
        currency: fc.constantFrom('USDT', 'USDT', 'USDT', 'USDT', 'BTC'),
        amount: fc.constantFrom(0, 5, 5, 5, 5, 5, 1_200).map((units) => money(BigInt(units))),
      },
      { requiredKeys: ['type', 'agentAuth', 'agentOrderNo', 'user', 'direction', 'currency'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        type: type('move-own-funds'),
        actor: fc.record({ userId: fc.integer({ min: 1, max: 4 }) }),
        direction: fc.constantFrom(...OWN_WALLET_DIRECTIONS),
        amount: fc.constantFrom(0, 5, 5, 5, 1_200).map((units) => money(BigInt(units))),
      },
      { requiredKeys: ['type', 'actor', 'direction'] },
    ),
  },
  fc.record({
    type: type('set-credentials'),
    agentAuth,
    user,
    username: fc.constantFrom('al', 'alice', 'bobby'),
    passwordHash: fc.constantFrom('', 'scrypt$1'),
  }),
  fc.record({
    type: type('disable-user'),
    agentAuth,
    user,
    disabled: fc.constantFrom(false, false, true),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('create-entry-ticket'),
      agentAuth,
      user,
      ticketHash: token,
      redirectPath: fc.constantFrom('/', '//'),
      returnUrl: fc.constant(''),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('create-embed-token'),
      agentAuth,
      user,
      tokenHash: token,
      channelId: fc.constantFrom('c1', 'c2'),
    }),
  },
  fc.record({
    type: type('exchange-ticket'),
    ticketHash: token,
    session: session.map((drawn) => ({ ...drawn, refreshTokenHash: hash(1) })),
  }),
  fc.record({
    type: type('exchange-embed-token'),
    tokenHash: token,
    channelId: fc.constantFrom('c1', 'c2'),
    embedOrigin: fc.constantFrom(ORIGIN, ORIGIN, 'https://evil.example'),
    session,
  }),
  { weight: 5, arbitrary: fc.record({ type: type('webhook-delivered'), agentId, seq }) },
  fc.record({
    type: type('webhook-failed'),
    agentId,
    seq,
    attempts: fc.integer({ min: 1, max: 5 }),
    nextAttemptAtMs: fc.constant(9_000_000_000_000),
  }),
  fc.record({ type: type('webhook-dead'), agentId, seq }),
  fc.record({ type: type('replay-webhook'), agentId, seq }),
);

/** A command some time after the one before it. Ends of nonces are relative to it, and made absolute as it is run. */
export interface RandomStep {
  readonly afterMs: number;
  readonly command: AgencyCommand;
  /** Of the wallet of the user of this number, so many units cannot be withdrawn from now on. */
  readonly locked: readonly [userId: number, units: number];
}

const randomStep: fc.Arbitrary<RandomStep> = fc.record({
  afterMs: fc.constantFrom(0, 0, 0, 0, 0, 1, 60, 30_000),
  command,
  locked: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(0, 0, 0, 50)),
});

/** That many steps, or fewer. They are long on purpose: most of what is interesting needs a history. */
export const randomSteps = (maxLength: number): fc.Arbitrary<RandomStep[]> =>
  fc.array(randomStep, { maxLength, size: 'max' });

export function perform(driver: Driver, { afterMs, command: relative, locked: [userId, units] }: RandomStep): Turned {
  driver.venue.locked.set(userId, BigInt(units));
  const expired = driver.pass(afterMs);
  const { reply, events } = driver.run(absolute(relative, driver.timeMs));
  return { reply, events: [...expired, ...events] };
}

function absolute(relative: AgencyCommand, timeMs: number): AgencyCommand {
  if (!('agentAuth' in relative)) return relative;
  const { agentAuth: auth } = relative;
  return { ...relative, agentAuth: { ...auth, expiresAtMs: timeMs + auth.expiresAtMs } };
}

/** Three agents with two users each, one of them without an address, limits that random commands reach. */
export function started(): Driver {
  const driver = new Driver({
    noncesPerAgent: 16,
    ordersPerAgent: 8,
    walletTransfersPerAgent: 2,
    pendingWebhooksPerAgent: 5,
    pendingWebhooks: 7,
    recentWebhooksPerAgent: 6,
    deadWebhooksPerAgent: 2,
    signOnsPerAgent: 1,
  });
  for (let number = 1; number <= 3; number++) {
    const webhookUrl = number === 3 ? '' : 'https://partner.example/hook';
    const id = driver.agent(number, { webhookUrl, depositless: number === 2 });
    driver.deposit(id, money(1_000n));
    driver.bind(id, 'alice', externalId(2 * number - 1));
    driver.bind(id, 'bob', externalId(2 * number));
  }
  return driver;
}
