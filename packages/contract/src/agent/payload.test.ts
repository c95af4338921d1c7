import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { agentBody, agentPayload } from './payload.ts';
import { readSignedBody, type SignedFields } from './signed-body.ts';

const SECRET = 's3cr3t-ä-key';

/** Payloads and signatures from another implementation of the rules, in another language. */
const VECTORS = [
  {
    name: 'plain',
    body: '{"agentCode":"acme","timestamp":1772007815,"nonce":"n-1","agentUserId":"u-1","sign":"00"}',
    payload: 'agentCode=acme&agentUserId=u-1&nonce=n-1&timestamp=1772007815',
    sign: 'f7f61cb8e547650d3f4987b4bfa6acdf54e4274fa9270f0b5941d8aee81d2bdd',
  },
  {
    name: 'without sign, amount as text',
    body: '{"timestamp":1772007815,"nonce":"n-2","agentCode":"acme","amount":"10.00","direction":"IN","agentOrderNo":"T-7","agentUserId":"u-1"}',
    payload: 'agentCode=acme&agentOrderNo=T-7&agentUserId=u-1&amount=10.00&direction=IN&nonce=n-2&timestamp=1772007815',
    sign: '7f46810b62bf5f4878f1c3473de3dd8d7078db513fe47d722156a02d28b07035',
  },
  {
    name: 'empty fields left out',
    body: '{"agentCode":"acme","timestamp":1772007815,"nonce":"n-3","username":"","ext":null,"zero":0,"no":false,"none":[],"nothing":{}}',
    payload: 'agentCode=acme&no=false&nonce=n-3&none=[]&nothing={}&timestamp=1772007815&zero=0',
    sign: '9ea11d66835a49c286b25c25686c2532a601aa20ca04af71ba7f50cff198986c',
  },
  {
    name: 'numbers as written',
    body: '{"a":1.50,"b":1e3,"c":-0,"d":1E+2,"e":12345678901234567890,"f":0.10,"agentCode":"acme"}',
    payload: 'a=1.50&agentCode=acme&b=1e3&c=-0&d=1E+2&e=12345678901234567890&f=0.10',
    sign: 'bbd941b9332243c90b95fe55866d9d2773caa65559bbacef1c9eb5beee24e1fe',
  },
  {
    name: 'white space',
    body: ' {\n "ids" : [ 1 , 2.0 , "a b" , null , "" ] ,\t"o" : { "z" : 1 , "a" : [ ] , "s" : " , } ] " } ,\r\n "agentCode" : "acme" } ',
    payload: 'agentCode=acme&ids=[1,2.0,"a b",null,""]&o={"z":1,"a":[],"s":" , } ] "}',
    sign: 'ef164f1aa3a22c996fafab9782921ba90912c35b0b99259daa3340d833495428',
  },
  {
    name: 'texts as they are',
    body: '{"username":"Zoë 李 🚀","note":"a&b=c d%20+/?","path":"C:\\\\x\\"y\\u0041\\/","agentCode":"acme"}',
    payload: 'agentCode=acme&note=a&b=c d%20+/?&path=C:\\x"yA/&username=Zoë 李 🚀',
    sign: '3d1b050fb3b154fb4af26912f58de6afeaa325ac42256318db8923959485f0b3',
  },
  {
    name: 'order of names',
    body: '{"list":["\\u00e9\\/é","a\\"}b"],"agentCode":"acme","agentcode":"lower","AgentCode":"upper","_x":true,"a.b":"1","a-b":"2","a":"3"}',
    payload: 'AgentCode=upper&_x=true&a=3&a-b=2&a.b=1&agentCode=acme&agentcode=lower&list=["\\u00e9\\/é","a\\"}b"]',
    sign: 'be67dea12d16fa254f07b2cce9bb4458eee3a4e0a7a5478c7935aa1a90c3a7f2',
  },
  {
    name: 'escaped names',
    body: '{"b":"2","\\u0061":"1","\\u00e9":"3","sign\\u0031":"4","Sign":"5","sign":{"deep":1}}',
    payload: 'Sign=5&a=1&b=2&sign1=4&é=3',
    sign: 'b43fed0b41b2c812cb6cbe6f37f44fc8ca6ca35bf6b3f48e895279bb55e81d3f',
  },
  {
    name: 'nothing',
    body: '{}',
    payload: '',
    sign: 'd32f1371e8788b32fdd8810e48b8ebea44809e30d4748c3b3ef6e1a6461c75cb',
  },
  {
    name: 'brackets in texts',
    body: '{"tab":"a\\tb\\nc","agentCode":"acme","big":[{"k":[[[{"x":"]}"}]]]}],"t":"true","n":"0"}',
    payload: 'agentCode=acme&big=[{"k":[[[{"x":"]}"}]]]}]&n=0&t=true&tab=a\tb\nc',
    sign: '98f4ff2b8a16d4ca07ef6e08e7e88e59e2c1ad78b0521edb6910f97133a9c387',
  },
];

const read = (body: string | Uint8Array): SignedFields => {
  const fields = readSignedBody(body);
  if (!fields.ok) throw new Error(`refused: ${fields.problem.rule}`);
  return fields.value;
};

describe('agentPayload', () => {
  it.each(VECTORS)('$name: agrees with the other implementation', ({ body, payload, sign }) => {
    for (const sent of [body, Buffer.from(body)]) {
      expect(agentPayload(read(sent))).toBe(payload);
      expect(
        createHmac('sha256', SECRET)
          .update(agentPayload(read(sent)))
          .digest('hex'),
      ).toBe(sign);
    }
  });

  it('does not depend on the order of the fields', () => {
    const there = '{"agentCode":"acme","nonce":"n","a":1,"b":[2]}';
    const back = '{"b":[2],"a":1,"nonce":"n","agentCode":"acme"}';
    expect(agentPayload(read(back))).toBe(agentPayload(read(there)));
  });

  it.each([
    ['{"a":1}', '{"a":1.0}'],
    ['{"a":1}', '{"a":10e-1}'],
    ['{"a":"1.0"}', '{"a":"1.00"}'],
    ['{"a":[1,2]}', '{"a":[2,1]}'],
    ['{"a":{"x":1,"y":2}}', '{"a":{"y":2,"x":1}}'],
    ['{"a":["x"]}', '{"a":["\\u0078"]}'],
    ['{"a":0}', '{"a":null}'],
    ['{"a":[]}', '{}'],
    ['{"a":" "}', '{"a":""}'],
  ])('tells %s from %s', (one, other) => {
    expect(agentPayload(read(one))).not.toBe(agentPayload(read(other)));
  });
});

describe('agentBody', () => {
  it('holds what the signature covers, and nothing else', () => {
    const fields = read('{"agentUserId":"u","username":"","ext":null,"disabled":false,"page":0,"list":[],"sign":"ab"}');
    expect(agentBody(fields)).toEqual({ agentUserId: 'u', disabled: false, page: 0, list: [] });
  });

  it('gives an added empty field no effect', () => {
    const sent = read('{"agentUserId":"u"}');
    for (const empty of ['""', 'null']) {
      const relayed = read(`{"agentUserId":"u","environment":${empty}}`);
      expect(agentPayload(relayed)).toBe(agentPayload(sent));
      expect(agentBody(relayed)).toEqual(agentBody(sent));
    }
  });
});
