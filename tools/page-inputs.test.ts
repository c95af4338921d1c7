import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashOfInputs } from './page-inputs.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openvenue-inputs-'));
  for (const path of ['app/src/main.ts', 'app/package.json', 'lock.json']) write(path, path);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
const hash = (): string => hashOfInputs(root, ['app', 'lock.json']);

it('changes with what the pages are made of', () => {
  const hashes = [hash()];
  for (const path of ['app/src/main.ts', 'app/src/new.ts', 'app/index.html', 'lock.json']) {
    write(path, 'other');
    hashes.push(hash());
  }
  rmSync(join(root, 'app/src/new.ts'));
  hashes.push(hash());
  expect(new Set(hashes).size).toBe(hashes.length);
});

it('stays with tests, notes, and what was built before', () => {
  const before = hash();
  const others = ['app/src/main.test.ts', 'app/src/testing/x.ts', 'app/dist/x.js', 'app/node_modules/x.js', 'app/a.md'];
  for (const path of [...others, 'elsewhere.ts']) write(path, 'x');
  expect(hash()).toBe(before);
});
