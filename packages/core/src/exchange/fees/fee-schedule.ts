import type { FeeLevel } from '../symbols/symbol-parameters.ts';
import type { Markup } from './fee-level.ts';

/** What an agent's users pay: its own levels in place of the symbols' (none: theirs), and its markup on top (FEE-1). */
export interface FeeSchedule {
  readonly agentId: number;
  readonly levels: readonly FeeLevel[];
  readonly markup: Markup;
}
