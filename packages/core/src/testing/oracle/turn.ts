import type { Command } from '../../command.ts';
import type { Outcome } from '../../core.ts';

/** One command with its time and all that the core said of it. */
export interface Turn extends Outcome {
  readonly timeMs: number;
  readonly command: Command;
}
