import { describe, expect, it } from 'vitest';
import { readSignedBody } from './signed-body.ts';
import { readSigning } from './signing.ts';

const SIGN = 'ab'.repeat(32);
const GOOD = { agentCode: 'acme', timestamp: 1_772_007_815, nonce: 'n-1', sign: SIGN };

const signing = (body: object | string) => {
  const fields = readSignedBody(typeof body === 'string' ? body : JSON.stringify(body));
  if (!fields.ok) throw new Error(`refused: ${fields.problem.rule}`);
  return readSigning(fields.value);
};

describe('readSigning', () => {
  it('reads the four fields and no other', () => {
    expect(signing({ ...GOOD, agentUserId: 'u', page: 1 })).toEqual({ ok: true, value: GOOD });
  });

  it('takes a timestamp in digits as text, and a nonce as a number', () => {
    expect(signing({ ...GOOD, timestamp: '1772007815' })).toEqual({ ok: true, value: GOOD });
    expect(signing(`{"agentCode":"acme","timestamp":1772007815,"nonce":1.50,"sign":"${SIGN}"}`)).toEqual({
      ok: true,
      value: { ...GOOD, nonce: '1.50' },
    });
  });

  it('leaves it to the signature check to say that a text is no signature', () => {
    for (const sign of ['x', SIGN.toUpperCase(), `${SIGN}0`]) expect(signing({ ...GOOD, sign }).ok).toBe(true);
  });

  it.each([
    [{ ...GOOD, agentCode: undefined }, 2001, 'agentCode'],
    [{ ...GOOD, agentCode: '' }, 2001, 'agentCode'],
    [{ ...GOOD, timestamp: null }, 2001, 'timestamp'],
    [{ ...GOOD, nonce: '' }, 2001, 'nonce'],
    [{ ...GOOD, sign: null }, 2001, 'sign'],
    [{ ...GOOD, agentCode: 7 }, 2002, 'agentCode'],
    [{ ...GOOD, agentCode: 'a'.repeat(65) }, 2003, 'agentCode'],
    [{ ...GOOD, agentCode: 'a\nb' }, 2002, 'agentCode'],
    [{ ...GOOD, timestamp: 1.5 }, 2002, 'timestamp'],
    [{ ...GOOD, timestamp: '1772007815.0' }, 2002, 'timestamp'],
    [{ ...GOOD, timestamp: ' 1772007815' }, 2002, 'timestamp'],
    [{ ...GOOD, timestamp: '0x10' }, 2002, 'timestamp'],
    [{ ...GOOD, timestamp: -1 }, 2003, 'timestamp'],
    [{ ...GOOD, timestamp: 9e15 }, 2003, 'timestamp'],
    [{ ...GOOD, timestamp: true }, 2002, 'timestamp'],
    [{ ...GOOD, nonce: ['n'] }, 2002, 'nonce'],
    [{ ...GOOD, nonce: 'n'.repeat(129) }, 2003, 'nonce'],
    [{ ...GOOD, nonce: 'n\u0000' }, 2002, 'nonce'],
    [{ ...GOOD, sign: 7 }, 2002, 'sign'],
    [{ ...GOOD, sign: 'a'.repeat(129) }, 2003, 'sign'],
  ])('refuses %j with %i for %s', (body, code, field) => {
    expect(signing(body)).toMatchObject({ ok: false, problem: { code, field } });
  });

  it('echoes no signature', () => {
    expect(JSON.stringify(signing({ ...GOOD, sign: 'c0ffee'.repeat(40) }))).not.toContain('c0ffee');
  });
});
