import type { OperatorCommand } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import { type Accepted, DONE } from '../../reply.ts';
import type { ExchangeState } from '../exchange-state.ts';
import { scheduleProblems } from '../fees/set-fee-schedule.ts';
import { symbolProblems } from '../symbols/symbol-validation.ts';

/** The grid of a listed symbol is for good: its orders and positions are counted in it. */
const FIXED = ['tickSize', 'stepSize', 'baseAsset', 'quoteAsset'] as const;

const invalid = (problems: readonly string[]): Rejected =>
  reject('CONFIGURATION_INVALID', { field: 'symbol', problems });

type ConfigureSymbol = Extract<OperatorCommand, { type: 'configure-symbol' }>;

/**
 * Takes a symbol's configuration if nothing is wrong with it; it waits for the next price command, or the first at or after its
 * time (SYM-1). A later configuration of the symbol replaces one that waits.
 */
export function configureSymbol(
  state: ExchangeState,
  { parameters, effectiveAtMs = 0 }: ConfigureSymbol,
): Accepted | Rejected {
  const problems = [...symbolProblems(parameters)];
  if (!Number.isSafeInteger(effectiveAtMs) || effectiveAtMs < 0)
    problems.push('effectiveAtMs must be a Unix time in ms');
  if (problems.length > 0) return invalid(problems);
  if (state.markets.get(parameters.symbol)?.hasEnded === true) return invalid(['the symbol has ended']);
  const listed =
    state.markets.get(parameters.symbol)?.parameters ?? state.pendingParameters.get(parameters.symbol)?.parameters;
  if (listed !== undefined) {
    for (const field of FIXED)
      if (listed[field] !== parameters[field]) problems.push(`${field} of a listed symbol cannot change`);
  }
  problems.push(...scheduleProblems(state, parameters));
  if (problems.length > 0) return invalid(problems);
  state.pendingParameters.set(parameters.symbol, { parameters, effectiveAtMs });
  return DONE;
}
