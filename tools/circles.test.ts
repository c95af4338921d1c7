import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOf, type ImportGraph } from './circles.ts';
import { importsOf, ROOT } from './source-files.ts';

/** Circles that may be, each with its reason. A circle that is gone, or has another file, is to be changed here too. */
const ALLOWED: readonly { readonly files: readonly string[]; readonly because: string }[] = [
  {
    files: ['account', 'holders', 'leg', 'stance', 'touch', 'watched'].map(
      (name) => `packages/core/src/exchange/accounts/${name}.ts`,
    ),
    because:
      'an account owns its stances and a stance its legs, and a leg that is met in the book, by its market or by the risk index leads back to its account',
  },
];

const FOLDERS = ['packages', 'apps', 'examples', 'bench', 'e2e', 'fuzz', 'sim', 'soak', 'tools'];

/** Imports between the TypeScript files of the repository, tests and those of types included. */
function importGraph(): ImportGraph {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !/(^|\/)(node_modules|dist)\//.test(path))
      .map((path) => join(folder, path)),
  ).sort();
  const known = new Set(paths);
  return new Map(
    paths.map((path) => {
      const imports = importsOf({ path, text: readFileSync(join(ROOT, path), 'utf8') });
      const files = imports.filter((specifier) => /^\..*\.tsx?$/.test(specifier));
      return [path, files.map((specifier) => join(path, '..', specifier)).filter((file) => known.has(file))];
    }),
  );
}

describe('imports', () => {
  const graph = importGraph();

  it('are read', () => {
    expect(graph.get('tools/circles.test.ts')).toEqual(['tools/circles.ts', 'tools/source-files.ts']);
    expect(graph.get('packages/core/src/exchange/accounts/touch.ts')).toContain(
      'packages/core/src/exchange/accounts/leg.ts',
    );
  });

  it('of values and of types go in no circle but those with a reason', () => {
    expect(circlesOf(graph)).toEqual(ALLOWED.map(({ files }) => files));
  });
});

describe('the search for circles', () => {
  const graph = (imports: Record<string, string>): ImportGraph =>
    new Map(Object.entries(imports).map(([file, imported]) => [file, imported.split(' ')]));

  it('finds none in a tree, and none where two ways lead to one file', () => {
    expect(circlesOf(graph({ a: 'b c', b: 'd', c: 'd' }))).toEqual([]);
  });

  it('finds two files that import each other, and a way around', () => {
    expect(circlesOf(graph({ x: 'a', a: 'b', b: 'a' }))).toEqual([['a', 'b']]);
    expect(circlesOf(graph({ c: 'a', b: 'c d', a: 'b', d: 'e' }))).toEqual([['a', 'b', 'c']]);
  });

  it('makes one of circles that share a file, and two of those that one way joins', () => {
    expect(circlesOf(graph({ a: 'b', b: 'a c', c: 'b' }))).toEqual([['a', 'b', 'c']]);
    expect(circlesOf(graph({ a: 'b', b: 'a c', c: 'd', d: 'c' }))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});
