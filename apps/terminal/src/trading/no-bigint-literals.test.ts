import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '..');

it('has no bigint literal in a component or hook, where the compiler of React makes it undefined', () => {
  const files = globSync(['**/*.tsx', '**/use-*.ts'], { cwd: SOURCE });
  expect(files.length).toBeGreaterThan(20);
  const found = files.filter((file) => /(?<![\w.])\d[\d_]*n\b/.test(readFileSync(join(SOURCE, file), 'utf8')));
  expect(found).toEqual([]);
});
