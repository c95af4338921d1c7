import { describe, expect, it } from 'vitest';
import {
  expectBounds,
  expectDescriptions,
  expectSupportedKeywords,
  expectWellFormedExamples,
  markedSecrets,
} from '../../testing/schema-checks.ts';
import { fieldsOf, nodesOf, requestFieldsOf } from '../../testing/schema-nodes.ts';
import { compileValidator, validate } from '../../validation.ts';
import { operations, routes } from '../routes.ts';

const { exchangeTicket, exchangeEmbedToken } = operations;
const signOnRoutes = [exchangeTicket, exchangeEmbedToken];
const requestSchemas = signOnRoutes.flatMap((route) => [
  [`${route.path} query`, route.query] as const,
  [`${route.path} body`, route.body] as const,
  [`${route.path} headers`, route.headers] as const,
]);
const allSchemas = [...requestSchemas, ...signOnRoutes.map((route) => [`${route.path} data`, route.data] as const)];

describe('routes of sign-on', () => {
  it.each([
    [exchangeTicket, 'POST /v1/public/agent-sso/exchange-ticket - public sets'],
    [exchangeEmbedToken, 'POST /v1/public/agent-sso/exchange-embed-token - public undefined'],
  ])('%#: is the contract, literally', (route, expected) => {
    const { method, path, auth, rateLimit, refreshCookie } = route;
    expect(`${method} ${path} ${auth} ${rateLimit} ${refreshCookie}`).toBe(expected);
    expect(route.replayGuard || route.strictBody).toBe(false);
  });

  it('names requests and data literally', () => {
    expect(requestFieldsOf(exchangeTicket.body)).toBe('ticket deviceId?');
    expect(fieldsOf(exchangeTicket.data)).toBe('accessToken accessExpire redirectPath returnUrl');
    expect(requestFieldsOf(exchangeEmbedToken.body)).toBe('embedToken channelId deviceId?');
    expect(requestFieldsOf(exchangeEmbedToken.headers)).toBe('x-embed-origin?');
    expect(fieldsOf(exchangeEmbedToken.data)).toBe('accessToken accessExpire');
    expect(requestFieldsOf(routes[0]?.headers ?? exchangeEmbedToken.headers)).toBe('');
  });

  it('answers 1003 to what cannot be exchanged', () => {
    for (const route of signOnRoutes) expect(route.errors).toContain('INVALID_TOKEN');
  });

  it.each(allSchemas)('%s: descriptions', expectDescriptions);
  it.each(allSchemas)('%s: examples', expectWellFormedExamples);
  it.each(requestSchemas)('%s: keywords', expectSupportedKeywords);
  it.each(requestSchemas)('%s: bounds', expectBounds);

  it('marks every secret, and refuses no unknown field', () => {
    expect(markedSecrets(allSchemas, /token$|ticket$/i)).toEqual(['accessToken', 'embedToken', 'ticket']);
    for (const [name, schema] of requestSchemas) {
      for (const { node } of nodesOf(schema, name)) expect(node.additionalProperties).toBeUndefined();
    }
  });
});

describe('sign-on', () => {
  it.each([
    [{}, 2001, 'ticket'],
    [{ ticket: '' }, 2003, 'ticket'],
    [{ ticket: 'x'.repeat(257) }, 2003, 'ticket'],
    [{ ticket: 7 }, 2002, 'ticket'],
    [{ ticket: 't', deviceId: 'd'.repeat(65) }, 2003, 'deviceId'],
  ])('ticket %j answers %i for %s', (body, code, field) => {
    expect(validate(exchangeTicket.bodyValidator, body)).toMatchObject({ ok: false, problem: { code, field } });
  });

  it.each([
    [{ channelId: 'c' }, 2001, 'embedToken'],
    [{ embedToken: 't' }, 2001, 'channelId'],
    [{ embedToken: 't', channelId: '' }, 2003, 'channelId'],
    [{ embedToken: 't', channelId: 'c'.repeat(129) }, 2003, 'channelId'],
    [{ embedToken: 't', channelId: 'a\nb' }, 2002, 'channelId'],
  ])('embed token %j answers %i for %s', (body, code, field) => {
    expect(validate(exchangeEmbedToken.bodyValidator, body)).toMatchObject({ ok: false, problem: { code, field } });
  });

  it('echoes no ticket and no token', () => {
    for (const secret of ['hunter2'.repeat(60), { token: 'hunter2' }]) {
      const answers = [
        validate(exchangeTicket.bodyValidator, { ticket: secret }),
        validate(exchangeEmbedToken.bodyValidator, { embedToken: secret, channelId: 'c' }),
      ];
      expect(answers.map((answer) => answer.ok)).toEqual([false, false]);
      expect(JSON.stringify(answers)).not.toContain('hunter2');
    }
  });

  it('takes every origin as text, so that one that is not registered can burn the token', () => {
    const headers = compileValidator(exchangeEmbedToken.headers);
    for (const origin of ['https://partner.example', 'null', 'file://', 'nonsense', '']) {
      expect(validate(headers, { 'x-embed-origin': origin, host: 'x' }).ok).toBe(true);
    }
    expect(validate(headers, {}).ok).toBe(true);
    expect(validate(headers, { 'x-embed-origin': 'o'.repeat(513) })).toMatchObject({ problem: { code: 2003 } });
  });
});
