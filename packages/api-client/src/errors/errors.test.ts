import { ERROR_CATALOGUE } from '@openvenue/contract';
import { describe, expect, it } from 'vitest';
import { ApiError, OpenVenueError, UnavailableError } from './api-error.ts';
import * as classes from './classes.ts';
import { errorOfRefusal } from './error-of.ts';
import { neverSent } from './no-reply.ts';

const byCode = ([, a]: (string | number)[], [, b]: (string | number)[]): number => Number(a) - Number(b);

describe('error classes', () => {
  it('are one for each code of the catalogue, named after it', () => {
    const expected = ERROR_CATALOGUE.map(({ code, name }) => [
      name
        .split('_')
        .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
        .join('')
        .replace(/(Error)?$/, 'Error'),
      code,
    ]);
    const found = Object.entries(classes).map(([name, each]) => [name, each.code]);
    expect(found.sort(byCode)).toEqual(expected);
  });

  it.each(Object.entries(classes))('%s is made of its code', (name, Class) => {
    const error = errorOfRefusal({ code: Class.code, message: 'no', requestId: 'r' });
    expect(error).toBeInstanceOf(Class);
    expect(error).toBeInstanceOf(OpenVenueError);
    expect(error).toMatchObject({ name, code: Class.code, message: 'no', requestId: 'r', details: {} });
    expect(error instanceof UnavailableError).toBe(Class.code === 5002 || Class.code === 5003);
  });

  it('takes a code it does not know as an ApiError', () => {
    const error = errorOfRefusal({ code: 3999, message: 'later' });
    expect(error.constructor).toBe(ApiError);
    expect(error.code).toBe(3999);
  });

  it('says when to come back', () => {
    const waitOf = (retryAfterMs?: number) => {
      const error = errorOfRefusal({ code: 5003, message: '', ...(retryAfterMs !== undefined && { retryAfterMs }) });
      return error instanceof UnavailableError ? error.retryAfterMs : undefined;
    };
    expect(waitOf(7_000)).toBe(7_000);
    expect(waitOf()).toBe(1_000);
  });
});

describe('neverSent', () => {
  const withCode = (code: string) => Object.assign(new Error('x'), { code });
  it('finds the code behind the error of fetch', () => {
    expect(neverSent(new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') }))).toBe(true);
    expect(neverSent(new TypeError('fetch failed', { cause: withCode('ECONNRESET') }))).toBe(false);
    expect(neverSent(new TypeError('Failed to fetch'))).toBe(false);
    expect(neverSent('ECONNREFUSED')).toBe(false);
  });
  it('ends on causes that go round', () => {
    const error = new Error('a');
    error.cause = error;
    expect(neverSent(error)).toBe(false);
  });
});
