import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { record } from '../golden/record.ts';
import { decodeLog, type Expected, replay } from '../golden/replay.ts';

const FOLDER = join(import.meta.dirname, '../golden');
const MAX_BYTES = 300_000;

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');
const expectedIn = (folder: string) => JSON.parse(read(folder, 'expected.json')) as Readonly<Record<string, Expected>>;

describe('golden logs (INV-6)', () => {
  const expected = Object.entries(expectedIn(FOLDER));

  it.each(expected)('INV-6: %s leads to the states, replies and events that were recorded', (name, recorded) => {
    const replayed = replay(decodeLog(read(FOLDER, `${name}.jsonl`)));
    // A new number of the rules needs new recordings, see record.ts; under the same number nothing may differ.
    expect(replayed.rules).toBe(recorded.rules);
    expect(replayed.counts).toEqual(recorded.counts);
    expect(replayed).toEqual(recorded);
  });

  it('have something of everything in them, and are small', () => {
    const kinds = new Set(expected.flatMap(([, { counts }]) => Object.keys(counts)));
    for (const kind of [
      'trade',
      'position-closed',
      'self-trade-prevented',
      'condition-updated',
      'strategy-updated',
      'funding-settled',
      'symbol-delisting',
      'agent-ledger',
      'funding-ledger',
      'transfer-updated',
      'webhook-settled',
      'session-opened',
      'INSUFFICIENT_MARGIN',
    ])
      expect(kinds, kind).toContain(kind);
    const logs = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'));
    expect(logs).toHaveLength(expected.length);
    expect(logs.reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0)).toBeLessThan(MAX_BYTES);
  });

  it('a new recording replays, and a changed command is found', () => {
    const folder = mkdtempSync(join(tmpdir(), 'golden-'));
    try {
      record(folder);
      const recorded = expectedIn(folder)['markets'];
      const log = decodeLog(read(folder, 'markets.jsonl'));
      expect(replay(log)).toEqual(recorded);
      const last = log[log.length - 1];
      expect(last).toBeDefined();
      const other = replay([
        ...log.slice(0, -1),
        { timeMs: (last?.timeMs ?? 0) + 1, command: { type: 'update-prices', symbols: [] } },
      ]);
      expect(other.outcomes).not.toBe(recorded?.outcomes);
      expect(other.states).not.toEqual(recorded?.states);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
