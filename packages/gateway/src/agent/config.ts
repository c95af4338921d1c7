import type { BucketLimits } from '../limits/token-buckets.ts';
import type { ExchangeRateTable } from './rates/exchange-rates.ts';

/** Settings of the Agent API that have defaults. */
export interface AgentApiConfig {
  /** How long a call of an agent waits for its outcome before it answers `PROCESSING`, 10 ms to 60 s; default 5 s. */
  readonly agentOutcomeTimeoutMs?: number;
  /** Rates that agents can ask for; default: a dated snapshot that the venue brings along. */
  readonly exchangeRates?: ExchangeRateTable;
  /** What an agent may ask of all perpetual queries together; default 2 a second, 4 at once. */
  readonly perpetualQuota?: BucketLimits;
}

export const AGENT_OUTCOME_TIMEOUT_MS = 5_000;
const OUTCOME_TIMEOUT_MIN_MS = 10;
const OUTCOME_TIMEOUT_MAX_MS = 60_000;

/** @throws RangeError for a limit that would answer at once or keep agents waiting beyond their own limits */
export function agentOutcomeTimeoutMsOf({ agentOutcomeTimeoutMs = AGENT_OUTCOME_TIMEOUT_MS }: AgentApiConfig): number {
  if (!(agentOutcomeTimeoutMs >= OUTCOME_TIMEOUT_MIN_MS && agentOutcomeTimeoutMs <= OUTCOME_TIMEOUT_MAX_MS)) {
    throw new RangeError(`agents cannot wait ${agentOutcomeTimeoutMs} ms for an outcome`);
  }
  return agentOutcomeTimeoutMs;
}
