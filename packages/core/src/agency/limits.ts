/** What an agency holds at most. Full means refusing; nothing that must be remembered is forgotten to make room. */
export interface AgencyLimits {
  readonly agents: number;
  /** Used nonces that are remembered, of one agent and of all (AGY-8). */
  readonly noncesPerAgent: number;
  readonly nonces: number;
  /** Transfers and reverses, which are kept for good (AGY-17). */
  readonly ordersPerAgent: number;
  readonly orders: number;
  /** Wallet transfers, which are kept for good too (AGY-33). */
  readonly walletTransfersPerAgent: number;
  readonly walletTransfers: number;
  /** Webhooks neither delivered nor dead (AGY-22). */
  readonly pendingWebhooksPerAgent: number;
  readonly pendingWebhooks: number;
  /** Newest webhooks that can be read again by their sequence, delivered or not (AGY-23). */
  readonly recentWebhooksPerAgent: number;
  /** Dead letters that stay visible; one more drops the longest dead (AGY-23). */
  readonly deadWebhooksPerAgent: number;
  /** Tickets and embed tokens that are neither used nor expired (AGY-25). */
  readonly signOnsPerAgent: number;
  readonly signOns: number;
}

export const AGENCY_LIMITS: AgencyLimits = Object.freeze({
  agents: 500,
  noncesPerAgent: 300_000,
  nonces: 600_000,
  ordersPerAgent: 2_000_000,
  orders: 4_000_000,
  walletTransfersPerAgent: 1_000_000,
  walletTransfers: 2_000_000,
  pendingWebhooksPerAgent: 250_000,
  pendingWebhooks: 1_000_000,
  recentWebhooksPerAgent: 10_000,
  deadWebhooksPerAgent: 10_000,
  signOnsPerAgent: 50_000,
  signOns: 200_000,
});

/** Secrets of an agent that are active at the same time, for a rotation without a gap. */
export const MAX_SECRETS_PER_AGENT = 2;
export const MAX_ORIGINS_PER_AGENT = 50;
/** Addresses and ranges that an agent's calls may come from. */
export const MAX_IP_RANGES_PER_AGENT = 50;

/** How far ahead of the command's time a nonce may expire. */
export const MAX_NONCE_LIFE_MS = 3_600_000;

/** Largest transfer and largest adjustment of a deposit: 1e13 USDT in units of 1e-8. */
export const MAX_TRANSFER_AMOUNT = 10n ** 21n;

/** How long a ticket or an embed token can be exchanged. */
export const SIGN_ON_LIFE_MS = 60_000;

export const MAX_WEBHOOK_ATTEMPTS = 1_000;

/** Orders on one page of a list. */
export const MAX_ORDER_PAGE_SIZE = 100;
/** Webhooks in one answer of `webhooksAfter`. */
export const MAX_WEBHOOKS_READ = 1_000;
