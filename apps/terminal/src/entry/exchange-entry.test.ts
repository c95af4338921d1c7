import { ApiError, OutcomeUnknownError, UnavailableError } from '@openvenue/api-client';
import { describe, expect, it } from 'vitest';
import type { Session } from '../session/session.ts';
import { exchangeEntry, ownPath, webUrl } from './exchange-entry.ts';

const TOKEN = { accessToken: 'a', accessExpire: 1 };

/** A session at a venue that answers so. */
function sessionOf(answer: object | Error): { readonly session: Session; readonly tickets: unknown[] } {
  const tickets: unknown[] = [];
  const exchangeTicket = async (input: unknown) => {
    tickets.push(input);
    if (answer instanceof Error) throw answer;
    return { ...TOKEN, ...answer };
  };
  const enter: Session['enter'] = async (obtain) => {
    expect(await obtain()).toEqual(TOKEN);
  };
  return { session: { client: { session: { exchangeTicket } }, enter } as unknown as Session, tickets };
}

describe('the exchange of a ticket', () => {
  it('tells where the link leads, and back', async () => {
    const returnUrl = 'https://partner.example/wallet';
    const { session, tickets } = sessionOf({ redirectPath: '/trade/ETHUSDT?x=1', returnUrl });
    expect(await exchangeEntry(session, 't1')).toEqual({ path: '/trade/ETHUSDT?x=1', returnUrl });
    expect(tickets).toEqual([{ ticket: 't1' }]);
    expect(await exchangeEntry(sessionOf({ redirectPath: '/', returnUrl: '' }).session, 't')).toEqual({
      path: '/',
      returnUrl: undefined,
    });
  });

  it.each([
    ['invalid', new ApiError({ code: 1003, message: 'Invalid token' })],
    ['limited', new UnavailableError({ code: 5003, message: 'Too many requests' })],
    [
      'unreachable',
      new OutcomeUnknownError({ operation: 'exchangeTicket', reason: 'timeout', requestId: '', cause: undefined }),
    ],
  ])('is %s', async (fault, error) => {
    expect(await exchangeEntry(sessionOf(error).session, 't1')).toBe(fault);
  });

  it('passes on what is no fault of the world', async () => {
    await expect(exchangeEntry(sessionOf(new TypeError('a bug')).session, 't1')).rejects.toThrow('a bug');
  });
});

it('leads nowhere but to this origin', () => {
  expect(ownPath('/embed?symbol=BTCUSDT')).toBe('/embed?symbol=BTCUSDT');
  for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', '', 'trade']) {
    expect(ownPath(path)).toBe('/');
  }
});

it('links back to pages of the web alone', () => {
  expect(webUrl('HTTPS://partner.example/')).toBe('HTTPS://partner.example/');
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '/wallet', '']) expect(webUrl(url)).toBeUndefined();
});
