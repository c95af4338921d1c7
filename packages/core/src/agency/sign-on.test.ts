import { describe, expect, test } from 'vitest';
import { reject } from '../reject.ts';
import { SIGN_ON_LIFE_MS } from './limits.ts';
import { hash, ORIGIN, opened, START_MS } from './testing/driver.ts';

const INVALID = { ok: false, reason: 'TOKEN_INVALID', details: {} };

describe('entry tickets', () => {
  test('AGY-24, AGY-26: opens an entry session once and says where to go', () => {
    const { driver, agentId, userId } = opened();
    const created = driver.ticket(agentId, 1);
    expect(created.reply).toEqual({ ok: true, kind: 'sign-on', userId, expiresAtMs: START_MS + 60_000 });
    expect(created.events).toEqual([
      { type: 'sign-on-created', kind: 'ticket', agentId, userId, expiresAtMs: START_MS + 60_000 },
    ]);
    const { reply, events } = driver.exchangeTicket(1);
    expect(reply).toEqual({
      ok: true,
      kind: 'ticket-session',
      agentId,
      userId,
      sessionId: 'session-1',
      refreshExpiresAtMs: START_MS + 1_800_000,
      redirectPath: '/trade/BTCUSDT',
      returnUrl: 'https://partner.example/back?x=1',
    });
    expect(events).toEqual([{ type: 'sign-on-ended', kind: 'ticket', agentId, userId, reason: 'USED' }]);
    expect(driver.venue.sessions).toEqual([
      { ...driver.session(1), userId, kind: 'entry', refreshTokenHash: hash(77) },
    ]);
    expect(driver.exchangeTicket(1).reply).toEqual(INVALID);
    expect(driver.venue.sessions).toHaveLength(1);
  });

  test.each(['/', '/a', '/trade/BTCUSDT?x=//y#z', '/%5C'])('AGY-24: takes the path %j', (redirectPath) => {
    const { driver, agentId } = opened();
    expect(driver.ticket(agentId, 1, { redirectPath }).reply).toMatchObject({ ok: true });
  });

  test.each([
    '',
    'trade',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/a\\b',
    'https://evil.example',
    '/a b',
    `/${'x'.repeat(2_048)}`,
  ])('AGY-24: refuses the path %j', (redirectPath) => {
    const { driver, agentId } = opened();
    expect(driver.ticket(agentId, 1, { redirectPath }).reply).toMatchObject({ details: { field: 'redirectPath' } });
  });

  test.each(['', 'http://localhost:3000', 'https://p.example?a@b', 'https://p.example/x@y'])(
    'AGY-24: takes the return URL %j',
    (returnUrl) => {
      const { driver, agentId } = opened();
      expect(driver.ticket(agentId, 1, { returnUrl }).reply).toMatchObject({ ok: true });
    },
  );

  test.each([
    'javascript:alert(1)',
    '/back',
    'https://',
    'https:///x',
    'https://user@p.example',
    'https://a:b@p.example/',
    'https://p.example\\@evil.example',
    `https://${'x'.repeat(2_048)}`,
  ])('AGY-24: refuses the return URL %j', (returnUrl) => {
    const { driver, agentId } = opened();
    expect(driver.ticket(agentId, 1, { returnUrl }).reply).toMatchObject({ details: { field: 'returnUrl' } });
  });
});

describe('embed tokens', () => {
  test('AGY-24, AGY-26: opens an embed session once, without a refresh token', () => {
    const { driver, agentId, userId } = opened();
    driver.embedToken(agentId, 1);
    const { reply, events } = driver.exchangeEmbedToken(1);
    expect(reply).toEqual({
      ok: true,
      kind: 'embed-session',
      agentId,
      userId,
      sessionId: 'session-1',
      refreshExpiresAtMs: START_MS + 1_800_000,
      symbol: 'BTCUSDT',
    });
    expect(events).toEqual([{ type: 'sign-on-ended', kind: 'embed-token', agentId, userId, reason: 'USED' }]);
    expect(driver.venue.sessions).toEqual([{ ...driver.session(1), userId, kind: 'embed', refreshTokenHash: '' }]);
    expect(driver.exchangeEmbedToken(1).reply).toEqual(INVALID);
  });

  test.each([
    ['another channel', { channelId: 'channel-2' }],
    ['an unregistered origin', { embedOrigin: 'https://evil.example' }],
    ['no origin', { embedOrigin: '' }],
    ["another agent's origin", { embedOrigin: 'https://other.example' }],
  ])('AGY-27: %s burns the token', (_, fields) => {
    const { driver, agentId, userId } = opened();
    driver.agent(2, { origins: ['https://other.example'] });
    driver.embedToken(agentId, 1);
    const { reply, events } = driver.exchangeEmbedToken(1, fields);
    expect(reply).toEqual(INVALID);
    expect(events).toEqual([{ type: 'sign-on-ended', kind: 'embed-token', agentId, userId, reason: 'BURNT' }]);
    expect(driver.exchangeEmbedToken(1).reply).toEqual(INVALID);
    expect(driver.venue.sessions).toEqual([]);
  });

  test('AGY-27: the origins of the moment of the exchange count', () => {
    const { driver, agentId } = opened();
    driver.embedToken(agentId, 1);
    driver.embedToken(agentId, 2);
    driver.run({ type: 'update-agent', agentId, origins: ['https://new.example'] });
    expect(driver.exchangeEmbedToken(1).reply).toEqual(INVALID);
    expect(driver.exchangeEmbedToken(2, { embedOrigin: 'https://new.example' }).reply).toMatchObject({ ok: true });
  });

  test.each([
    { channelId: '' },
    { channelId: 'x'.repeat(129) },
    { symbol: 'btc' },
    { symbol: 'X'.repeat(33) },
    { tokenHash: 'x' },
  ])('AGY-1: refuses %j', (fields) => {
    const { driver, agentId } = opened();
    expect(driver.embedToken(agentId, 1, fields).reply).toMatchObject({
      reason: 'INVALID_PARAMETER',
      details: { field: Object.keys(fields)[0] },
    });
  });

  test('AGY-24: takes the longest channel', () => {
    const { driver, agentId } = opened();
    expect(driver.embedToken(agentId, 1, { channelId: 'x'.repeat(128) }).reply).toMatchObject({ ok: true });
  });
});

