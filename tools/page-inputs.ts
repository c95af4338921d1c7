import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What the built pages are made of, from the root of the repository. */
const INPUTS = [
  'apps/terminal',
  'packages/api-client',
  'packages/bridge',
  'packages/contract',
  'packages/money',
  'packages/ui',
  'packages/widget',
  'package-lock.json',
  'tools/build-pages.ts',
  'tools/page-inputs.ts',
];
const OUTPUTS = new Set(['dist', 'node_modules', 'testing']);
const HASH_LENGTH = 16;

/** Names the state of all inputs: equal exactly when a build would make the same pages. Tests are no inputs. */
export function hashOfInputs(root: string, inputs: readonly string[] = INPUTS): string {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap((input) => filesAt(join(root, input))).sort()) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path).split(sep).join('/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, HASH_LENGTH);
}

function filesAt(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (OUTPUTS.has(entry.name) || /\.(test|bench)\.tsx?$|\.md$/.test(entry.name)) return [];
    return entry.isDirectory() ? filesAt(join(path, entry.name)) : [join(path, entry.name)];
  });
}
