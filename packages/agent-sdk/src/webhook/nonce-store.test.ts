import { describe, expect, it } from 'vitest';
import { createMemoryNonceStore } from './nonce-store.ts';

describe('the memory of nonces', () => {
  it('takes each once until it expires', () => {
    const store = createMemoryNonceStore();
    expect(store.add('a', { nowMs: 0, expiresAtMs: 10 })).toBe('new');
    expect(store.add('b', { nowMs: 0, expiresAtMs: 10 })).toBe('new');
    expect(store.add('a', { nowMs: 9, expiresAtMs: 20 })).toBe('seen');
    expect(store.add('a', { nowMs: 10, expiresAtMs: 20 })).toBe('new');
    expect(store.add('a', { nowMs: 19, expiresAtMs: 30 })).toBe('seen');
  });

  it('is full rather than forgetful at its limit', () => {
    const store = createMemoryNonceStore(2);
    store.add('a', { nowMs: 0, expiresAtMs: 10 });
    store.add('b', { nowMs: 0, expiresAtMs: 20 });
    expect(store.add('c', { nowMs: 9, expiresAtMs: 30 })).toBe('full');
    expect(store.add('a', { nowMs: 9, expiresAtMs: 30 })).toBe('seen');
    expect(store.add('c', { nowMs: 10, expiresAtMs: 30 })).toBe('new');
    expect(store.add('d', { nowMs: 19, expiresAtMs: 30 })).toBe('full');
    expect(store.add('d', { nowMs: 20, expiresAtMs: 30 })).toBe('new');
    expect(store.add('c', { nowMs: 20, expiresAtMs: 30 })).toBe('seen');
  });

  it.each([0, -1, 1.5, Number.NaN])('cannot hold %d', (capacity) => {
    expect(() => createMemoryNonceStore(capacity)).toThrow(RangeError);
  });
});
