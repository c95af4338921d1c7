import { PERPETUAL_CURSOR_LIFE_MS } from '@openvenue/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Cursors } from './cursor.ts';

const KEY = Buffer.alloc(32, 7);
const SCOPE = { path: '/v1/agent/perpetual/trades', agentId: 3 };
const CONTENT = { filters: { symbol: 'BTCUSDT', platformUserIds: ['1188041528'] }, after: { timeMs: 5, id: 9 } };

test('a cursor says what was written, for its query and agent, for 24 h', () => {
  const cursor = new Cursors(KEY).write(SCOPE, CONTENT, 1_000);
  const read = (scope: typeof SCOPE, nowMs: number, key = KEY) => new Cursors(key).read(scope, cursor, nowMs);
  expect(read(SCOPE, 1_000 + PERPETUAL_CURSOR_LIFE_MS - 1)).toEqual(CONTENT);
  expect(read(SCOPE, 1_000 + PERPETUAL_CURSOR_LIFE_MS)).toBeUndefined();
  expect(read({ ...SCOPE, agentId: 4 }, 1_000)).toBeUndefined();
  expect(read({ ...SCOPE, path: '/v1/agent/perpetual/orders/history' }, 1_000)).toBeUndefined();
  expect(read(SCOPE, 1_000, Buffer.alloc(32, 8))).toBeUndefined();
});

test('a cursor that was changed anywhere is none', () => {
  const cursors = new Cursors(KEY);
  const cursor = cursors.write(SCOPE, CONTENT, 1_000);
  fc.assert(
    fc.property(fc.nat(cursor.length - 1), fc.constantFrom(...'Aa0_-.'), (index, character) => {
      const changed = cursor.slice(0, index) + character + cursor.slice(index + 1);
      const isSame = changed === cursor;
      // The last character of the signature holds two bits that say nothing.
      fc.pre(isSame || index < cursor.length - 1);
      expect(cursors.read(SCOPE, changed, 1_000) !== undefined).toBe(isSame);
    }),
  );
  for (const text of ['', '.', 'a.b', `${cursor}.`, `${cursor}.x`]) {
    expect(cursors.read(SCOPE, text, 1_000)).toBeUndefined();
  }
});
