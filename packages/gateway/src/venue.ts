import type { Command, Reply } from '@openvenue/core';
import { type Committed, NotRecordedError, OutcomeUnknownError, type VenueNode } from '@openvenue/sequencer';
import { AccessTokens } from './access/access-token.ts';
import { AgentSecrets } from './access/agent-secrets.ts';
import { KeySecrets } from './access/key-secrets.ts';
import { KeyUses } from './access/key-uses.ts';
import { PasswordHasher } from './access/password.ts';
import { RefreshCookie } from './access/refresh-cookie.ts';
import { agentOutcomeTimeoutMsOf } from './agent/config.ts';
import { type OrdersInFlight, ordersInFlight } from './agent/orders-in-flight.ts';
import { Cursors } from './agent/perpetual/cursor.ts';
import { PerpetualGate } from './agent/perpetual/gate.ts';
import { ExchangeRates } from './agent/rates/exchange-rates.ts';
import { REFERENCE_RATES } from './agent/rates/reference-rates.ts';
import { type Failure, fail } from './failure.ts';
import { OrderGate } from './limits/order-gate.ts';
import { RATE_LIMIT_DEFAULTS, RateLimits } from './limits/rate-limits.ts';
import { traced } from './monitoring/tracing.ts';
import {
  ACCESS_TOKEN_TTL_MS,
  type Clock,
  EMBED_SESSION_TTL_MS,
  type GatewayOptions,
  type RandomBytes,
  REFRESH_TTL_MS,
  type VersionInfo,
} from './options.ts';
import type { HistoryQueries, MarketViews } from './ports.ts';
import { Leaderboards } from './rest/leaderboard/leaderboards.ts';

/** A command that was recorded, whatever the core answered to it. */
export interface Recorded {
  readonly ok: true;
  readonly reply: Reply;
  readonly timeMs: number;
}

/** What the endpoints work with. */
export interface Venue {
  readonly node: VenueNode;
  readonly history: HistoryQueries;
  readonly market: MarketViews;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly passwords: PasswordHasher;
  readonly tokens: AccessTokens;
  readonly secrets: KeySecrets;
  readonly agentSecrets: AgentSecrets;
  readonly agentOutcomeTimeoutMs: number;
  readonly ordersInFlight: OrdersInFlight;
  readonly exchangeRates: ExchangeRates;
  readonly perpetualGate: PerpetualGate;
  readonly cursors: Cursors;
  readonly leaderboards: Leaderboards;
  readonly keyUses: KeyUses;
  readonly refreshCookie: RefreshCookie;
  readonly refreshTtlMs: number;
  readonly embedSessionTtlMs: number;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly limits: RateLimits;
  readonly orderGate: OrderGate;
  readonly version: VersionInfo;
}

export function venueOf({ node, history, market, clock, random, config, passwords }: GatewayOptions): Venue {
  const { jwtSecret, keyEncryptionKey, issuer, audience, publicUrl, accessTokenTtlMs = ACCESS_TOKEN_TTL_MS } = config;
  return {
    node,
    history,
    market,
    clock,
    random,
    passwords: passwords ?? new PasswordHasher({ random }),
    tokens: new AccessTokens({ secret: jwtSecret, issuer, audience, lifeMs: accessTokenTtlMs, random }),
    secrets: new KeySecrets({ key: keyEncryptionKey, random }),
    agentSecrets: new AgentSecrets({ key: keyEncryptionKey, random }),
    agentOutcomeTimeoutMs: agentOutcomeTimeoutMsOf(config),
    ordersInFlight: ordersInFlight(),
    exchangeRates: new ExchangeRates(config.exchangeRates ?? REFERENCE_RATES, clock.nowMs()),
    perpetualGate: new PerpetualGate(config.perpetualQuota),
    cursors: new Cursors(keyEncryptionKey),
    leaderboards: new Leaderboards(history),
    keyUses: new KeyUses(),
    refreshCookie: new RefreshCookie(config.secureCookies),
    refreshTtlMs: config.refreshTtlMs ?? REFRESH_TTL_MS,
    embedSessionTtlMs: config.embedSessionTtlMs ?? EMBED_SESSION_TTL_MS,
    get publicUrl() {
      return (typeof publicUrl === 'function' ? publicUrl() : publicUrl).replace(/\/$/, '');
    },
    limits: new RateLimits({ ...RATE_LIMIT_DEFAULTS, ...config.rateLimits }),
    orderGate: new OrderGate({ max: config.maxOrdersUnderWay }),
    version: config.version,
  };
}

/** Sequences a command. The node's own refusals become 5002; any other error is a bug and goes on. */
export async function submit(venue: Pick<Venue, 'node'>, command: Command): Promise<Recorded | Failure> {
  let committed: Committed;
  try {
    committed = await traced('commit', () => venue.node.submit(command));
  } catch (error) {
    if (error instanceof NotRecordedError) return unavailable('nothing was recorded; repeat the call later');
    if (error instanceof OutcomeUnknownError)
      return unavailable('the outcome is not known; ask for it before repeating');
    throw error;
  }
  return { ok: true, reply: committed.reply, timeMs: committed.timeMs };
}

const unavailable = (rule: string): Failure => fail('TEMPORARILY_UNAVAILABLE', { details: { rule } });
