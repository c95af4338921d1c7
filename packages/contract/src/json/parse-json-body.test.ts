import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JSON_BODY_LIMITS, parseJsonBody } from './parse-json-body.ts';

const ruleOf = (body: string | Uint8Array) => {
  const parsed = parseJsonBody(body);
  return parsed.ok ? undefined : parsed.problem;
};

const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

describe('parseJsonBody', () => {
  it.each(['', ' \n\t'])('takes %j as an empty object', (body) => {
    expect(parseJsonBody(body)).toEqual({ ok: true, value: {} });
    expect(parseJsonBody(Buffer.from(body))).toEqual({ ok: true, value: {} });
  });

  it.each(['{', '}', '{"a":}', '{"a":1,}', "{'a':1}", '{"a":1} x', 'NaN', '{"a":01}', '"a', '{"a"', '[1,]', '\u0000'])(
    'refuses %j as no JSON',
    (body) => {
      expect(ruleOf(body)).toEqual({ code: 2002, field: 'body', rule: 'valid JSON' });
    },
  );

  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"b":{"a":1},"a":2}', 'a'],
    ['[{"x":{"k":1,"k":1}}]', 'k'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"a":"}","b":[{"c":1}],"b":2}', 'b'],
    ['{"a\\"":1,"a\\"":2}', 'a"'],
    ['{"":1,"":2}', ''],
  ])('refuses %s: %j is given twice', (body, field) => {
    expect(ruleOf(body)).toEqual({ code: 2002, field, rule: 'given once in its object' });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any depth, escaped or not', (key) => {
    const escaped = `\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}`;
    for (const text of [`{"${key}":1}`, `[{"a":{"${key}":{}}}]`, `{"${escaped}":1}`]) {
      expect(ruleOf(text)).toMatchObject({ code: 2002, field: key });
    }
    expect(parseJsonBody(`{"a":"${key}","b":["${key}"]}`).ok).toBe(true);
  });

  it('takes the same key in different objects, and texts that look like keys', () => {
    const body = '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}],"c":["a","a"],"d":"a","e":",{\\"a\\":1"}';
    expect(parseJsonBody(body)).toEqual({ ok: true, value: JSON.parse(body) });
  });

  it('bounds the nesting at exactly the limit', () => {
    const { maxDepth } = JSON_BODY_LIMITS;
    expect(parseJsonBody(nested('[', ']', maxDepth)).ok).toBe(true);
    expect(ruleOf(nested('[', ']', maxDepth + 1))).toMatchObject({ code: 2002, rule: 'nested at most 16 deep' });
    expect(ruleOf(`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`)).toMatchObject({ rule: 'nested at most 16 deep' });
    expect(parseJsonBody('[[],[]]', { maxLength: 100, maxDepth: 2 }).ok).toBe(true);
    expect(ruleOf(nested('[', ']', 30_000))).toMatchObject({ rule: 'nested at most 16 deep' });
  });

  it('bounds the length at exactly the limit', () => {
    const { maxLength } = JSON_BODY_LIMITS;
    expect(parseJsonBody(`"${'x'.repeat(maxLength - 2)}"`).ok).toBe(true);
    expect(ruleOf(`"${'x'.repeat(maxLength - 1)}"`)).toMatchObject({ code: 2002, rule: 'at most 65536 bytes' });
    expect(ruleOf(Buffer.alloc(maxLength + 1, 0x20))).toMatchObject({ rule: 'at most 65536 bytes' });
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(ruleOf(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ code: 2002, rule: 'UTF-8 text' });
    expect(ruleOf(Buffer.from([0x22, 0xc0, 0xaf, 0x22]))).toMatchObject({ rule: 'UTF-8 text' });
    expect(parseJsonBody(Buffer.from('"é🚀"'))).toEqual({ ok: true, value: 'é🚀' });
  });

  it('cuts the key it names', () => {
    const key = 'k'.repeat(5_000);
    expect(ruleOf(`{"${key}":1,"${key}":2}`)?.field).toHaveLength(128);
  });

  it('reads what JSON.parse reads from every printed value', () => {
    const values = fc.jsonValue({ maxDepth: 6, noUnicodeString: false }).filter(hasOrdinaryKeys);
    fc.assert(
      fc.property(values, fc.constantFrom(0, 1, 3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseJsonBody(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it('never throws, and accepts a text only when JSON.parse does', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', '1', '"a"', '"b"', ' ', 'true', '\\u0061');
    const texts = fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseJsonBody(text);
        if (parsed.ok && text.trim() !== '') expect(parsed.value).toEqual(JSON.parse(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds a duplicate planted anywhere', () => {
    const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        keys.filter((names) => names.every(isOrdinary)),
        fc.nat(),
        (names, pick) => {
          const twice = names[pick % names.length] ?? '';
          const members = [...names, twice].map((name) => `${JSON.stringify(name)}:{"v":["${name.length}"]}`);
          expect(ruleOf(`{"outer":[0,{${members.join(',')}}]}`)).toMatchObject({ field: twice.toWellFormed() });
        },
      ),
    );
  });
});

const isOrdinary = (key: string): boolean => !['__proto__', 'constructor', 'prototype'].includes(key);

function hasOrdinaryKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isOrdinary(key) && hasOrdinaryKeys(inner));
}
