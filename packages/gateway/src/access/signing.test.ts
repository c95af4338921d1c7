import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestOf, isSignature, rawQueryOf, signatureHashOf, splitSignature } from './signing.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('payload', () => {
  test.each([
    ['', ''],
    ['signature=ab', ''],
    ['signature=ab&a=1', 'a=1'],
    ['a=1&signature=ab', 'a=1'],
    ['a=1&signature=ab&b=2', 'a=1&b=2'],
    ['b=2&a=1&signature=ab', 'b=2&a=1'],
    ['a=1&&signature=ab', 'a=1&'],
    ['a=%20+%zz&signature=ab', 'a=%20+%zz'],
    ['xsignature=1&signature=ab', 'xsignature=1'],
    ['signature2=1&signature=ab', 'signature2=1'],
    ['%73ignature=1&signature=ab', '%73ignature=1'],
  ])('of %j is %j', (query, payload) => {
    expect(splitSignature(query).payload).toBe(payload);
  });

  test('only the signature and its & are gone, wherever it stands', () => {
    const parameter = fc
      .stringMatching(/^[a-z]{1,4}=[A-Za-z0-9%+]{0,5}$/)
      .filter((each) => !each.startsWith('signature='));
    fc.assert(
      fc.property(fc.array(parameter, { minLength: 1, maxLength: 6 }), fc.nat(), (parameters, position) => {
        const at = position % (parameters.length + 1);
        const query = [...parameters.slice(0, at), 'signature=ff', ...parameters.slice(at)].join('&');
        expect(splitSignature(query)).toMatchObject({ payload: parameters.join('&'), signature: 'ff' });
      }),
    );
  });

  test('a repeated signature or timestamp is none', () => {
    expect(splitSignature('signature=a&signature=b').signature).toBeUndefined();
    expect(splitSignature('timestamp=1&timestamp=2').timestamp).toBeUndefined();
    expect(splitSignature('timestamp=1').timestamp).toBe('1');
  });

  test('the raw query is everything behind the first question mark', () => {
    expect(rawQueryOf('/v1/time')).toBe('');
    expect(rawQueryOf('/v1/time?')).toBe('');
    expect(rawQueryOf('/v1/time?a=?b#c')).toBe('a=?b#c');
  });
});

describe('signature', () => {
  const secret = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j';

  test('is that of any other implementation, for secrets of every length', () => {
    const payloads = fc.stringMatching(/^[ -ÿ]{0,100}$/);
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), payloads, fc.uint8Array({ maxLength: 200 }), (key, payload, body) => {
        const theirs = createHmac('sha256', key).update(payload, 'latin1').update(body).digest();
        expect(digestOf(key, payload, body).equals(theirs)).toBe(true);
      }),
    );
    for (const length of [63, 64, 65, 128])
      expect(digestOf('k'.repeat(length), 'a', bytes('b')).toString('hex')).toBe(
        createHmac('sha256', 'k'.repeat(length)).update('ab').digest('hex'),
      );
  });

  test('of a query', () => {
    const payload =
      'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559';
    expect(digestOf(secret, payload, bytes('')).toString('hex')).toBe(
      'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71',
    );
  });

  test('of a query followed by a body', () => {
    const body = 'quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559';
    expect(digestOf(secret, 'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC', bytes(body)).toString('hex')).toBe(
      '0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77',
    );
  });

  /** Made with the hmac module of Python's standard library, from the raw query and body as they travel. */
  test.each([
    ['timestamp=1772007815000', '', '64fe476a44a4f6d2dbe7bb5e6164d1efb7a5f768f2cf3ecbf6dd1bedd37e488a'],
    [
      'timestamp=1772007815000',
      '{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","price":"60000.1","quantity":"0.001","timeInForce":"GTC"}',
      '0c5c7959822ea03172ee650b7d680786bf8fe23bfc52404caba1e2ee9bd96a18',
    ],
    [
      'symbol=BTCUSDT&timestamp=1772007815000&page=2',
      '',
      '0952c0ec7b86ebc99a2415f3eeb7a5812d9fff78f71a101fe902e375c98584d9',
    ],
    [
      'timestamp=1772007815000',
      '{"label":"机器人 – café","permissions":3}',
      'f367e52f90f6f925a36cd559af3add2808c1011aead7d4a7c4ef5e25dcf3258b',
    ],
  ])('of ?%s with the body %s', (query, body, signature) => {
    const ours = 'ov_secret_0123456789abcdefABCDEF';
    const { payload } = splitSignature(`${query}&signature=${signature}`);
    expect(isSignature(signature, digestOf(ours, payload, bytes(body)))).toBe(true);
  });

  test('of nothing under the key "key"', () => {
    expect(digestOf('key', '', bytes('')).toString('hex')).toBe(
      '5d5d139563c95b5967b9bd9a8c9b233a9dedb45072794cd232dc1b74832607d0',
    );
  });

  test('is taken only whole, in lower case and unchanged', () => {
    const digest = digestOf('key', 'a=1', bytes('{}'));
    const text = digest.toString('hex');
    expect(isSignature(text, digest)).toBe(true);
    expect(isSignature(text.toUpperCase(), digest)).toBe(false);
    expect(isSignature(text.slice(1), digest)).toBe(false);
    expect(isSignature(`${text} `, digest)).toBe(false);
    expect(isSignature('', digest)).toBe(false);
    expect(isSignature(undefined, digest)).toBe(false);
    expect(isSignature(undefined, Buffer.alloc(32))).toBe(false);
    expect(isSignature((text[0] === '0' ? '1' : '0') + text.slice(1), digest)).toBe(false);
  });

  test('every byte of query and body counts', () => {
    const digest = digestOf('key', 'a=1', bytes('{}'));
    expect(digestOf('key', 'a=1', bytes('{ }')).equals(digest)).toBe(false);
    expect(digestOf('key', 'a=2', bytes('{}')).equals(digest)).toBe(false);
    expect(digestOf('keyy', 'a=1', bytes('{}')).equals(digest)).toBe(false);
  });

  test('is remembered as its hash', () => {
    expect(signatureHashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
