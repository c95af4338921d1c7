import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMemoryDatabase } from '../testing/sql/memory-database.ts';
import { type ArrayParameter, boolArray, int8Array, numericArray, textArray } from './array-parameters.ts';
import { toText } from './exact-values.ts';
import type { HistoryDatabase } from './schema.ts';

let database: Kysely<HistoryDatabase>;
beforeAll(async () => {
  database = await openMemoryDatabase();
});
afterAll(() => database.destroy());

/** What the database finds in an array. */
async function elementsOf(type: string, array: ArrayParameter): Promise<readonly unknown[]> {
  const { rows } = await sql<{ value: unknown }>`select unnest(${array}::${sql.raw(type)}[]) as value`.execute(
    database,
  );
  return rows.map(({ value }) => value);
}

const same = <Value>(value: Value): Value => value;
const RUNS = { numRuns: 30 };

test('safe integers arrive as they are', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.maxSafeInteger(), { minLength: 1 }), async (values) => {
      expect(await elementsOf('int8', int8Array(values, same))).toEqual(values.map(BigInt));
    }),
    {
      ...RUNS,
      examples: [[[0, 1, -1, 2 ** 32, 2 ** 32 - 1, -(2 ** 32), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]]],
    },
  ));

test.each([0.5, 2 ** 53, Number.NaN])('%d is not a safe integer', (value) => {
  expect(() => int8Array([value], same)).toThrow('not a safe integer');
});

test('texts arrive as the database can hold them', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), async (values) => {
      expect(await elementsOf('text', textArray(values, same))).toEqual(values.map(toText));
    }),
    {
      ...RUNS,
      examples: [[['', 'null', 'NULL', 'nullable', '{}', ',', '"', '\\', '\n', ' a ', '\0', '\uD800', 'BTCUSDT', 'é']]],
    },
  ));

test('amounts and flags arrive as they are', async () => {
  const amounts = [0n, -1n, 10n ** 40n, -(10n ** 18n)];
  expect(await elementsOf('numeric', numericArray(amounts, same))).toEqual(amounts.map(String));
  expect(await elementsOf('bool', boolArray([true, false], same))).toEqual([true, false]);
});
