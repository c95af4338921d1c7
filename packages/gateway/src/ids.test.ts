import fc from 'fast-check';
import { expect, test } from 'vitest';
import { externalId, type IdKind, internalId } from './ids.ts';

const KINDS: readonly IdKind[] = [
  'order',
  'trade',
  'fill',
  'api-key',
  'position',
  'ledger',
  'ledger-entry',
  'condition',
  'strategy',
];

test('external ids are 19 digits that begin with the kind', () => {
  expect(externalId('order', 7)).toBe('1000000000000000007');
  expect(externalId('trade', 0)).toBe('2000000000000000000');
  expect(externalId('fill', 12)).toBe('3000000000000000012');
  expect(externalId('condition', 1)).toBe('8000000000000000001');
  expect(externalId('strategy', 1)).toBe('9000000000000000001');
  expect(externalId('api-key', Number.MAX_SAFE_INTEGER)).toBe('4009007199254740991');
});

test('every internal id comes back, only for its own kind, and stays below 2^63', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.constantFrom(...KINDS), fc.constantFrom(...KINDS), (id, kind, other) => {
      const external = externalId(kind, id);
      expect(internalId(other, external)).toBe(other === kind ? id : undefined);
      expect(BigInt(external)).toBeLessThan(2n ** 63n);
    }),
  );
});

test.each([
  '',
  '7',
  '100000000000000000',
  '10000000000000000000',
  '1009007199254740992',
  '1-00000000000000001',
  '１000000000000000001',
])('the text %j is no order id', (text) => {
  expect(internalId('order', text)).toBeUndefined();
});

test('an internal id that is not a safe integer is our own bug', () => {
  expect(() => externalId('order', -1)).toThrow(RangeError);
  expect(() => externalId('order', 2 ** 53)).toThrow(RangeError);
});
