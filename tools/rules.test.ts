import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { citedRules, FAMILIES, type NamedText, ruleFaults } from './rules.ts';
import { ROOT } from './source-files.ts';

function files(folder: string, isWanted: (path: string) => boolean): NamedText[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => isWanted(path) && !/(^|\/)(node_modules|dist)\//.test(path))
    .map((path) => join(folder, path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

const others = FAMILIES.filter((family) => family !== 'MAT').map((family) => `| ${family}-1 | |`);
const page = (...lines: string[]): NamedText => ({ path: 'spec.md', text: [...lines, ...others].join('\n') });
const testFile = (text: string): NamedText => ({ path: 'a.test.ts', text });
const otherTests = testFile(`describe('${FAMILIES.filter((family) => family !== 'MAT').join('-1 ')}-1', () => {});`);
const faultsOf = (spec: NamedText, text: string) => ruleFaults([spec], [testFile(text), otherTests]);

describe('the check of rules and tests', () => {
  it('finds nothing where every rule has a test', () => {
    expect(
      faultsOf(page('| MAT-1 | A rule. |', '- **MAT-2** Another.'), `it('MAT-1, MAT-2: both', () => {});`),
    ).toEqual([]);
  });

  it('finds a rule, and a vector, that no title cites', () => {
    const text = `// MAT-2\nit('MAT-1: yes', () => { expect(1, 'MAT-2 V01').toBe(1); }); log('MAT-2', 'V01');`;
    expect(faultsOf(page('| MAT-1 | |', '| MAT-2 | |', '| V01 | |'), text)).toEqual([
      'spec.md: no test cites MAT-2',
      'spec.md: no test cites V01',
    ]);
  });

  it('finds a title that cites a rule that there is not', () => {
    expect(faultsOf(page('| MAT-1 | see MAT-3 |'), `it('MAT-1', () => { it('MAT-3', () => {}); });`)).toEqual([
      'a.test.ts cites MAT-3, which no page specifies',
    ]);
  });

  it('finds a rule that is specified twice, and an area without rules', () => {
    expect(faultsOf(page('| MAT-1 | |', '| MAT-1 | |'), `it('MAT-1', () => {});`)).toEqual([
      'spec.md: MAT-1 is specified a second time',
    ]);
    expect(faultsOf(page(), '')).toEqual(['no page specifies MAT-1, and the numbers have no gaps']);
  });

  it('finds a rule that was dropped from the middle', () => {
    expect(faultsOf(page('| MAT-1 | |', '| MAT-3 | |'), `it('MAT-1, MAT-3', () => {});`)).toEqual([
      'no page specifies MAT-2, and the numbers have no gaps',
    ]);
  });

  it('asks no test of what is not carried out yet, up to the next heading', () => {
    const spec = page('## Not carried out yet', '| MAT-1 | |', '| MAT-2 | |', '## Next', '| MAT-3 | |');
    expect(faultsOf(spec, `it('MAT-2', () => {});`)).toEqual(['spec.md: no test cites MAT-3']);
  });

  it.each([
    ['describe("MAT-1", () => {})', 'MAT-1'],
    [`test.only(\`MAT-1 \${n} V08\`, f)`, 'MAT-1 V08'],
    ["it.each([['V09b', 1], [`S1`, 2]])('MAT-3: %s', f)", 'MAT-3 S1 V09b'],
    ["const rows = [{ name: 'X4' }]; it.for(rows)('$name', f)", 'X4'],
    ["const { a } = b; it.each([['X4: one']])('refuses %s', f)", 'X4'],
    ["describe.each(['MAT-1'])('%s', f)", 'MAT-1'],
    ["it('MAT-1 to MAT-3, MAT-5 to 6', f)", 'MAT-1 MAT-2 MAT-3 MAT-5 MAT-6'],
    ["it('MAT-10' + ' and MAT-2', f)", 'MAT-10 MAT-2'],
    ["unit('MAT-1', f); it.each(['MAT-1'])", ''],
    ["it('AMAT-1 MAT-x UTF-8', f)", ''],
  ])('reads the titles of %s', (text, ids) => {
    expect([...citedRules(testFile(text))].sort().join(' ')).toBe(ids);
  });
});

describe('rules and tests of the venue', () => {
  const pages = files('docs/spec', (path) => path.endsWith('.md'));
  const tests = ['packages', 'apps', 'examples', 'e2e'].flatMap((folder) =>
    // Some tests are shared by several files: they stand among the fixtures.
    files(folder, (path) => /\.test\.tsx?$/.test(path) || /(^|\/)testing\/[^.]*\.tsx?$/.test(path)),
  );

  it('are all found', () => {
    expect(pages.length).toBeGreaterThan(4);
    expect(tests.length).toBeGreaterThan(100);
  });

  it('fit: every rule has a test that cites it in its title, and every title cites rules that there are', () => {
    expect(ruleFaults(pages, tests)).toEqual([]);
  });
});
