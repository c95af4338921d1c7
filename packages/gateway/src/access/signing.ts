import { hash, timingSafeEqual } from 'node:crypto';

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
  let payload = '';
  let signature: string | undefined;
  let timestamp: string | undefined;
  let signatures = 0;
  let timestamps = 0;
  let isFirst = true;
  for (let from = 0; from <= rawQuery.length; ) {
    const mark = rawQuery.indexOf('&', from);
    const to = mark === -1 ? rawQuery.length : mark;
    if (rawQuery.startsWith(SIGNATURE, from)) {
      signatures += 1;
      signature = rawQuery.slice(from + SIGNATURE.length, to);
    } else {
      if (rawQuery.startsWith(TIMESTAMP, from)) {
        timestamps += 1;
        timestamp = rawQuery.slice(from + TIMESTAMP.length, to);
      }
      payload += isFirst ? rawQuery.slice(from, to) : `&${rawQuery.slice(from, to)}`;
      isFirst = false;
    }
    from = to + 1;
  }
  return {
    payload,
    signature: signatures === 1 ? signature : undefined,
    timestamp: timestamps === 1 ? timestamp : undefined,
  };
}

/**
 * HMAC-SHA256 (RFC 2104) over the query payload followed by the raw body. Of two plain hashes, because the objects that Node makes for an
 * HMAC cost more than the hashing.
 */
export function digestOf(secret: string, payload: string, body: Uint8Array): Buffer {
  const given = Buffer.from(secret, 'utf8');
  const key = given.length > BLOCK_BYTES ? hash('sha256', given, 'buffer') : given;
  const message = Buffer.allocUnsafe(BLOCK_BYTES + payload.length + body.length);
  pad(message, key, INNER_PAD);
  message.write(payload, BLOCK_BYTES, 'latin1');
  message.set(body, BLOCK_BYTES + payload.length);
  const outer = Buffer.allocUnsafe(BLOCK_BYTES + DIGEST_BYTES);
  pad(outer, key, OUTER_PAD);
  hash('sha256', message, 'buffer').copy(outer, BLOCK_BYTES);
  return hash('sha256', outer, 'buffer');
}

/** Of SHA-256. */
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

function pad(block: Buffer, key: Buffer, by: number): void {
  for (let i = 0; i < BLOCK_BYTES; i++) block[i] = (key[i] ?? 0) ^ by;
}

/** Whether a text is the lower-case hex form of the digest; takes the same time wherever they differ. */
export function isSignature(text: string | undefined, digest: Buffer): boolean {
  const wellFormed = text !== undefined && HEX_DIGEST.test(text);
  const given = wellFormed ? Buffer.from(text, 'hex') : Buffer.alloc(digest.length);
  return timingSafeEqual(given, digest) && wellFormed;
}

/** The form in which a signature is remembered: hex SHA-256, so that no list of used ones can be played back. */
export const signatureHashOf = (signature: string): string => hash('sha256', signature);
