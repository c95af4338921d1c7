import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
);

describe.each(files)('%s', (path) => {
  const text = readFileSync(`${SOURCE}${path}`, 'utf8');
  it('brings nothing into a browser but this package', () => {
    const imports = [...text.matchAll(/^(import|export)(\s+type)?\s[^;']*?from '([^']+)'/gm)];
    const foreign = imports.filter(([, , isType, from = '']) => isType === undefined && !from.startsWith('.'));
    expect(foreign.map(([statement]) => statement)).toEqual([]);
  });
});

it('looks at all files', () => expect(files.length).toBeGreaterThan(30));
