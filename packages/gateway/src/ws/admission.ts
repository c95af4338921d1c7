import type { WsLimits } from './limits.ts';

type AdmissionLimits = Pick<WsLimits, 'maxConnections' | 'maxConnectionsPerAddress'>;

/** Counts connections, those that are still being opened included. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #byNetwork = new Map<string, number>();
  #total = 0;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  get total(): number {
    return this.#total;
  }

  /** Takes a place for a connection from `network`. Returns the function that gives it back, or why there is none. */
  enter(network: string): (() => void) | 'venue-full' | 'address-full' {
    if (this.#total >= this.#limits.maxConnections) return 'venue-full';
    const ofNetwork = this.#byNetwork.get(network) ?? 0;
    if (ofNetwork >= this.#limits.maxConnectionsPerAddress) return 'address-full';
    this.#total++;
    this.#byNetwork.set(network, ofNetwork + 1);
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#leave(network);
    };
  }

  #leave(network: string): void {
    this.#total--;
    const left = (this.#byNetwork.get(network) ?? 1) - 1;
    if (left === 0) this.#byNetwork.delete(network);
    else this.#byNetwork.set(network, left);
  }
}
