import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { MAX_FAVORITE_SYMBOLS } from './limits.ts';
import { Driver, restoredFrom } from './testing/driver.ts';

function venue() {
  const driver = new Driver();
  const userId = driver.user(1);
  const set = (symbols: readonly string[], actor: Actor = { userId }) =>
    driver.run({ type: 'set-favorite-symbols', actor, symbols });
  return { driver, userId, set };
}

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `S${index}USDT`);

describe('favourite symbols', () => {
  test('IDN-21: a list replaces the one before, keeps its order, and is there after a restore', () => {
    const { driver, userId, set } = venue();
    expect(driver.identity.favoriteSymbols(userId)).toEqual([]);
    const symbols = ['ETHUSDT', 'BTCUSDT'];
    expect(set(symbols)).toEqual({
      reply: { ok: true, kind: 'done' },
      events: [{ type: 'favorite-symbols-changed', userId, symbols }],
    });
    set(['SOLUSDT'], { userId: driver.user(2) });
    expect(restoredFrom(driver.bytes()).favoriteSymbols(userId)).toEqual(symbols);
    set(['BTCUSDT']);
    expect(driver.identity.favoriteSymbols(userId)).toEqual(['BTCUSDT']);
    set([]);
    expect(driver.identity.favoriteSymbols(userId)).toEqual([]);
  });

  test('IDN-21: the same list again is no event', () => {
    const { set } = venue();
    set(['ETHUSDT', 'BTCUSDT']);
    expect(set(['ETHUSDT', 'BTCUSDT'])).toEqual({ reply: { ok: true, kind: 'done' }, events: [] });
    expect(set(['BTCUSDT', 'ETHUSDT']).events).toHaveLength(1);
    expect(set(['BTCUSDT', 'SOLUSDT']).events).toHaveLength(1);
  });

  test('IDN-21: at most 200 symbols, each once and with the form of a name', () => {
    const { driver, userId, set } = venue();
    expect(set(names(MAX_FAVORITE_SYMBOLS)).reply).toMatchObject({ ok: true });
    expect(set(names(MAX_FAVORITE_SYMBOLS + 1)).reply).toMatchObject({ reason: 'OUT_OF_RANGE' });
    expect(set(['BTCUSDT', 'BTCUSDT']).reply).toMatchObject({ reason: 'INVALID_PARAMETER' });
    expect(set(['BTCUSDT', '']).reply).toMatchObject({ details: { field: 'symbols[1]' } });
    expect(set(['X'.repeat(33)]).reply).toMatchObject({ details: { field: 'symbols[0]' } });
    expect(driver.identity.favoriteSymbols(userId)).toHaveLength(MAX_FAVORITE_SYMBOLS);
  });

  test('IDN-21: a key needs to read; trading alone does not do', () => {
    const { driver, userId, set } = venue();
    const key = (permissions: number) => ({
      userId,
      apiKeyId: driver.apiKey(userId, { permissions, apiKey: `fx_permissions-${permissions}` }),
    });
    expect(set(['BTCUSDT'], key(2)).reply).toMatchObject({ reason: 'PERMISSION_DENIED' });
    expect(set(['BTCUSDT'], key(1)).reply).toMatchObject({ ok: true });
    expect(set(['BTCUSDT'], { userId: 99 }).reply).toMatchObject({ reason: 'USER_UNKNOWN' });
  });
});
