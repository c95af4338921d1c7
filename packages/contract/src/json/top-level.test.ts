import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactJson } from './compact.ts';
import { topLevelMembers } from './top-level.ts';

describe('compactJson', () => {
  it.each([
    ['{ "a" : 1 }', '{"a":1}'],
    ['\r\n[\t1 ,\n2 ] ', '[1,2]'],
    ['" a \\" b "', '" a \\" b "'],
    ['"\\\\" ', '"\\\\"'],
    [' 1.50e+2 ', '1.50e+2'],
    ['{"a b": " : , " , "\\u0020":[ ]}', '{"a b":" : , ","\\u0020":[]}'],
    ['"\u00a0\u2028"', '"\u00a0\u2028"'],
  ])('makes %j into %j', (text, compact) => {
    expect(compactJson(text)).toBe(compact);
  });

  it('gives what JSON.stringify gives, whatever the indent', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1, 4, '\t'), (value, indent) => {
        expect(compactJson(JSON.stringify(value, null, indent))).toBe(JSON.stringify(value));
      }),
    );
  });
});

describe('topLevelMembers', () => {
  it.each([
    ['{}', []],
    ['{"a":1}', [['a', '1']]],
    ['{"":""}', [['', '""']]],
    [
      '{"a":"}","b":[{"c":","}],"d\\"":{"e":{}},"f":-1.0e5,"g":null}',
      [
        ['a', '"}"'],
        ['b', '[{"c":","}]'],
        ['d"', '{"e":{}}'],
        ['f', '-1.0e5'],
        ['g', 'null'],
      ],
    ],
    ['{"\\u0061":true}', [['a', 'true']]],
  ])('splits %s', (text, members) => {
    expect([...topLevelMembers(text)]).toEqual(members);
  });

  it('splits every printed object into what it was printed from', () => {
    const objects = fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__'),
      fc.jsonValue({ maxDepth: 4 }),
    );
    fc.assert(
      fc.property(objects, (object) => {
        const expected = Object.entries(object).map(([name, value]) => [name, JSON.stringify(value)]);
        expect([...topLevelMembers(JSON.stringify(object))]).toEqual(expected);
      }),
    );
  });

  it('halts on a text that is no object', () => {
    expect(() => topLevelMembers('{"a":1')).toThrow('no JSON object');
  });
});
