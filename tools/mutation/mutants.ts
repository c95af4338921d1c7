import { createHash } from 'node:crypto';
import { changesOf } from './operators.ts';
import { isNode, type Visit, visits } from './syntax.ts';

/** One small change to one file, which some test should notice. */
export interface Mutant {
  /** Names the change by file, place, operator and replacement. */
  readonly id: string;
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  readonly operator: string;
  readonly original: string;
  readonly replacement: string;
}

/** Every mutant of one file, in the order of the text. */
export function mutantsOf({ path, text }: { readonly path: string; readonly text: string }): Mutant[] {
  const found = new Map<string, Mutant>();
  for (const visit of visits(text)) {
    if (isTextOfError(visit)) continue;
    for (const { operator, node, replacement } of changesOf(visit, text)) {
      const { start, end } = node;
      const original = text.slice(start, end);
      const place = `${start}-${end} ${replacement}`;
      if (original === replacement || found.has(place)) continue;
      const before = text.slice(0, start);
      const line = before.split('\n').length;
      const column = start - before.lastIndexOf('\n');
      const id = `${path}:${line}:${column} ${operator} ${shortened(original)} => ${shortened(replacement)}`;
      found.set(place, { id, path, start, end, line, operator, original, replacement });
    }
  }
  return [...found.values()];
}

export function mutated(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The first `count` in an order that the seed gives: a larger sample of the same seed begins with the smaller one. */
export function sampleOf(mutants: readonly Mutant[], count: number, seed: number): Mutant[] {
  const rank = (mutant: Mutant): string => createHash('sha256').update(`${seed} ${mutant.id}`).digest('hex');
  return mutants
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

const shortened = (source: string): string => {
  const line = source.replace(/\s+/g, ' ');
  return line.length <= 60
    ? line
    : `${line.slice(0, 40)}#${createHash('sha256').update(line).digest('hex').slice(0, 8)}`;
};

/** What an error says is for people; tests look at its kind. */
function isTextOfError({ ancestors }: Visit): boolean {
  return ancestors.some(
    ({ type, callee }) => type === 'NewExpression' && isNode(callee) && String(callee['name']).endsWith('Error'),
  );
}
