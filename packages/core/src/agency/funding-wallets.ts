import { type Money, money } from '@openvenue/money';
import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';

/** A user's funding wallet. Nothing of it is ever held: what moves through it moves within one command. */
export interface FundingWallet {
  /** Never below 0. */
  readonly available: Money;
  /** How often it has changed; 0 for a wallet through which nothing has moved. */
  readonly version: number;
}

const EMPTY: FundingWallet = Object.freeze({ available: money(0n), version: 0 });

/** Money of users that is neither in their contract wallets nor with their agents. Records are replaced, never changed in place. */
export class FundingWallets {
  /** In the order of their first money. */
  readonly #byUser = new Map<number, FundingWallet>();

  of(userId: number): FundingWallet {
    return this.#byUser.get(userId) ?? EMPTY;
  }

  change(userId: number, amount: bigint): FundingWallet {
    const { available, version } = this.of(userId);
    const changed = { available: money(available + amount), version: version + 1 };
    this.#byUser.set(userId, changed);
    return changed;
  }

  /** What all of them hold (INV-1). */
  total(): bigint {
    let sum = 0n;
    for (const { available } of this.#byUser.values()) sum += available;
    return sum;
  }

  save(writer: StateWriter): void {
    writer.list(this.#byUser, ([userId, { available, version }]) => {
      writer.uint(userId);
      writer.bigint(available);
      writer.uint(version);
    });
  }

  static load(reader: StateReader): FundingWallets {
    const wallets = new FundingWallets();
    reader.list(() => {
      const userId = reader.uint();
      wallets.#byUser.set(userId, { available: reader.bigint() as Money, version: reader.uint() });
    });
    return wallets;
  }
}
