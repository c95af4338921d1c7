import type { SeededRandom } from './random.ts';

const GARBAGE: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  -1,
  0.5,
  2 ** 53,
  -(2 ** 60),
  1e308,
  null,
  undefined,
  '',
  '1',
  'x'.repeat(10_000),
  '\ud800',
  true,
  [],
  [[]],
  [null],
  {},
  // Becomes no text and no number by itself.
  { toString: 1, valueOf: 1 },
  10n ** 40n,
  -5n,
  'constructor',
  '__proto__',
];

/** The value with one of its parts, at any depth, replaced by something that does not belong there, or left out. */
export function mutated(value: unknown, random: SeededRandom): unknown {
  if (typeof value !== 'object' || value === null || random.chance(1, 6)) return random.pick(GARBAGE);
  if (Array.isArray(value)) {
    if (value.length === 0) return random.pick(GARBAGE);
    const at = random.integer(0, value.length - 1);
    return value.map((item, i) => (i === at ? mutated(item, random) : item));
  }
  const key = random.pick(Object.keys(value));
  const copy: Record<string, unknown> = { ...value };
  if (random.chance(1, 8)) delete copy[key];
  else copy[key] = mutated(copy[key], random);
  return copy;
}

/** What a failed test says of a command, cut to a readable length. */
export const told = (value: unknown): string =>
  JSON.stringify(value, (_key, part) => {
    if (typeof part === 'bigint') return `${part}n`;
    return typeof part === 'number' || part === undefined ? String(part) : part;
  }).slice(0, 600);
