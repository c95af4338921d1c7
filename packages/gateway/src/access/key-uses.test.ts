import { expect, test } from 'vitest';
import { KEY_USES_MAX, KEY_USES_PER_COMMAND, KeyUses } from './key-uses.ts';

test('uses are gathered, the last of each key counts, and one command takes a bounded number', () => {
  const uses = new KeyUses();
  expect(uses.takeCommand()).toBeUndefined();
  for (let id = 1; id <= KEY_USES_PER_COMMAND + 1; id += 1) uses.note(id, 1);
  uses.note(1, 5);
  expect(uses.lastUsedAtMs(1)).toBe(5);
  expect(uses.takeCommand()?.uses).toHaveLength(KEY_USES_PER_COMMAND);
  expect(uses.takeCommand()?.uses).toEqual([{ id: KEY_USES_PER_COMMAND + 1, usedAtMs: 1 }]);
  expect(uses.takeCommand()).toBeUndefined();
  expect(uses.lastUsedAtMs(1)).toBe(0);
});

test('beyond the limit new keys are left out and known ones are not', () => {
  const uses = new KeyUses();
  for (let id = 1; id <= KEY_USES_MAX + 1; id += 1) uses.note(id, 1);
  uses.note(1, 2);
  expect(uses.lastUsedAtMs(KEY_USES_MAX + 1)).toBe(0);
  expect(uses.lastUsedAtMs(1)).toBe(2);
});
