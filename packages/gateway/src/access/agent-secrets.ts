import { BoundedMap } from '../bounded-map.ts';
import { openSecret, sealSecret } from './sealed-secret.ts';

/** Opened secrets that are kept: more than two for each agent that there can be. */
const OPENED_SECRETS_MAX = 2_000;
const IV_BYTES = 12;

/** Who a sealed secret of an agent belongs to. */
export interface SealedAgentSecret {
  readonly agentCode: string;
  readonly sealedSecret: string;
}

/** Seals and opens the secrets of agents, by which their calls and our webhooks are signed. */
export class AgentSecrets {
  readonly #key: Uint8Array;
  readonly #random: (bytes: number) => Buffer;
  /** By code and sealed text, which has a fresh iv each time. */
  readonly #opened = new BoundedMap<string, string>(OPENED_SECRETS_MAX);

  /** `key`: 32 bytes, the one that seals the secrets of API keys too. */
  constructor(options: { readonly key: Uint8Array; readonly random: (bytes: number) => Buffer }) {
    this.#key = options.key;
    this.#random = options.random;
  }

  /** The secret as the log may hold it. */
  seal(agentCode: string, apiSecret: string): string {
    return sealSecret(apiSecret, { key: this.#key, owner: agentCode }, this.#random(IV_BYTES));
  }

  /** @throws Error when the sealed text does not belong to the agent or to this venue's sealing key */
  open({ agentCode, sealedSecret }: SealedAgentSecret): string {
    const name = `${agentCode} ${sealedSecret}`;
    const known = this.#opened.get(name);
    if (known !== undefined) return known;
    const secret = openSecret(sealedSecret, { key: this.#key, owner: agentCode });
    this.#opened.set(name, secret);
    return secret;
  }
}
