import { hash, type RefusedCase } from './testing/furnished-scene.ts';
import { testRefusals } from './testing/refusals.ts';

const CASES: Readonly<Record<string, readonly RefusedCase[]>> = {
  identity: [
    [
      'an embedded session that manages',
      ({ venue, like }) => {
        venue.ok(like('open-session'));
        return like('delete-all-api-keys', { actor: { userId: 1, sessionId: 'another' } });
      },
      'PERMISSION_DENIED',
      { rule: 'an embedded session reads and trades only' },
    ],
    [
      'a key without the permission',
      ({ venue, like }) => {
        venue.ok(like('update-api-key', { permissions: 1, enabled: true }));
        return like('place-order', { actor: { userId: 1, apiKeyId: 1 } });
      },
      'PERMISSION_DENIED',
      { rule: 'permission trade' },
    ],
    [
      'a key that moves funds and may not trade',
      ({ venue, like }) => {
        venue.ok(like('update-api-key', { permissions: 1, enabled: true }));
        return like('move-own-funds', { actor: { userId: 1, apiKeyId: 1 } });
      },
      'PERMISSION_DENIED',
      { rule: 'permission read and trade' },
    ],
    [
      'a signature that has expired',
      ({ venue, like }) =>
        like('place-order', {
          actor: { userId: 1, apiKeyId: 1, signatureHash: hash(9), signatureExpiresAtMs: venue.timeMs },
        }),
      'API_KEY_INVALID',
      { field: 'timestamp', rule: 'signature expired' },
    ],
    [
      'a signature that lives too long',
      ({ venue, like }) =>
        like('place-order', {
          actor: { userId: 1, apiKeyId: 1, signatureHash: hash(9), signatureExpiresAtMs: venue.timeMs + 60_001 },
        }),
      'OUT_OF_RANGE',
      { field: 'signatureExpiresAtMs', value: '1772000060001', rule: 'integer 0-1772000060000' },
    ],
    [
      'a session id used before',
      ({ like }) => like('open-session', { sessionId: 'session' }),
      'INVALID_PARAMETER',
      { field: 'sessionId', rule: 'never used before' },
    ],
    [
      'a token used before',
      ({ like }) => like('rotate-refresh-token', { nextTokenHash: hash(1) }),
      'INVALID_PARAMETER',
      { field: 'nextTokenHash', rule: 'never used before' },
    ],
    [
      'a key used before',
      ({ like }) => like('create-api-key', { apiKey: 'fx_12345678' }),
      'INVALID_PARAMETER',
      { field: 'apiKey', rule: 'never used before' },
    ],
    [
      'a listen key used before',
      ({ like }) => like('create-listen-key', { listenKey: 'a'.repeat(32) }),
      'INVALID_PARAMETER',
      { field: 'listenKey', rule: 'never used before' },
    ],
    [
      'too many ranges of a key',
      ({ like }) => like('create-api-key', { ipWhitelist: Array.from({ length: 21 }, () => '192.0.2.1') }),
      'OUT_OF_RANGE',
      { field: 'ipWhitelist', value: '21', rule: 'integer 0-20' },
    ],
    [
      'too many uses of keys',
      ({ venue, like }) =>
        like('touch-api-keys', { uses: Array.from({ length: 1_001 }, () => ({ id: 1, usedAtMs: venue.timeMs })) }),
      'OUT_OF_RANGE',
      { field: 'uses', value: '1001', rule: 'integer 0-1000' },
    ],
    [
      'too many favorites',
      ({ like }) => like('set-favorite-symbols', { symbols: Array.from({ length: 201 }, (_, n) => `S${n}`) }),
      'OUT_OF_RANGE',
      { field: 'symbols', rule: 'at most 200 symbols' },
    ],
    [
      'a favorite twice',
      ({ like }) => like('set-favorite-symbols', { symbols: ['A', 'A'] }),
      'INVALID_PARAMETER',
      { field: 'symbols', rule: 'each symbol once' },
    ],
  ],
  agents: [
    [
      'a transfer of nothing',
      ({ like }) => like('transfer', { amount: 0n }),
      'OUT_OF_RANGE',
      { field: 'amount', rule: 'above 0, at most 1e13 USDT' },
    ],
    [
      'a transfer above the largest',
      ({ like }) => like('transfer', { amount: 10n ** 21n + 1n }),
      'OUT_OF_RANGE',
      { field: 'amount', rule: 'above 0, at most 1e13 USDT' },
    ],
    [
      'a wallet transfer of nothing',
      ({ like }) => like('wallet-transfer', { amount: 0n }),
      'OUT_OF_RANGE',
      { field: 'amount', rule: 'above 0, at most 1e13 USDT' },
    ],
    [
      'a wallet transfer above the largest',
      ({ like }) => like('wallet-transfer', { amount: 10n ** 21n + 1n }),
      'OUT_OF_RANGE',
      { field: 'amount', rule: 'above 0, at most 1e13 USDT' },
    ],
    [
      'all of it between agent and user',
      ({ like }) => like('wallet-transfer', { amount: undefined }),
      'INVALID_PARAMETER',
      { field: 'transferAll', rule: 'only between the wallets of the user' },
    ],
    [
      'own funds of nothing',
      ({ like }) => like('move-own-funds', { amount: 0n }),
      'OUT_OF_RANGE',
      { field: 'amount', rule: 'above 0, at most 1e13 USDT' },
    ],
    [
      'own funds above the largest',
      ({ like }) => like('move-own-funds', { amount: 10n ** 21n + 1n }),
      'OUT_OF_RANGE',
      { field: 'amount', rule: 'above 0, at most 1e13 USDT' },
    ],
    [
      'more own funds than there are',
      ({ like }) => like('move-own-funds', { amount: 10n ** 21n }),
      'INSUFFICIENT_BALANCE',
      { field: 'amount', required: 1_000_000_000_000_000_000_000n, available: 988_040_500_000n },
    ],
    [
      'a deposit of nothing',
      ({ like }) => like('adjust-agent-deposit', { amount: 0n }),
      'OUT_OF_RANGE',
      { field: 'amount', rule: 'not 0, at most 1e13 USDT' },
    ],
    [
      'a deposit above the largest',
      ({ like }) => like('adjust-agent-deposit', { amount: 10n ** 21n + 1n }),
      'OUT_OF_RANGE',
      { field: 'amount', rule: 'not 0, at most 1e13 USDT' },
    ],
    [
      'more of the deposit than there is',
      ({ like }) => like('adjust-agent-deposit', { amount: -(10n ** 13n) }),
      'INSUFFICIENT_BALANCE',
      { field: 'amount', required: 10_000_000_000_000n, available: 970_000_000_000n },
    ],
    [
      'no secret',
      ({ like }) => like('create-agent', { sealedSecrets: [] }),
      'OUT_OF_RANGE',
      { field: 'sealedSecrets', rule: '1 to 2 secrets' },
    ],
    [
      'three secrets',
      ({ like }) => like('update-agent', { sealedSecrets: ['a', 'b', 'c'] }),
      'OUT_OF_RANGE',
      { field: 'sealedSecrets', rule: '1 to 2 secrets' },
    ],
    [
      'an origin twice',
      ({ like }) => like('update-agent', { origins: ['https://a.example', 'https://a.example'] }),
      'OUT_OF_RANGE',
      { field: 'origins', rule: 'at most 50, each once' },
    ],
    [
      'too many origins',
      ({ like }) => like('create-agent', { origins: Array.from({ length: 51 }, (_, n) => `https://a${n}.example`) }),
      'OUT_OF_RANGE',
      { field: 'origins', rule: 'at most 50, each once' },
    ],
    [
      'too many ranges',
      ({ like }) => like('create-agent', { ipAllowList: Array.from({ length: 51 }, () => '192.0.2.1') }),
      'OUT_OF_RANGE',
      { field: 'ipAllowList', rule: 'at most 50' },
    ],
    [
      'a ticket used before',
      ({ like }) => like('create-entry-ticket', { ticketHash: hash(50) }),
      'INVALID_PARAMETER',
      { field: 'ticketHash', rule: 'never used before' },
    ],
    [
      'a token used before',
      ({ like }) => like('create-embed-token', { tokenHash: hash(51) }),
      'INVALID_PARAMETER',
      { field: 'tokenHash', rule: 'never used before' },
    ],
    [
      'a nonce that lives too long',
      ({ venue, like, nonce }) =>
        like('take-nonce', { agentAuth: { ...nonce(), expiresAtMs: venue.timeMs + 3_600_001 } }),
      'OUT_OF_RANGE',
      { field: 'timestamp', value: '1772003600001', rule: 'integer 0-1772003600000' },
    ],
  ],
};

testRefusals(CASES);
