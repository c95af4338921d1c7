import type { Outcome } from './record.ts';

export interface Score {
  readonly killed: number;
  readonly total: number;
  /** Part of the mutants that some test noticed. */
  readonly score: number;
  /** Where the score of all mutants lies with 95 % confidence, when these are a random sample of them. */
  readonly interval: readonly [number, number];
}

/** A mutant whose tests do not end counts as noticed. */
export function scoreOf(outcomes: readonly Outcome[]): Score {
  const total = outcomes.filter((outcome) => outcome !== 'unparsable').length;
  const killed = outcomes.filter((outcome) => outcome === 'killed' || outcome === 'timeout').length;
  return { killed, total, score: killed / total, interval: wilson(killed, total) };
}

/** Wilson's score interval, which holds near 0 and 1 as well. */
function wilson(hits: number, total: number): readonly [number, number] {
  const z = 1.959964;
  const part = hits / total;
  const middle = part + (z * z) / (2 * total);
  const half = z * Math.sqrt((part * (1 - part)) / total + (z * z) / (4 * total * total));
  const scale = 1 + (z * z) / total;
  return [(middle - half) / scale, (middle + half) / scale];
}
