import { describe, expect, it } from 'vitest';
import { codeOf, shippedFiles } from './source-files.ts';

/** What the deterministic packages must not do, and what to do instead. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\bDate\b/, 'time arrives with the command'],
  [
    /\bMath\.(?!abs\b|ceil\b|clz32\b|floor\b|imul\b|max\b|min\b|sign\b|trunc\b)\w+/,
    'only whole-number functions: random values arrive inside commands, and others differ between engines',
  ],
  [
    /\b(setTimeout|setInterval|setImmediate|queueMicrotask|performance)\b/,
    'deadlines are checked against the time of commands',
  ],
  [/\b(async|await|Promise)\b/, 'a command is applied at once'],
  [/\b(process|fetch|crypto|globalThis|require|console)\b/, 'outside facts arrive inside commands'],
  [/\b(Intl|toLocaleString|localeCompare|toLocaleUpperCase|toLocaleLowerCase)\b/, 'compare by code units'],
  [/\b(parseFloat|toFixed|toPrecision|toExponential)\b/, 'money is a bigint: see formatDecimal and divide'],
  [/\bNumber\.EPSILON\b|\d\.\d+(?!\d*n)/, 'no fractions: write rates in units of 1e-8'],
  [
    /\b(WeakRef|FinalizationRegistry|SharedArrayBuffer|Atomics)\b/,
    'state is what the log says, whenever memory is collected',
  ],
];

describe.each(['packages/money', 'packages/core'])('%s is deterministic', (workspace) => {
  const files = shippedFiles(workspace);
  it('has sources', () => expect(files.length).toBeGreaterThan(3));
  it.each(FORBIDDEN)('has no %s', (pattern, instead) => {
    const faults = files.flatMap((file) =>
      codeOf(file)
        .split('\n')
        .flatMap((line, i) => (pattern.test(line) ? [`${file.path}:${i + 1} ${instead}`] : [])),
    );
    expect(faults).toEqual([]);
  });
});

describe('the check itself', () => {
  it.each(['const t = Date.now();', 'const r = Math.random();', 'await x;', 'const half = 0.5;', 'setTimeout(f, 1);'])(
    'finds %j',
    (text) => {
      expect(FORBIDDEN.some(([pattern]) => pattern.test(codeOf({ path: 'x.ts', text })))).toBe(true);
    },
  );
  it('reads neither comments nor texts', () => {
    const code = codeOf({ path: 'x.ts', text: "// Date\n/* await */ const a = 'Math.random 0.5';" });
    expect(FORBIDDEN.some(([pattern]) => pattern.test(code))).toBe(false);
  });
});
