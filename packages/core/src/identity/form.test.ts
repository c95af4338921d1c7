import { describe, expect, it } from 'vitest';
import * as agency from '../agency/form.ts';
import * as identity from './form.ts';
import { faultyText, outOfRange, type TextForm } from './form.ts';

/** Shortest and longest text of each form, a text of any length that it takes, and texts of that length that it does not. */
type Bounds = readonly [name: string, form: TextForm, min: number, max: number, fits: (length: number) => string];

const letters = (length: number): string => 'a'.repeat(length);
const digits = (length: number): string => '7'.repeat(length);
const after =
  (start: string) =>
  (length: number): string =>
    start.slice(0, length).padEnd(length, 'a');

const BOUNDS: readonly Bounds[] = [
  ['username', identity.USERNAME, 3, 32, letters],
  ['external user id', identity.EXTERNAL_USER_ID, 10, 10, digits],
  ['display name', identity.DISPLAY_NAME, 0, 128, letters],
  ['password hash', identity.PASSWORD_HASH, 0, 512, letters],
  ['session id', identity.SESSION_ID, 1, 128, letters],
  ['token hash', identity.TOKEN_HASH, 64, 64, letters],
  ['signature hash', identity.SIGNATURE_HASH, 64, 64, letters],
  ['ip', identity.IP, 0, 64, letters],
  ['device id', identity.DEVICE_ID, 0, 64, letters],
  ['device name', identity.DEVICE_NAME, 0, 128, letters],
  ['api key', identity.API_KEY, 11, 128, after('fx_')],
  ['label', identity.LABEL, 1, 64, letters],
  ['ip range', identity.IP_RANGE, 1, 64, letters],
  ['sealed secret', identity.SEALED_SECRET, 1, 1_024, letters],
  ['listen key', identity.LISTEN_KEY, 32, 32, letters],
  ['symbol', identity.SYMBOL, 1, 32, letters],
  ['agent code', agency.AGENT_CODE, 1, 64, letters],
  ['public number', agency.PUBLIC_NUMBER, 10, 10, digits],
  ['agent name', agency.AGENT_NAME, 1, 128, letters],
  ['webhook url', agency.WEBHOOK_URL, 0, 2_048, (length) => (length === 0 ? '' : after('https://')(length))],
  ['origin', agency.ORIGIN, 8, 255, after('http://')],
  ['nonce hash', agency.NONCE_HASH, 64, 64, letters],
  ['sign-on hash', agency.SIGN_ON_HASH, 64, 64, letters],
  ['agent user id', agency.AGENT_USER_ID, 1, 64, letters],
  ['order number', agency.ORDER_NUMBER, 1, 64, letters],
  ['reverse reason', agency.REVERSE_REASON, 0, 256, letters],
  ['channel id', agency.CHANNEL_ID, 1, 128, letters],
  ['first symbol', agency.FIRST_SYMBOL, 0, 32, (length) => 'A'.repeat(length)],
  ['redirect path', agency.REDIRECT_PATH, 1, 2_048, after('/')],
  ['return url', agency.RETURN_URL, 0, 2_048, (length) => (length === 0 ? '' : after('https://')(length))],
];

describe('the forms of texts', () => {
  const fault = (form: TextForm, value: string) => faultyText({ field: 'text', value, form });

  it.each(BOUNDS)('IDN-2, AGY-2: %s has a shortest and a longest length', (_name, form, min, max, fits) => {
    const wrong = { ok: false, reason: 'INVALID_PARAMETER', details: { field: 'text', rule: form.rule } };
    expect(fault(form, fits(min))).toBeUndefined();
    expect(fault(form, fits(max))).toBeUndefined();
    if (min > 0) expect(fault(form, fits(min - 1))).toEqual(wrong);
    expect(fault(form, fits(max + 1))).toEqual(wrong);
  });

  it.each([
    ['label', identity.LABEL],
    ['device id', identity.DEVICE_ID],
    ['device name', identity.DEVICE_NAME],
    ['display name', identity.DISPLAY_NAME],
    ['agent user id', agency.AGENT_USER_ID],
    ['order number', agency.ORDER_NUMBER],
    ['reverse reason', agency.REVERSE_REASON],
    ['channel id', agency.CHANNEL_ID],
  ])('IDN-2, AGY-2: of a %s counts characters as the API does, not halves of them', (_name, form) => {
    expect(fault(form, '😀'.repeat(form.maxLength))).toBeUndefined();
    expect(fault(form, '😀'.repeat(form.maxLength + 1))).toBeDefined();
    expect(fault(form, `${'a'.repeat(form.maxLength)}😀`)).toBeDefined();
  });

  it('of every form that there is', () => {
    const forms = [...Object.values(identity), ...Object.values(agency)].filter((each) => typeof each === 'object');
    expect(new Set(forms)).toEqual(new Set(BOUNDS.map(([, form]) => form)));
  });

  it.each([
    [identity.USERNAME, ['a b', 'aé', 'a\u007f']],
    [identity.TOKEN_HASH, ['A'.repeat(64), 'g'.repeat(64)]],
    [identity.LISTEN_KEY, ['A'.repeat(32)]],
    [identity.EXTERNAL_USER_ID, ['123456789a']],
    [identity.API_KEY, ['fy_12345678', 'fx_1234567!']],
    [agency.AGENT_CODE, ['a b', 'a/b']],
    [agency.PUBLIC_NUMBER, ['70000000x1']],
    [agency.FIRST_SYMBOL, ['btc', 'BTC-']],
    [agency.WEBHOOK_URL, ['ftp://a', 'https://', 'https://a b']],
    [agency.ORIGIN, ['https://A.example', 'https://a.example/', 'https://a:123456']],
    [agency.REDIRECT_PATH, ['a', '//a', '/\\a', '/a\\']],
    [agency.RETURN_URL, ['https://a@b', 'https://a\\b', '/a']],
  ])('IDN-2, AGY-2: %o takes its characters only', (form, values) => {
    for (const value of values) expect(fault(form, value), value).toMatchObject({ reason: 'INVALID_PARAMETER' });
  });

  it('takes whole numbers from the least to the most, both included', () => {
    const judged = (value: number) => outOfRange({ field: 'n', value, min: 2, max: 5 })?.details;
    expect([2, 5].map(judged)).toEqual([undefined, undefined]);
    const rule = 'integer 2-5';
    expect([1, 6, 2.5].map(judged)).toEqual(['1', '6', '2.5'].map((value) => ({ field: 'n', value, rule })));
  });
});
