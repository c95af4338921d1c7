import type { MarketKind } from '@openvenue/contract';
import type { VenueNode } from '@openvenue/sequencer';
import type { FastifyBaseLogger, FastifyServerOptions } from 'fastify';
import type { PasswordHasher } from './access/password.ts';
import type { AgentApiConfig } from './agent/config.ts';
import type { RateLimitConfig } from './limits/rate-limits.ts';
import type { CallLine } from './logging/call-log.ts';
import type { MetricsSource } from './monitoring/metrics-route.ts';
import type { PageFolders } from './pages/page-folders.ts';
import type { HistoryQueries, MarketViews } from './ports.ts';

/** Wall time in Unix milliseconds. */
export interface Clock {
  nowMs(): number;
}

/** Cryptographically strong random bytes. */
export type RandomBytes = (bytes: number) => Buffer;

/** What `GET /v1/version` says. */
export interface VersionInfo {
  readonly service: string;
  readonly version: string;
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  readonly market: MarketKind;
}

export interface GatewayConfig extends AgentApiConfig {
  /** 32 bytes; signs access tokens. */
  readonly jwtSecret: Uint8Array;
  /** 32 bytes; seals the secrets of API keys. */
  readonly keyEncryptionKey: Uint8Array;
  readonly issuer: string;
  readonly audience: string;
  /**
   * Where users reach the venue, such as `https://venue.example`: the URLs that sign users on begin with it. A function where
   * the address is known only once the venue listens; it is not called before the first request.
   */
  readonly publicUrl: string | (() => string);
  /** Default 30 minutes. */
  readonly accessTokenTtlMs?: number;
  /** Default 10 minutes: also the life of the session, which is not renewed but opened anew with the next token. */
  readonly embedSessionTtlMs?: number;
  /** How far the timestamp of an agent's call may be from the venue's clock, 1 s to 29 min; default 300 s. */
  readonly agentWindowMs?: number;
  /** Default 30 days, counted anew from each rotation. */
  readonly refreshTtlMs?: number;
  /** False over plain http only: then cookies lack `__Host-` and `Secure`, and HSTS is not sent. */
  readonly secureCookies: boolean;
  /** Addresses and ranges of the proxies whose `X-Forwarded-For` is believed; none when empty. */
  readonly trustProxy: readonly string[];
  /** Origins that may call from a browser, exactly as browsers send them. */
  readonly corsOrigins: readonly string[];
  /** Kinds that are left out have {@link RATE_LIMIT_DEFAULTS}. */
  readonly rateLimits?: Partial<RateLimitConfig>;
  /** New orders of all users that wait in line or are carried out at a time; default 512. One more is refused with 5002. */
  readonly maxOrdersUnderWay?: number;
  readonly version: VersionInfo;
}

export const ACCESS_TOKEN_TTL_MS = 30 * 60_000;
export const EMBED_SESSION_TTL_MS = 10 * 60_000;
export const REFRESH_TTL_MS = 30 * 86_400_000;

export interface GatewayOptions {
  readonly node: VenueNode;
  readonly history: HistoryQueries;
  readonly market: MarketViews;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly config: GatewayConfig;
  /** The one hasher of the process, so that its bound holds for all surfaces; a new one when left out. */
  readonly passwords?: PasswordHasher;
  /** The built pages that are served beside the APIs; no pages when left out. */
  readonly pages?: PageFolders;
  /** What `/readyz` answers; ready when left out. */
  readonly isReady?: () => boolean;
  /** Takes each reply after it was sent, for those who measure. */
  readonly onAnswered?: (line: CallLine) => void;
  /** What `/metrics` serves; there is no such path when left out. */
  readonly metrics?: MetricsSource;
  /** A logger, or pino options; silent when left out. */
  readonly logger?: FastifyBaseLogger | FastifyServerOptions['logger'];
}
