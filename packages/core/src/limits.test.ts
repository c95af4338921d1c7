import { describe, expect, it } from 'vitest';
import * as agency from './agency/limits.ts';
import * as identity from './identity/limits.ts';

describe('what the venue remembers at most', () => {
  it('AGY-8, AGY-17, AGY-22, AGY-23, AGY-25, AGY-33: about agents', () => {
    expect({ ...agency }).toEqual({
      AGENCY_LIMITS: {
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
      },
      MAX_SECRETS_PER_AGENT: 2,
      MAX_ORIGINS_PER_AGENT: 50,
      MAX_IP_RANGES_PER_AGENT: 50,
      MAX_NONCE_LIFE_MS: 3_600_000,
      MAX_TRANSFER_AMOUNT: 10n ** 21n,
      SIGN_ON_LIFE_MS: 60_000,
      MAX_WEBHOOK_ATTEMPTS: 1_000,
      MAX_ORDER_PAGE_SIZE: 100,
      MAX_WEBHOOKS_READ: 1_000,
    });
  });

  it('IDN-2, IDN-5, IDN-6, IDN-7, IDN-8, IDN-12, IDN-16, IDN-21: about users', () => {
    expect({ ...identity }).toEqual({
      MAX_USERS: 1_000_000,
      MAX_SESSIONS_PER_USER: 50,
      MAX_REVOKED_SESSIONS_PER_USER: 200,
      REFRESH_GRACE_MS: 10_000,
      MAX_PAST_REFRESH_HASHES: 32,
      MAX_API_KEYS_PER_USER: 30,
      MAX_IP_WHITELIST_ENTRIES: 20,
      MAX_API_KEY_USES: 1_000,
      LISTEN_KEY_LIFE_MS: 3_600_000,
      MAX_LISTEN_KEYS_PER_USER: 10,
      MAX_FAVORITE_SYMBOLS: 200,
      MAX_SIGNATURES_PER_USER: 20_000,
      MAX_SIGNATURES: 400_000,
      MAX_SIGNATURE_LIFE_MS: 60_000,
    });
  });
});
