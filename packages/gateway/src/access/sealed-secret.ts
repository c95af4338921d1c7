import { createCipheriv, createDecipheriv } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Bytes of the key that seals. */
export const SEALING_KEY_BYTES = 32;

/** What a sealed secret belongs to: it opens under this name alone, so that two rows cannot be swapped. */
export interface SealingContext {
  readonly key: Uint8Array;
  readonly owner: string;
}

/** Encrypts the secret of a key or an agent as `v1.iv.tag.ciphertext`, each in base64url. `iv` is 12 fresh random bytes. */
export function sealSecret(secret: string, context: SealingContext, iv: Uint8Array): string {
  if (iv.length !== IV_BYTES) throw new RangeError(`the iv must have ${IV_BYTES} bytes`);
  const cipher = createCipheriv(ALGORITHM, context.key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context.owner));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return [
    VERSION,
    ...[iv, cipher.getAuthTag(), ciphertext].map((part) => Buffer.from(part).toString('base64url')),
  ].join('.');
}

/** The secret. @throws Error when the text was altered, belongs to another key, or was sealed with another sealing key */
export function openSecret(sealed: string, context: SealingContext): string {
  const [version, iv, tag, ciphertext, rest] = sealed.split('.');
  if (version !== VERSION || iv === undefined || tag === undefined || ciphertext === undefined || rest !== undefined) {
    throw new Error('a sealed secret has an unknown form');
  }
  const decipher = createDecipheriv(ALGORITHM, context.key, Buffer.from(iv, 'base64url'), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context.owner));
  decipher.setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64url')), decipher.final()]).toString('utf8');
}
