import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { FakeAgent } from './agents.ts';
import { common, echo, type Handler } from './call.ts';
import { ORDER_CALLS } from './order-calls.ts';
import { needText, optionalCount, optionalFlag, optionalText, Refusal, type RequestFields } from './refusal.ts';
import { formatUnits } from './units.ts';

/** Seconds for which tickets and embed tokens are good. */
export const TOKEN_SECONDS = 60;

/** USDT for one unit: round numbers, to be told from real ones. */
const EXCHANGE_RATES: Readonly<Record<string, string | undefined>> = {
  EUR: '1.250000000000000000',
  USD: '1.000000000000000000',
};

/** The calls of the fake venue, by path. */
export const CALLS: Readonly<Record<string, Handler>> = {
  ...ORDER_CALLS,

  '/v1/agent/bind': ({ agent, fields }) => {
    const user = agent.bind(needText(fields, 'agentUserId', 64));
    optionalText(fields, 'username');
    return { platformUserId: user.platformUserId, bindStatus: 'BOUND', isSimulatedUser: false };
  },

  '/v1/agent/query-account': ({ agent, fields }) => {
    const { currency } = common(fields);
    const assets = [{ currency, depositBalance: formatUnits(agent.deposit) }];
    return { agentCode: agent.agentCode, agentStatus: 'ACTIVE', assets };
  },

  '/v1/agent/query-user-assets': ({ agent, fields }) => {
    common(fields);
    const platformUserId = needText(fields, 'platformUserId', 64);
    const user = agent.findUser({ agentUserId: undefined, platformUserId });
    const balance = formatUnits(user.contract);
    const funding = formatUnits(user.funding);
    const assets = {
      assetCode: 'USDT',
      availableAmount: funding,
      heldAmount: '0',
      totalAmount: funding,
      materialized: user.materialized,
    };
    return {
      platformUserId,
      walletBalance: balance,
      frozenMargin: '0',
      usedMargin: '0',
      availableBalance: balance,
      isolatedMargin: '0',
      version: user.version,
      isSimulatedUser: false,
      ...(optionalFlag(fields, 'includeFunding') === true ? { funding: assets } : {}),
      ...echo(fields),
    };
  },

  '/v1/agent/set-credentials': ({ agent, fields }) => {
    const user = agent.findUser({ agentUserId: needText(fields, 'agentUserId', 64), platformUserId: undefined });
    const username = needText(fields, 'username', 32);
    needText(fields, 'password', 64);
    if (username.length < 3) throw new Refusal('parameterOutOfRange', 'username is too short');
    for (const other of agent.usersByAgentId.values()) {
      if (other !== user && other.username.toLowerCase() === username.toLowerCase()) {
        throw new Refusal('parameterInvalid', 'username must be a name that no other user has');
      }
    }
    user.username = username;
    return { username };
  },

  '/v1/agent/disable-user': ({ agent, fields }) => {
    const user = agent.findUser({ agentUserId: needText(fields, 'agentUserId', 64), platformUserId: undefined });
    const disabled = optionalFlag(fields, 'disabled');
    if (disabled === undefined) throw new Refusal('parameterMissing', 'disabled is missing');
    user.disabled = disabled;
    return { userStatus: disabled ? 'DISABLED' : 'ACTIVE' };
  },

  '/v1/agent/events': ({ agent, fields, webhooks }) => {
    const afterSeq = optionalCount(fields, 'afterSeq', { from: 0, to: Number.MAX_SAFE_INTEGER });
    if (afterSeq === undefined) throw new Refusal('parameterMissing', 'afterSeq is missing');
    const limit = optionalCount(fields, 'limit', { from: 1, to: 1000 }) ?? 100;
    const events = webhooks.events
      .filter(({ agentCode, event }) => agentCode === agent.agentCode && event.seq > afterSeq)
      .slice(0, limit)
      .map(({ event }) => event);
    return { events, lastSeq: events.at(-1)?.seq ?? afterSeq };
  },

  '/v1/agent/create-entry-url': ({ agent, fields, clock, baseUrl }) => {
    activeUser(agent, fields);
    const redirectPath = optionalText(fields, 'redirectPath', 2048);
    if (redirectPath !== undefined && !/^\/(?![/\\])/.test(redirectPath)) {
      throw new Refusal('parameterInvalid', 'redirectPath is invalid');
    }
    return { webUrl: `${baseUrl}/agent-entry?ticket=${freshToken()}`, expireAt: expiry(clock) };
  },

  '/v1/agent/create-embed-token': ({ agent, fields, clock }) => {
    activeUser(agent, fields);
    needText(fields, 'channelId', 128);
    return { embedToken: freshToken(), expireAt: expiry(clock) };
  },

  '/v1/agent/list-supported-fiat-currencies': () => ({
    targetCurrency: 'USDT',
    sourceCurrencies: Object.keys(EXCHANGE_RATES),
  }),

  '/v1/agent/query-exchange-rates': ({ fields, clock }) => {
    const asked = optionalText(fields, 'sourceCurrencies', 1000)?.split(',') ?? Object.keys(EXCHANGE_RATES);
    const rates = asked.map((sourceCurrency) => {
      const rate = EXCHANGE_RATES[sourceCurrency];
      if (rate === undefined) throw new Refusal('parameterInvalid', 'sourceCurrencies is invalid');
      return { sourceCurrency, targetCurrency: 'USDT', rate };
    });
    const nowMs = clock.now();
    return {
      snapshotVersion: 'fake-1',
      provider: 'FAKE_VENUE',
      sourceDate: new Date(nowMs).toISOString().slice(0, 10),
      fetchedAt: nowMs,
      expiresAt: nowMs + 86_400_000,
      pricingPolicy: 'FIXED_PEG',
      usdtUsdRate: '1',
      rateType: 'INDICATIVE_DAILY',
      usage: 'REFERENCE_ONLY',
      rateMeaning: '1 sourceCurrency = rate USDT',
      rates,
    };
  },
};

function activeUser(agent: FakeAgent, fields: RequestFields): void {
  const user = agent.findUser({ agentUserId: needText(fields, 'agentUserId', 64), platformUserId: undefined });
  if (user.disabled) throw new Refusal('notAllowed', 'user disabled');
}

function freshToken(): string {
  return randomBytes(24).toString('base64url');
}

function expiry(clock: Clock): number {
  return Math.floor(clock.now() / 1000) + TOKEN_SECONDS;
}
