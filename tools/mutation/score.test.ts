import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Record, type Result } from './record.ts';
import { scoreOf } from './score.ts';

it('a score counts what was noticed, with what a sample says about all', () => {
  const outcomes = [
    ...Array.from({ length: 85 }, () => 'killed' as const),
    ...Array.from({ length: 5 }, () => 'timeout' as const),
    ...Array.from({ length: 8 }, () => 'survived' as const),
    'uncovered' as const,
    'uncovered' as const,
    'unparsable' as const,
  ];
  const { killed, total, score, interval } = scoreOf(outcomes);
  expect([killed, total, score]).toEqual([90, 100, 0.9]);
  expect(interval[0]).toBeCloseTo(0.8256, 4);
  expect(interval[1]).toBeCloseTo(0.9448, 4);
});

it('a record goes on where it was cut off, and says nothing about another text', () => {
  const folder = mkdtempSync(join(tmpdir(), 'record-'));
  try {
    const file = join(folder, 'deep', 'money.jsonl');
    const one: Result = { id: 'one', source: 'a', outcome: 'survived', thorough: false };
    const first = new Record(file);
    first.add(one);
    first.add({ ...one, outcome: 'killed', by: 'a test' });
    first.add({ ...one, id: 'two' });
    truncateSync(file, readFileSync(file).length - 3);
    const second = new Record(file);
    expect(second.of('one', 'a')?.outcome).toBe('killed');
    expect(second.of('one', 'b')).toBeUndefined();
    expect(second.of('two', 'a')).toBeUndefined();
    second.add({ ...one, id: 'two' });
    expect(new Record(file).of('two', 'a')?.outcome).toBe('survived');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
