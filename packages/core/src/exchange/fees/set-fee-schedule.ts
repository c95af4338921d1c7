import type { OperatorCommand } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import { type Accepted, DONE } from '../../reply.ts';
import type { ExchangeState } from '../exchange-state.ts';
import type { FeeLevel, SymbolParameters } from '../symbols/symbol-parameters.ts';
import type { Markup } from './fee-level.ts';

type SetFeeSchedule = Extract<OperatorCommand, { type: 'set-fee-schedule' }>;

/** Gives an agent's users a schedule; it holds from the next fill on, and moves what their open orders freeze (FEE-1, MRG-3). */
export function setFeeSchedule(state: ExchangeState, { schedule }: SetFeeSchedule): Accepted | Rejected {
  const problems = [...levelProblems(schedule.levels), ...markupProblems(schedule.markup)];
  const others = [...state.feeSchedules.values()].filter(({ agentId }) => agentId !== schedule.agentId);
  if (lowestPair([...symbolLevels(state), ...[...others, schedule].flatMap(({ levels }) => levels)]) < 0)
    problems.push(NEGATIVE_PAIR);
  if (problems.length > 0) return reject('CONFIGURATION_INVALID', { field: 'schedule', problems });
  state.feeSchedules.set(schedule.agentId, schedule);
  for (const account of state.accounts.values())
    if (account.agentId === schedule.agentId) account.refreshFees(schedule);
  return DONE;
}

const NEGATIVE_PAIR = 'lowest maker rate + lowest taker rate must not be negative, over all schedules';

/** SYM-1 for a symbol's levels beside the agents' own. */
export function scheduleProblems(state: ExchangeState, parameters: SymbolParameters): readonly string[] {
  const own = [...state.feeSchedules.values()].flatMap(({ levels }) => levels);
  const others = symbolLevels(state, parameters.symbol);
  return lowestPair([...own, ...others, ...parameters.feeLevels]) < 0 ? [NEGATIVE_PAIR] : [];
}

/** What is wrong with a list of fee levels; an empty list is none. */
function levelProblems(levels: readonly FeeLevel[]): string[] {
  const problems: string[] = [];
  if (levels.length > 0 && levels[0]?.minVolume30d !== 0n)
    problems.push('the first fee level must begin at a volume of 0');
  levels.forEach((level, k) => {
    const below = levels[k - 1];
    if (below !== undefined && level.minVolume30d <= below.minVolume30d)
      problems.push(`fee level ${k + 1}: minVolume30d must rise`);
  });
  return problems;
}

const markupProblems = ({ maker, taker }: Markup): string[] =>
  maker < 0 || taker < 0 ? ['a markup must not be negative'] : [];

/** Lowest maker plus lowest taker rate: what two own accounts would pay for a trade between them. Infinite without a level. */
function lowestPair(levels: readonly FeeLevel[]): number {
  return Math.min(...levels.map(({ maker }) => maker)) + Math.min(...levels.map(({ taker }) => taker));
}

/** Levels that hold, and those that wait for their time: each may meet any other until they have all taken effect. */
function symbolLevels(state: ExchangeState, except = ''): FeeLevel[] {
  const configured = [...state.markets.values(), ...state.pendingParameters.values()].map(
    ({ parameters }) => parameters,
  );
  return configured.filter(({ symbol }) => symbol !== except).flatMap(({ feeLevels }) => feeLevels);
}
