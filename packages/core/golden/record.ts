import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GOLDEN_RECIPES } from '../src/testing/golden-recipes.ts';
import { type Expected, encodeLog, replay } from './replay.ts';

/**
 * Records the golden logs and what they lead to, in place of the old ones: `node packages/core/golden/record.ts`. Only together with
 * a new number of `RULES` in `core.ts`: under the same number the recorded logs must go on leading to what they led to.
 */
export function record(folder: string): void {
  const expected: Record<string, Expected> = {};
  for (const [name, recipe] of Object.entries(GOLDEN_RECIPES)) {
    const log = recipe();
    writeFileSync(join(folder, `${name}.jsonl`), encodeLog(log));
    expected[name] = replay(log);
  }
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(expected, undefined, 2)}\n`);
}

if (import.meta.main) record(import.meta.dirname);
