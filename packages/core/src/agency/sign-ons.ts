import { DeadlineQueue } from '../identity/deadline-queue.ts';
import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import type { AgencyLimits } from './limits.ts';

type SignOnLimits = Pick<AgencyLimits, 'signOns' | 'signOnsPerAgent'>;

interface SignOnBase {
  /** Hex SHA-256 of what its bearer presents. */
  readonly hash: string;
  readonly agentId: number;
  readonly userId: number;
  readonly expiresAtMs: number;
}

export interface EntryTicket extends SignOnBase {
  readonly kind: 'ticket';
  readonly redirectPath: string;
  readonly returnUrl: string;
}

export interface EmbedToken extends SignOnBase {
  readonly kind: 'embed-token';
  readonly channelId: string;
  readonly symbol: string;
}

export type SignOn = EntryTicket | EmbedToken;

/** Tickets and embed tokens that can still be exchanged; whatever was used, burnt or has expired is gone. */
export class SignOns {
  readonly #limits: SignOnLimits;
  /** In the order of creation. */
  readonly #byHash = new Map<string, SignOn>();
  readonly #countByAgent = new Map<number, number>();
  readonly #deadlines = new DeadlineQueue();

  constructor(limits: SignOnLimits) {
    this.#limits = limits;
  }

  get(hash: string): SignOn | undefined {
    return this.#byHash.get(hash);
  }

  isFullFor(agentId: number): boolean {
    const { signOns, signOnsPerAgent } = this.#limits;
    return this.#byHash.size >= signOns || (this.#countByAgent.get(agentId) ?? 0) >= signOnsPerAgent;
  }

  add(signOn: SignOn): void {
    this.#byHash.set(signOn.hash, signOn);
    this.#countByAgent.set(signOn.agentId, (this.#countByAgent.get(signOn.agentId) ?? 0) + 1);
    this.#deadlines.set(signOn.hash, signOn.expiresAtMs);
  }

  remove({ hash, agentId }: SignOn): void {
    this.#byHash.delete(hash);
    this.#deadlines.delete(hash);
    const left = (this.#countByAgent.get(agentId) ?? 0) - 1;
    if (left > 0) this.#countByAgent.set(agentId, left);
    else this.#countByAgent.delete(agentId);
  }

  /** Removes and returns one whose end has come; undefined when there is none. */
  takeExpired(timeMs: number): SignOn | undefined {
    const due = this.#deadlines.takeDue(timeMs);
    if (due === undefined) return undefined;
    const signOn = this.#byHash.get(due);
    if (signOn !== undefined) this.remove(signOn);
    return signOn;
  }

  save(writer: StateWriter): void {
    writer.list(this.#byHash.values(), (signOn) => {
      writer.text(signOn.hash);
      writer.uint(signOn.agentId);
      writer.uint(signOn.userId);
      writer.uint(signOn.expiresAtMs);
      writer.boolean(signOn.kind === 'ticket');
      writer.text(signOn.kind === 'ticket' ? signOn.redirectPath : signOn.channelId);
      writer.text(signOn.kind === 'ticket' ? signOn.returnUrl : signOn.symbol);
    });
  }

  static load(reader: StateReader, limits: SignOnLimits): SignOns {
    const signOns = new SignOns(limits);
    reader.list(() => {
      const base = {
        hash: reader.text(),
        agentId: reader.uint(),
        userId: reader.uint(),
        expiresAtMs: reader.uint(),
      };
      signOns.add(
        reader.boolean()
          ? { kind: 'ticket', ...base, redirectPath: reader.text(), returnUrl: reader.text() }
          : { kind: 'embed-token', ...base, channelId: reader.text(), symbol: reader.text() },
      );
    });
    return signOns;
  }
}
