import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copySources } from './copy.ts';
import type { Job } from './test-process.ts';
import { TestRunner } from './test-runner.ts';

const PATH = 'packages/money/src/rounding.ts';
const TEST = 'packages/money/src/money.test.ts';

describe('tests of changed sources', () => {
  let folder: string;
  let runner: TestRunner;
  let original: string;
  beforeAll(() => {
    folder = copySources();
    runner = new TestRunner(folder);
    original = readFileSync(join(folder, PATH), 'utf8');
  });
  afterAll(async () => {
    await runner.stop();
    rmSync(folder, { recursive: true });
  });

  const job = (from: string, to: string): Job => {
    const mutated = original.replace(from, to);
    if (from !== to) expect(mutated).not.toBe(original);
    return { path: PATH, mutated, original, tests: [{ path: TEST, patienceMs: 5_000 }] };
  };

  it('pass without a change, notice one, loop for one, and pass again', async () => {
    expect(await runner.run(job('', ''))).toEqual({ type: 'ran' });
    expect(await runner.run(job('floor + 1n', 'floor'))).toEqual({
      type: 'ran',
      failed: `${TEST} > division (SYM-3) > half-up is the nearest, a tie upward`,
    });
    expect(await runner.run(job('const quotient', 'for (;;);\n  const quotient'))).toBe('looped');
    expect(readFileSync(join(folder, PATH), 'utf8')).toBe(original);
    expect(await runner.run(job('', ''))).toEqual({ type: 'ran' });
  });

  it('are of this change alone: what failed before has no say', async () => {
    const other = 'packages/core/src/exchange/symbols/symbol-validation.test.ts';
    const both = [
      { path: TEST, patienceMs: 15_000 },
      { path: other, patienceMs: 15_000 },
    ];
    const broken = { ...job('floor + 1n', 'floor'), tests: both };
    expect(await runner.run(broken)).toMatchObject({ failed: expect.stringContaining(TEST) });
    expect(await runner.run({ ...job('', ''), tests: both.slice(1) })).toEqual({ type: 'ran' });
    expect(await runner.run({ ...broken, tests: both.toReversed() })).toMatchObject({ failed: expect.any(String) });
    expect(await runner.run({ ...job('', ''), tests: both })).toEqual({ type: 'ran' });
  });

  it('count a file that cannot be loaded and a process that ends as noticed', async () => {
    expect(await runner.run(job('export function divide', 'throw new Error();\nexport function divide'))).toEqual({
      type: 'ran',
      failed: `${TEST} cannot be loaded`,
    });
    expect(await runner.run(job('export function divide', 'process.kill(process.pid);\nexport function divide'))).toBe(
      'died',
    );
    expect(await runner.run(job('', ''))).toEqual({ type: 'ran' });
  });
});
