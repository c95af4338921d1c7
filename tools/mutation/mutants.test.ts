import { describe, expect, it } from 'vitest';
import { mutantsOf, mutated, sampleOf } from './mutants.ts';
import { parses } from './syntax.ts';

/** What becomes of a text, one mutant at a time. */
const variants = (text: string): string[] => mutantsOf({ path: 'x.ts', text }).map((mutant) => mutated(text, mutant));

describe('mutants', () => {
  it.each([
    ['a < b;', ['a <= b;', 'a >= b;', 'true;', 'false;']],
    ['a === b;', ['a !== b;', 'true;', 'false;']],
    ['a && b;', ['a || b;', 'true;', 'false;']],
    ['a ?? b;', ['a && b;']],
    ['a * b;', ['a / b;']],
    ['a += 1;', ['a -= 1;', 'a += 2;']],
    ['i++;', ['i--;']],
    ['!a;', ['a;']],
    ['-a;', ['a;']],
    ['f(true);', ['f(false);']],
    ['f(5n);', ['f(6n);']],
    [`f('BUY');`, [`f('SELL');`]],
    [`f('');`, [`f('mutated');`]],
    [`f('other');`, [`f('');`]],
    ['f([a]);', ['f([]);']],
    ['Math.min(a);', ['Math.max(a);']],
    ['f();', []],
  ])('of %s', (text, expected) => expect(variants(text).toSorted()).toEqual([';', ...expected].toSorted()));

  it('fix what a condition asks, and let no loop run for ever by that', () => {
    expect(variants('if (a) b;')).toContain('if (true) b;');
    expect(variants('if (a) b;')).toContain('if (false) b;');
    expect(variants('while (a) b;')).toContain('while (false) b;');
    expect(variants('while (a) b;')).not.toContain('while (true) b;');
  });

  it('take the body of a function away', () => {
    expect(variants('function f() { g(); }')).toContain('function f() {}');
    expect(variants('const f = () => a;')).toEqual(['const f = () => undefined;']);
  });

  it('leave alone what is gone when the program runs, and what an error says', () => {
    const types = `import { a } from './b.ts';\nimport type { T } from 'c';\nexport { e } from './e.ts';\ntype B = 'BUY' | 5 | true;\ninterface I { x: 'y' }\ndeclare const d: 1;`;
    expect(variants(types)).toEqual([]);
    expect(variants(`throw new RangeError('no' + 1);`)).toEqual([]);
    expect(variants('f(a as 5);')).toEqual([';']);
  });

  it('have names of their own, and are programs', () => {
    const text = 'export function f(a: number): number {\n  if (a < 1 || a < 1) return a + 1;\n  return a - 1;\n}\n';
    const mutants = mutantsOf({ path: 'x.ts', text });
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
    expect(mutants.every((mutant) => parses(mutated(text, mutant)))).toBe(true);
    expect(mutants.map(({ id }) => id)).toContain('x.ts:2:7 comparison a < 1 => a <= 1');
    expect(parses('a ?? b || c')).toBe(false);
  });
});

describe('a sample', () => {
  const all = mutantsOf({ path: 'x.ts', text: Array.from({ length: 100 }, (_, i) => `f(${i});`).join('\n') });

  it('is the same for the same seed, begins with the smaller one, and is another for another seed', () => {
    expect(all).toHaveLength(200);
    const ten = sampleOf(all, 10, 1);
    expect(sampleOf(all.toReversed(), 10, 1)).toEqual(ten);
    expect(sampleOf(all, 50, 1).slice(0, 10)).toEqual(ten);
    expect(sampleOf(all, 10, 2)).not.toEqual(ten);
    expect(sampleOf(all, 1_000, 1)).toHaveLength(200);
  });

  it('comes from everywhere', () => {
    const lines = sampleOf(all, 60, 1).map(({ line }) => Math.floor((line - 1) / 10));
    expect(new Set(lines).size).toBe(10);
  });
});
