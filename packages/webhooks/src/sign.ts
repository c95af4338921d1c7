import { createHmac } from 'node:crypto';

export interface SignedHeaders {
  readonly 'x-agent-timestamp': string;
  readonly 'x-agent-nonce': string;
  readonly 'x-agent-signature': string;
}

/** Headers of one delivery: lowercase hex HMAC-SHA256 over timestamp (Unix seconds), nonce and the raw body. */
export function signWebhook(message: {
  readonly secret: string;
  readonly timestamp: number;
  readonly nonce: string;
  readonly body: string;
}): SignedHeaders {
  const { secret, timestamp, nonce, body } = message;
  const signature = createHmac('sha256', secret).update(`${timestamp}${nonce}${body}`).digest('hex');
  return { 'x-agent-timestamp': String(timestamp), 'x-agent-nonce': nonce, 'x-agent-signature': signature };
}
