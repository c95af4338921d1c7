/** An API key with its secret. Never ship one to a browser of somebody else. */
export interface ApiKeyAuth {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** What is signed: the query as it is sent, without the signature, and the body as it is sent. */
export interface Signable {
  readonly query: string;
  readonly body: string;
}

const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' };

/** Signs requests with HMAC-SHA256 by the platform's WebCrypto, which browsers offer on https and localhost alone. */
export class KeySigner {
  readonly apiKey: string;
  readonly #apiSecret: string;
  #key: ReturnType<typeof crypto.subtle.importKey> | undefined;

  constructor({ apiKey, apiSecret }: ApiKeyAuth) {
    this.apiKey = apiKey;
    this.#apiSecret = apiSecret;
  }

  /** Lower-case hex digits. */
  async sign({ query, body }: Signable): Promise<string> {
    const text = new TextEncoder();
    this.#key ??= crypto.subtle.importKey('raw', text.encode(this.#apiSecret), ALGORITHM, false, ['sign']);
    const signature = await crypto.subtle.sign(ALGORITHM.name, await this.#key, text.encode(query + body));
    return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
