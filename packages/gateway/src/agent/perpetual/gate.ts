import { type BucketLimits, TokenBuckets } from '../../limits/token-buckets.ts';
import { type AgentRefusal, refuseAgent } from '../answer.ts';

/** What an agent may ask of all perpetual queries together. */
export const PERPETUAL_QUOTA: BucketLimits = { perSecond: 2, burst: 4 };
/** Perpetual queries of an agent that run at a time. */
export const PERPETUAL_CONCURRENCY = 2;

/** Lets an agent's perpetual queries through: so many in a time, and so many at a time. */
export class PerpetualGate {
  readonly #buckets: TokenBuckets;
  /** Only agents with running queries. */
  readonly #running = new Map<number, number>();

  constructor(quota: BucketLimits = PERPETUAL_QUOTA) {
    this.#buckets = new TokenBuckets(quota);
  }

  /** Runs a query of the agent, or refuses it; a query that is refused for those that run costs no quota. */
  async pass<Answer>(agentId: number, nowMs: number, run: () => Promise<Answer>): Promise<Answer | AgentRefusal> {
    const running = this.#running.get(agentId) ?? 0;
    if (running >= PERPETUAL_CONCURRENCY) return refuseAgent('TEMPORARILY_UNAVAILABLE');
    if (!this.#buckets.take(String(agentId), 1, nowMs).allowed) return refuseAgent('QUERY_QUOTA_EXHAUSTED');
    this.#running.set(agentId, running + 1);
    try {
      return await run();
    } finally {
      const left = (this.#running.get(agentId) ?? 1) - 1;
      if (left > 0) this.#running.set(agentId, left);
      else this.#running.delete(agentId);
    }
  }
}
