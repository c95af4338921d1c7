import { type Rejected, reject } from '../reject.ts';
import { type Accepted, DONE } from '../reply.ts';
import type { ExchangeState } from './exchange-state.ts';
import { scheduleProblems } from './fees/fee-schedule.ts';
import type { SymbolParameters } from './symbol-parameters.ts';
import { symbolProblems } from './symbol-validation.ts';

/** The grid of a listed symbol is for good: its orders and positions are counted in it. */
const FIXED = ['tickSize', 'stepSize', 'baseAsset', 'quoteAsset'] as const;

const invalid = (problems: readonly string[]): Rejected =>
  reject('CONFIGURATION_INVALID', { field: 'symbol', problems });

/** Takes a symbol's configuration if nothing is wrong with it; it waits for the next price command (SYM-1). */
export function configureSymbol(state: ExchangeState, parameters: SymbolParameters): Accepted | Rejected {
  const problems = [...symbolProblems(parameters)];
  if (problems.length > 0) return invalid(problems);
  const listed = state.markets.get(parameters.symbol)?.parameters ?? state.pendingParameters.get(parameters.symbol);
  if (listed !== undefined) {
    for (const field of FIXED)
      if (listed[field] !== parameters[field]) problems.push(`${field} of a listed symbol cannot change`);
  }
  problems.push(...scheduleProblems(state, parameters));
  if (problems.length > 0) return invalid(problems);
  state.pendingParameters.set(parameters.symbol, parameters);
  return DONE;
}
