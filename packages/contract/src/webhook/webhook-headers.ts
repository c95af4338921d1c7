import { type Static, Type } from 'typebox';

/** Headers of a webhook. */
export const WEBHOOK_HEADER = {
  TIMESTAMP: 'X-Agent-Timestamp',
  NONCE: 'X-Agent-Nonce',
  SIGNATURE: 'X-Agent-Signature',
} as const;

/** The headers by name; HTTP compares names without regard to case. */
export const WebhookHeaders = Type.Object({
  'X-Agent-Timestamp': Type.String({
    pattern: '^[1-9]\\d{0,12}$',
    description: 'Time of this delivery, in Unix seconds',
    'x-rule': 'Unix seconds in digits',
    examples: ['1772007815'],
  }),
  'X-Agent-Nonce': Type.String({
    pattern: '^[A-Za-z0-9_-]{16,128}$',
    description: 'Random text, new for every delivery',
    'x-rule': '16 to 128 characters of [A-Za-z0-9_-]',
    examples: ['0b5d8f4c2f7e4c0a9d1e6a3b7c8d9e0f'],
  }),
  'X-Agent-Signature': Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: 'Lowercase hex HMAC-SHA256 of timestamp, nonce and raw body with the secret of the agent',
    'x-rule': '64 lowercase hex digits',
    examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  }),
});
export type WebhookHeaders = Static<typeof WebhookHeaders>;

/** What precedes the raw body in the text that a webhook's signature covers; nothing stands between the three. */
export const webhookPayloadPrefix = (delivery: { readonly timestamp: string; readonly nonce: string }): string =>
  `${delivery.timestamp}${delivery.nonce}`;
