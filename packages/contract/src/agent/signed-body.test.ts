import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JSON_BODY_LIMITS } from '../json/parse-json-body.ts';
import { readSignedBody, type SignedFields } from './signed-body.ts';

const problemOf = (body: string | Uint8Array) => {
  const read = readSignedBody(body);
  return read.ok ? undefined : read.problem;
};

const fieldsOf = (body: string | Uint8Array): SignedFields => {
  const read = readSignedBody(body);
  if (!read.ok) throw new Error(`refused: ${read.problem.rule}`);
  return read.value;
};

describe('readSignedBody', () => {
  it('keeps numbers as they are written, beside what they are', () => {
    const fields = fieldsOf('{"a": 1.50, "b": 1e3 ,"c":-0,"d":12345678901234567890}');
    expect(Object.fromEntries([...fields].map(([name, { raw }]) => [name, raw]))).toEqual({
      a: '1.50',
      b: '1e3',
      c: '-0',
      d: '12345678901234567890',
    });
    expect(fields.get('a')?.value).toBe(1.5);
    expect(fields.get('b')?.value).toBe(1_000);
  });

  it('takes the white space out of structures, and out of nothing else', () => {
    const fields = fieldsOf('{ "list" : [ 1 , { "k k" : " v " } ] , "text" : " x " }');
    expect(fields.get('list')).toEqual({ raw: '[1,{"k k":" v "}]', value: [1, { 'k k': ' v ' }] });
    expect(fields.get('text')).toEqual({ raw: '" x "', value: ' x ' });
  });

  it('keeps the order and the order of keys inside', () => {
    const fields = fieldsOf('{"z":{"b":1,"a":2},"10":1,"2":1,"a":1}');
    expect([...fields.keys()]).toEqual(['z', '10', '2', 'a']);
    expect(fields.get('z')?.raw).toBe('{"b":1,"a":2}');
  });

  it('reads bytes as it reads their text', () => {
    const body = '{"name":"Zoë 李 🚀","list":["é"]}';
    expect(fieldsOf(Buffer.from(body))).toEqual(fieldsOf(body));
  });

  it.each(['', '  \n', '{}', ' { } '])('takes %j as no fields', (body) => {
    expect(fieldsOf(body).size).toBe(0);
    expect(fieldsOf(Buffer.from(body)).size).toBe(0);
  });

  it.each(['[]', 'null', '"x"', '7', 'true', '[{"a":1}]'])('refuses %s, which is no object', (body) => {
    expect(problemOf(body)).toEqual({ code: 2002, field: 'body', rule: 'an object' });
  });

  it.each([
    ['{', 'body', 'valid JSON'],
    ["{'a':1}", 'body', 'valid JSON'],
    ['{"a":01}', 'body', 'valid JSON'],
    ['{"a":1}{"a":2}', 'body', 'valid JSON'],
    ['{"a":NaN}', 'body', 'valid JSON'],
    ['{"amount":"1","amount":"100"}', 'amount', 'given once in its object'],
    ['{"amount":"1","\\u0061mount":"100"}', 'amount', 'given once in its object'],
    ['{"a":{"k":1,"k":2}}', 'k', 'given once in its object'],
    ['{"__proto__":{"agentCode":"acme"}}', '__proto__', 'a key other than __proto__, constructor and prototype'],
    ['{"a":"\\ud800"}', 'a', 'well-formed text'],
    ['{"\\udc00":"a"}', '\ufffd', 'well-formed text'],
    ['{"a":"\ud800"}', 'body', 'UTF-8 text'],
    ['{"a":["\ud800"]}', 'body', 'UTF-8 text'],
  ])('refuses %j for %s', (body, field, rule) => {
    expect(problemOf(body)).toEqual({ code: 2002, field, rule });
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(problemOf(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toMatchObject({ rule: 'UTF-8 text' });
  });

  it('bounds length and depth at exactly the limits', () => {
    const { maxLength, maxDepth } = JSON_BODY_LIMITS;
    const filled = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;
    expect(fieldsOf(filled(maxLength)).size).toBe(1);
    expect(problemOf(filled(maxLength + 1))).toMatchObject({ rule: 'at most 65536 bytes' });
    // As text it is within the limit, as bytes it is not.
    expect(problemOf(Buffer.from(`{"a":"${'é'.repeat(maxLength / 2)}"}`))).toMatchObject({
      rule: 'at most 65536 bytes',
    });
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    expect(fieldsOf(nested(maxDepth)).get('a')?.raw).toBe(nested(maxDepth).slice(5, -1));
    expect(problemOf(nested(maxDepth + 1))).toMatchObject({ rule: 'nested at most 16 deep' });
    expect(readSignedBody('{"a":[]}', { maxLength: 8, maxDepth: 1 }).ok).toBe(false);
    expect(readSignedBody('{"a":[]}', { maxLength: 8, maxDepth: 2 }).ok).toBe(true);
    expect(readSignedBody('{"a":[]}', { maxLength: 7, maxDepth: 2 }).ok).toBe(false);
  });

  it('keeps each value and its compact text, however the body is printed', () => {
    const ordinary = (key: string) => !['__proto__', 'constructor', 'prototype'].includes(key);
    const objects = fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter(ordinary),
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.array(fc.double({ noNaN: true }))),
    );
    fc.assert(
      fc.property(objects, fc.constantFrom(0, 2, '\t'), (object, indent) => {
        const fields = fieldsOf(JSON.stringify(object, null, indent));
        expect([...fields.keys()]).toEqual(Object.keys(object));
        for (const [name, { raw, value }] of fields) {
          expect(raw).toBe(JSON.stringify(object[name]));
          expect(value).toEqual(JSON.parse(raw));
        }
      }),
    );
  });

  it('answers whatever bytes it is given', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', '1', '"a"', '"b"', ' ', 'true', '\\u0061');
    const texts = fc.array(pieces, { maxLength: 24 }).map((parts) => `{"x":${parts.join('')}}`);
    fc.assert(
      fc.property(texts, (text) => {
        const read = readSignedBody(text);
        if (read.ok) expect([...read.value.keys()].toSorted()).toEqual(Object.keys(JSON.parse(text)).toSorted());
      }),
      { numRuns: 2_000 },
    );
  });
});