describe('both', () => {
  test('AGY-27: a ticket is no embed token and an embed token no ticket; trying burns them', () => {
    const { driver, agentId } = opened();
    driver.ticket(agentId, 1);
    driver.embedToken(agentId, 2);
    expect(driver.exchangeEmbedToken(1).reply).toEqual(INVALID);
    expect(driver.exchangeTicket(2).reply).toEqual(INVALID);
    expect(driver.exchangeTicket(1).reply).toEqual(INVALID);
    expect(driver.exchangeEmbedToken(2).reply).toEqual(INVALID);
  });

  test('AGY-24, AGY-28: hold up to the end of their 60 s and end with an event, by time and then by hash', () => {
    const { driver, agentId, userId } = opened();
    driver.embedToken(agentId, 9);
    driver.ticket(agentId, 3);
    driver.pass(1);
    driver.embedToken(agentId, 1);
    driver.pass(SIGN_ON_LIFE_MS - 2);
    driver.ticket(agentId, 4);
    expect(driver.pass(1)).toEqual([
      { type: 'sign-on-ended', kind: 'ticket', agentId, userId, reason: 'EXPIRED' },
      { type: 'sign-on-ended', kind: 'embed-token', agentId, userId, reason: 'EXPIRED' },
    ]);
    expect(driver.exchangeEmbedToken(9).reply).toEqual(INVALID);
    expect(driver.exchangeTicket(3).reply).toEqual(INVALID);
    expect(driver.exchangeEmbedToken(1).reply).toMatchObject({ ok: true });
    driver.pass(SIGN_ON_LIFE_MS);
    expect(driver.exchangeTicket(4).reply).toEqual(INVALID);
  });

  test('AGY-4, AGY-27: a disabled agent burns them', () => {
    const { driver, agentId } = opened();
    driver.ticket(agentId, 1);
    driver.embedToken(agentId, 2);
    driver.run({ type: 'update-agent', agentId, disabled: true });
    expect(driver.exchangeTicket(1).reply).toEqual(INVALID);
    expect(driver.exchangeEmbedToken(2).reply).toEqual(INVALID);
    driver.run({ type: 'update-agent', agentId, disabled: false });
    expect(driver.exchangeTicket(1).reply).toEqual(INVALID);
    expect(driver.exchangeEmbedToken(2).reply).toEqual(INVALID);
  });

  test('AGY-27: a session that is refused burns them', () => {
    const { driver, agentId } = opened();
    driver.ticket(agentId, 1);
    driver.embedToken(agentId, 2);
    driver.venue.sessionRefusal = reject('USER_DISABLED');
    expect(driver.exchangeTicket(1).reply).toMatchObject({ reason: 'USER_DISABLED' });
    expect(driver.exchangeEmbedToken(2).reply).toMatchObject({ reason: 'USER_DISABLED' });
    driver.venue.sessionRefusal = undefined;
    expect(driver.exchangeTicket(1).reply).toEqual(INVALID);
    expect(driver.exchangeEmbedToken(2).reply).toEqual(INVALID);
  });

  test('AGY-24: a disabled user and a foreign one get none', () => {
    const { driver, agentId, userId } = opened();
    const other = driver.agent(2);
    expect(driver.embedToken(other, 1).reply).toMatchObject({ reason: 'AGENT_USER_UNBOUND' });
    driver.venue.disable(userId);
    expect(driver.ticket(agentId, 1).reply).toMatchObject({ reason: 'USER_DISABLED' });
    expect(driver.embedToken(agentId, 1).reply).toMatchObject({ reason: 'USER_DISABLED' });
  });

  test('AGY-1: a random text that is in use is refused', () => {
    const { driver, agentId } = opened();
    driver.ticket(agentId, 1);
    expect(driver.ticket(agentId, 1).reply).toMatchObject({ details: { field: 'ticketHash' } });
    expect(driver.embedToken(agentId, 1).reply).toMatchObject({ details: { field: 'tokenHash' } });
  });

  test('AGY-25: of one agent and of all together a limited number is outstanding', () => {
    const { driver, agentId } = opened({ signOnsPerAgent: 2, signOns: 3 });
    const other = driver.agent(2, { origins: [ORIGIN] });
    driver.user(other, 'alice');
    driver.ticket(agentId, 1);
    driver.embedToken(agentId, 2);
    expect(driver.embedToken(agentId, 3).reply).toMatchObject({ reason: 'AGENCY_FULL' });
    expect(driver.embedToken(other, 3).reply).toMatchObject({ ok: true });
    expect(driver.embedToken(other, 4).reply).toMatchObject({ reason: 'AGENCY_FULL' });
    driver.exchangeTicket(1);
    expect(driver.embedToken(agentId, 4).reply).toMatchObject({ ok: true });
    driver.pass(SIGN_ON_LIFE_MS);
    expect(driver.embedToken(other, 5).reply).toMatchObject({ ok: true });
  });
});
