import { DeadlineQueue } from '../identity/deadline-queue.ts';
import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import type { AgentAuth } from './command.ts';
import type { AgencyLimits } from './limits.ts';

type NonceLimits = Pick<AgencyLimits, 'nonces' | 'noncesPerAgent'>;

const keyOf = ({ agentId, nonceHash }: AgentAuth): string => `${agentId}:${nonceHash}`;

/** Nonces that were taken and have not expired. Full means that no more are taken; none is forgotten before its time. */
export class Nonces {
  readonly #limits: NonceLimits;
  /** In the order in which they were taken. */
  readonly #byKey = new Map<string, AgentAuth>();
  readonly #countByAgent = new Map<number, number>();
  readonly #deadlines = new DeadlineQueue();

  constructor(limits: NonceLimits) {
    this.#limits = limits;
  }

  has(nonce: AgentAuth): boolean {
    return this.#byKey.has(keyOf(nonce));
  }

  isFullFor(agentId: number): boolean {
    const { nonces, noncesPerAgent } = this.#limits;
    return this.#byKey.size >= nonces || (this.#countByAgent.get(agentId) ?? 0) >= noncesPerAgent;
  }

  take({ agentId, nonceHash, expiresAtMs }: AgentAuth): void {
    const nonce = { agentId, nonceHash, expiresAtMs };
    this.#byKey.set(keyOf(nonce), nonce);
    this.#countByAgent.set(agentId, (this.#countByAgent.get(agentId) ?? 0) + 1);
    this.#deadlines.set(keyOf(nonce), expiresAtMs);
  }

  /** Forgets those whose expiry is `timeMs` or earlier. */
  forgetExpired(timeMs: number): void {
    for (;;) {
      const key = this.#deadlines.takeDue(timeMs);
      if (key === undefined) return;
      const nonce = this.#byKey.get(key);
      if (nonce !== undefined) this.#forget(key, nonce.agentId);
    }
  }

  save(writer: StateWriter): void {
    writer.list(this.#byKey.values(), ({ agentId, nonceHash, expiresAtMs }) => {
      writer.uint(agentId);
      writer.text(nonceHash);
      writer.uint(expiresAtMs);
    });
  }

  static load(reader: StateReader, limits: NonceLimits): Nonces {
    const nonces = new Nonces(limits);
    reader.list(() => nonces.take({ agentId: reader.uint(), nonceHash: reader.text(), expiresAtMs: reader.uint() }));
    return nonces;
  }

  #forget(key: string, agentId: number): void {
    this.#byKey.delete(key);
    this.#countByAgent.set(agentId, (this.#countByAgent.get(agentId) ?? 0) - 1);
  }
}
