import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** A query with its signature taken out, byte for byte as it was sent. */
export interface SignedQuery {
  /** What is signed of the query. */
  readonly payload: string;
  /** Undefined when there is none or more than one. */
  readonly signature: string | undefined;
  /** The text of the one `timestamp` parameter; undefined when there is none or more than one. */
  readonly timestamp: string | undefined;
}

const SIGNATURE = 'signature=';
const TIMESTAMP = 'timestamp=';
const HEX_DIGEST = /^[0-9a-f]{64}$/;

/** The query of a request target exactly as sent; empty without `?`. */
export function rawQueryOf(target: string): string {
  const at = target.indexOf('?');
  return at === -1 ? '' : target.slice(at + 1);
}

/** Takes the signature with its own `&` out of a raw query; nothing is decoded or re-ordered. */
export function splitSignature(rawQuery: string): SignedQuery {
  const kept: string[] = [];
  const signatures: string[] = [];
  const timestamps: string[] = [];
  for (const parameter of rawQuery.split('&')) {
    if (parameter.startsWith(SIGNATURE)) {
      signatures.push(parameter.slice(SIGNATURE.length));
      continue;
    }
    if (parameter.startsWith(TIMESTAMP)) timestamps.push(parameter.slice(TIMESTAMP.length));
    kept.push(parameter);
  }
  return {
    payload: kept.join('&'),
    signature: signatures.length === 1 ? signatures[0] : undefined,
    timestamp: timestamps.length === 1 ? timestamps[0] : undefined,
  };
}

/** HMAC-SHA256 over the query payload followed by the raw body. */
export function digestOf(secret: string, payload: string, body: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(payload, 'latin1').update(body).digest();
}

/** Whether a text is the lower-case hex form of the digest; takes the same time wherever they differ. */
export function isSignature(text: string | undefined, digest: Buffer): boolean {
  const wellFormed = text !== undefined && HEX_DIGEST.test(text);
  const given = wellFormed ? Buffer.from(text, 'hex') : Buffer.alloc(digest.length);
  return timingSafeEqual(given, digest) && wellFormed;
}

/** The form in which a signature is remembered: hex SHA-256, so that no list of used ones can be played back. */
export const signatureHashOf = (signature: string): string => hash('sha256', signature);
