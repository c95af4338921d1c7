import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSignedBody, payloadOf, signHolds } from './fake-venue/signed-body.ts';
import { canonicalPayload, type Fields, MAX_NESTING, signPayload } from './signing.ts';

/** Made with Python: `hmac.new(secret, payload, sha256)` over a payload built with `json.dumps(v, separators=(',', ':'))`. */
const SECRET = 's3cr3t-Ünïcode-key';
const VECTORS: readonly { title: string; fields: Fields; payload: string; sign: string }[] = [
  {
    title: 'texts',
    fields: {
      agentCode: 'acme',
      timestamp: 1769676656,
      nonce: 'n-1',
      agentUserId: 'u-1',
      agentOrderNo: 'A-1',
      amount: '10.00',
      direction: 'IN',
      currency: 'USDT',
    },
    payload:
      'agentCode=acme&agentOrderNo=A-1&agentUserId=u-1&amount=10.00&currency=USDT&direction=IN&nonce=n-1&timestamp=1769676656',
    sign: '970b17ab2d3c0796abf6194cb0daca1af1ded6ddc064977384cd192e200b981e',
  },
  {
    title: 'names in ASCII order, sign left out',
    fields: { b: '2', B: '1', a_: '4', aa: '5', a0: '3', sign: 'deadbeef' },
    payload: 'B=1&a0=3&a_=4&aa=5&b=2',
    sign: '05aac10fe869aac4944ee16b311121c1fd7449a17b0401045f7921c7154b7618',
  },
  {
    title: 'numbers',
    fields: { zero: 0, one: 1, neg: -7, frac: 0.5, big: 9007199254740991, timestamp: 1769676656 },
    payload: 'big=9007199254740991&frac=0.5&neg=-7&one=1&timestamp=1769676656&zero=0',
    sign: 'b5d86ed93d2f5c45dc550c0faa65ed447735ae5bcb88750718f73ad035e362c3',
  },
  {
    title: 'booleans',
    fields: { t: true, f: false },
    payload: 'f=false&t=true',
    sign: 'ca6233d4cdc6d6d670c80ac3f10133fe8e4a261e084b832a3095d6b62bc45e36',
  },
  {
    title: 'arrays',
    fields: { empty: [], texts: ['1188041528', '1188041529'], mixed: [1, 'two', false, null, { k: [] }] },
    payload: 'empty=[]&mixed=[1,"two",false,null,{"k":[]}]&texts=["1188041528","1188041529"]',
    sign: 'e936fb14c99ca36237f4b6e1a57c14369cc4889d582b2d0a8a33f890c0b2692f',
  },
  {
    title: 'nested objects in their own order',
    fields: { ext: { z: 1, a: { deep: ['x', { y: true }] }, s: 'a b', e: '' }, none: {} },
    payload: 'ext={"z":1,"a":{"deep":["x",{"y":true}]},"s":"a b","e":""}&none={}',
    sign: '2b1b9009d1ca5adc0b87efd432807844a5af8ef9b5aed060a3d28b7c8452c105',
  },
  {
    title: 'unicode and reserved characters',
    fields: { username: 'Zoë 李 🚀', note: 'a=b&c=d%20 "q" \\ /', list: ['é', '\n', '"', '🚀'] },
    payload: 'list=["é","\\n","\\"","🚀"]&note=a=b&c=d%20 "q" \\ /&username=Zoë 李 🚀',
    sign: '20a42509253cfd900339b8dcd059cddf609a3975eba17bcee3fb379c1aa49fb2',
  },
  {
    title: 'empty values left out; blank, 0, false and [] not',
    fields: { a: '', b: null, c: 'x', d: ' ', e: 0, f: false, g: [], h: undefined },
    payload: 'c=x&d= &e=0&f=false&g=[]',
    sign: '85ea18b658bd4774a5b6923fb0e8c295ab5929320827c0a8b6e4c62cc6966e71',
  },
  {
    title: 'nothing left',
    fields: { a: '', b: null },
    payload: '',
    sign: '2a167de3ed5c2073af3c17c9ff22a03aa632463b3e7f28b5d6a9b4858c2be4b8',
  },
];

describe('signing', () => {
  it.each(VECTORS)('signs $title', ({ fields, payload, sign }) => {
    expect(canonicalPayload(fields)).toBe(payload);
    expect(signPayload(fields, SECRET)).toBe(sign);
  });

  it.each([
    ['a number that is none', { n: Number.NaN }],
    ['infinity', { n: [Number.POSITIVE_INFINITY] }],
    ['half of a surrogate pair', { s: '\ud83d' }],
    ['half of a surrogate pair, nested', { s: { t: ['\ud83d'] } }],
    ['a date', { d: new Date(0) as unknown as string }],
    ['a bigint', { n: 1n as unknown as number }],
    ['a hole in a list', { l: [undefined as unknown as string] }],
    ['a function', { f: (() => 1) as unknown as string }],
    ['a map', { m: new Map() as unknown as string }],
  ])('refuses %s', (_title, fields: Fields) => {
    expect(() => canonicalPayload(fields)).toThrow(TypeError);
  });

  it(`takes ${MAX_NESTING} levels and refuses one more`, () => {
    const nested = (levels: number): Fields => {
      let value: Fields = { leaf: 1 };
      for (let level = 0; level < levels; level += 1) value = { value };
      return value;
    };
    expect(canonicalPayload(nested(MAX_NESTING))).toContain('leaf');
    expect(() => canonicalPayload(nested(MAX_NESTING + 1))).toThrow(TypeError);
  });

  it('agrees with a verifier that reads the bytes of the body', () => {
    const name = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((text) => text !== '__proto__');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: 'grapheme' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true }), fc.boolean(), (random, pretty) => {
        const fields = random as Fields;
        const raw = JSON.stringify({ ...fields, sign: signPayload(fields, SECRET) }, null, pretty ? '\t ' : undefined);
        const body = parseSignedBody(raw);
        expect(body && payloadOf(body)).toBe(canonicalPayload(fields));
        expect(body && signHolds(body, ['other', SECRET])).toBe(true);
        expect(body && signHolds(body, ['other'])).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the body that a venue verifies', () => {
  it('counts as it was written', () => {
    const body = parseSignedBody(' { "n" : 1.0 , "e":1E2,"l":[ 1.50 , "a b" ],"s":"\\u00e9","o":{ "k" : "\\u00e9" }} ');
    expect(body && payloadOf(body)).toBe('e=1E2&l=[1.50,"a b"]&n=1.0&o={"k":"\\u00e9"}&s=é');
  });

  it.each(['', '[]', 'null', '1', '{"a":1', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}'])('refuses %s', (raw) => {
    expect(parseSignedBody(raw)).toBeUndefined();
  });
});
