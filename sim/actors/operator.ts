import type { Command, Core, SymbolParameters } from '@openvenue/core';
import type { SeededRandom } from '@openvenue/core/testing';
import { type Money, ONE, type Rate } from '@openvenue/money';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STATES = ['TRADING', 'REDUCE_ONLY', 'REDUCE_ONLY', 'CANCEL_ONLY', 'HALTED'] as const;
/** Markups of agents, in 1e-8. */
const MARKUPS = [0, 5_000, 20_000];

/** Something the operator changes: a symbol's parameters or state, its end, an agent's fees, the insurance fund's money. */
export function operatorCommand(core: Core, random: SeededRandom, agentIds: readonly number[]): Command {
  const symbols = core.exchange.symbols();
  const { parameters } = random.pick(symbols);
  const dice = random.integer(0, 99);
  // A symbol that does not trade holds everyone up: mostly it soon trades again.
  const stopped = symbols.find(({ parameters: { status } }) => status !== 'TRADING');
  if (stopped !== undefined && dice < 60)
    return { type: 'configure-symbol', parameters: { ...stopped.parameters, status: 'TRADING' } };
  if (dice < 35) return configuration(core, random, parameters);
  if (dice < 50) {
    return { type: 'configure-symbol', parameters: { ...parameters, status: random.pick(STATES) } };
  }
  if (dice < 75) {
    const amount = random.chance(2, 3) ? random.integer(1, 2_000) : -random.integer(1, 2_000);
    return { type: 'adjust-insurance-fund', amount: (BigInt(amount) * ONE) as Money };
  }
  if (dice < 93) {
    const markup = { maker: random.pick(MARKUPS) as Rate, taker: random.pick(MARKUPS) as Rate };
    const levels = random.chance(1, 2) ? [] : parameters.feeLevels;
    return { type: 'set-fee-schedule', schedule: { agentId: random.pick(agentIds), levels, markup } };
  }
  const symbol = random.pick(symbols).parameters.symbol;
  return { type: 'delist-symbol', symbol, atMs: core.timeMs + DAY_MS + random.integer(-1, 2 * HOUR_MS) };
}

/** Other parameters from now on, or from a time to come. */
function configuration(core: Core, random: SeededRandom, parameters: SymbolParameters): Command {
  const { fundCap: _cap, ...rest } = parameters;
  const changed: SymbolParameters = {
    ...rest,
    maxOpenOrders: random.integer(5, 200),
    maxOpenConditions: random.integer(5, 100),
    fundingIntervalHours: random.pick([1, 1, 2, 4, 8] as const),
    priceProtectLimit: random.pick([1_000_000, 5_000_000]) as Rate,
    ...(random.chance(1, 3) ? { fundCap: (BigInt(random.integer(1, 2_000)) * ONE) as Money } : {}),
  };
  const effectiveAtMs = core.timeMs + random.integer(1, 2 * HOUR_MS);
  return { type: 'configure-symbol', parameters: changed, ...(random.chance(1, 3) ? { effectiveAtMs } : {}) };
}
