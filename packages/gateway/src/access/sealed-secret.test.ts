import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { openSecret, sealSecret } from './sealed-secret.ts';

const key = Buffer.alloc(32, 7);
const context = { key, owner: 'fx_abc' };
const sealed = sealSecret('the secret', context, Buffer.alloc(12, 1));

test('a sealed secret opens under its key and its name', () => {
  expect(openSecret(sealed, context)).toBe('the secret');
  expect(sealed).toMatch(/^v1(\.[A-Za-z0-9_-]+){3}$/);
  expect(sealed).not.toContain(Buffer.from('the secret').toString('base64url'));
});

test('it does not open under another key, another name, or altered', () => {
  expect(() => openSecret(sealed, { key: Buffer.alloc(32, 8), owner: 'fx_abc' })).toThrow();
  expect(() => openSecret(sealed, { key, owner: 'fx_abd' })).toThrow();
  for (let at = 3; at < sealed.length; at += 1) {
    if (sealed[at] === '.') continue;
    const altered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    const same = altered.split('.').every((part, index) => {
      return Buffer.from(part, 'base64url').equals(Buffer.from(sealed.split('.')[index] ?? '', 'base64url'));
    });
    if (!same) expect(() => openSecret(altered, context)).toThrow();
  }
});

test.each(['', 'v1', 'v2.a.b.c', 'v1.a.b.c.d', `v1.${Buffer.alloc(12).toString('base64url')}.AA.AA`])(
  'the text %j is no sealed secret',
  (text) => {
    expect(() => openSecret(text, context)).toThrow();
  },
);

test('every seal takes an iv of its own, of 12 bytes', () => {
  expect(sealSecret('s', context, randomBytes(12))).not.toBe(sealSecret('s', context, randomBytes(12)));
  expect(() => sealSecret('s', context, randomBytes(16))).toThrow(RangeError);
});
