import { BoundedMap } from '../bounded-map.ts';
import { openSecret, sealSecret } from './sealed-secret.ts';

/** Opened secrets that are kept. */
const OPENED_SECRETS_MAX = 10_000;
const IV_BYTES = 12;
const API_KEY_BYTES = 20;
const SECRET_BYTES = 36;

/** Makes, seals and opens the secrets of API keys. Opened ones stay in memory while they are in use. */
export class KeySecrets {
  readonly #key: Uint8Array;
  readonly #random: (bytes: number) => Buffer;
  /** By sealed text, which has a fresh iv each time and so names one secret of one key. */
  readonly #opened = new BoundedMap<string, string>(OPENED_SECRETS_MAX);

  constructor(options: { readonly key: Uint8Array; readonly random: (bytes: number) => Buffer }) {
    this.#key = options.key;
    this.#random = options.random;
  }

  /** A new key with its secret, in clear for its owner and sealed for the log. */
  create(): { readonly apiKey: string; readonly apiSecret: string; readonly sealedSecret: string } {
    const apiKey = `fx_${this.#random(API_KEY_BYTES).toString('hex')}`;
    const apiSecret = this.#random(SECRET_BYTES).toString('base64url');
    const sealedSecret = sealSecret(apiSecret, { key: this.#key, owner: apiKey }, this.#random(IV_BYTES));
    return { apiKey, apiSecret, sealedSecret };
  }

  /** @throws Error when the sealed text does not belong to the key or to this venue's sealing key */
  open(apiKey: string, sealedSecret: string): string {
    const known = this.#opened.get(sealedSecret);
    if (known !== undefined) return known;
    const secret = openSecret(sealedSecret, { key: this.#key, owner: apiKey });
    this.#opened.set(sealedSecret, secret);
    return secret;
  }
}
