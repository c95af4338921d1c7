import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { PASSWORD_COST, PasswordHasher } from './password.ts';

const cheap = { cost: 2 ** 10, blockSize: 8, parallelization: 1 };
const hasher = () => new PasswordHasher({ random: randomBytes, cost: cheap });

test('a hash names its work and fits its password alone', async () => {
  const encoded = (await hasher().hash('correct horse')) ?? '';
  expect(encoded).toMatch(/^scrypt\$1024\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await hasher().verify('correct horse', encoded)).toBe(true);
  expect(await hasher().verify('correct horsf', encoded)).toBe(false);
  expect(await hasher().verify('', encoded)).toBe(false);
});

test('the parameters of the RFC give its result', async () => {
  // RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", N = 16384, r = 8, p = 1), the first 32 bytes.
  const salt = Buffer.from('SodiumChloride').toString('base64url');
  const hash = Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex').toString(
    'base64url',
  );
  expect(await hasher().verify('pleaseletmein', `scrypt$16384$8$1$${salt}$${hash}`)).toBe(true);
});

test('the default work is N = 2^16, r = 8, p = 2, and runs within its memory limit', async () => {
  expect(PASSWORD_COST).toEqual({ cost: 65_536, blockSize: 8, parallelization: 2 });
  const strong = new PasswordHasher({ random: randomBytes });
  expect(await strong.verify('x', undefined)).toBe(false);
});

test('without a hash no password is right', async () => {
  expect(await hasher().verify('', '')).toBe(false);
  expect(await hasher().verify('anything', undefined)).toBe(false);
});

test('a password is the same in either Unicode form', async () => {
  const encoded = await hasher().hash('pässword');
  expect(await hasher().verify('pässword', encoded)).toBe(true);
});

test('when too many wait, the next is not taken', async () => {
  const narrow = new PasswordHasher({ random: randomBytes, cost: cheap, concurrency: 1, queue: 1 });
  const taken = [narrow.verify('a', undefined), narrow.verify('a', undefined)];
  expect(narrow.verify('a', undefined)).toBeUndefined();
  expect(narrow.hash('a')).toBeUndefined();
  expect(await Promise.all(taken)).toEqual([false, false]);
});

test('a hash of unknown form is our own bug', () => {
  expect(() => hasher().verify('a', 'argon2$x')).toThrow('unknown form');
});
