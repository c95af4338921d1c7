import { createHmac, timingSafeEqual } from 'node:crypto';

/** The parts of a webhook that its signature covers, in this order and without anything between them. */
export interface SignedParts {
  /** Header `X-Agent-Timestamp`, Unix seconds as written. */
  readonly timestamp: string;
  /** Header `X-Agent-Nonce`. */
  readonly nonce: string;
  /** The body's bytes as they came; a string stands for its UTF-8. */
  readonly rawBody: string | Uint8Array;
}

/** Lowercase hex HMAC-SHA256 over timestamp, nonce and body. */
export function webhookSignature(parts: SignedParts, secret: string): string {
  return createHmac('sha256', secret).update(parts.timestamp).update(parts.nonce).update(parts.rawBody).digest('hex');
}

/** Whether `signature` is right under any of the secrets; takes the same time whichever it is. */
export function signatureHolds(parts: SignedParts, signature: string, secrets: readonly string[]): boolean {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  let holds = false;
  for (const secret of secrets) {
    const equal = timingSafeEqual(Buffer.from(webhookSignature(parts, secret), 'hex'), given);
    holds = equal || holds;
  }
  return holds;
}
