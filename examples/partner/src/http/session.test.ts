import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { MAX_FAILURES_FROM_ADDRESS } from '../people/log-in-attempts.ts';
import { MAX_SESSIONS } from '../people/sessions.ts';
import { Scene } from '../testing/site.ts';

const CAROL = { username: 'carol', password: 'carol-demo' };
let scene: Scene;
beforeAll(async () => {
  scene = await Scene.start();
});
afterAll(() => scene.close());

describe('signing in', () => {
  it('opens a session in a cookie that scripts and other sites do not get', async () => {
    const browser = scene.browser();
    const { status, body, headers } = await browser.post('/api/login', CAROL);
    expect([status, body]).toEqual([200, { username: 'carol' }]);
    expect(headers.getSetCookie()[0]).toMatch(
      /^partner_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect((await browser.get('/api/account')).status).toBe(200);
  });

  it('ends with signing out, also for who has kept the cookie', async () => {
    const browser = await scene.browser().signIn();
    const { cookie } = browser;
    expect((await browser.post('/api/logout', {})).status).toBe(200);
    browser.cookie = cookie;
    expect(await browser.get('/api/account')).toMatchObject({
      status: 401,
      body: { error: { code: 'not_signed_in' } },
    });
  });

  it.each([
    { username: 'carol', password: 'carol-Demo' },
    { username: 'nobody', password: 'carol-demo' },
  ])('does not say what of %j is wrong', async (credentials) => {
    const { status, body } = await scene.browser().post('/api/login', credentials);
    expect([status, body.error?.code]).toEqual([401, 'wrong_credentials']);
  });

  it.each([
    {},
    { username: 'carol' },
    { username: 7, password: 'x' },
    { username: 'carol', password: 'x'.repeat(257) },
    [],
  ])('refuses %j', async (body) => expect((await scene.browser().post('/api/login', body)).status).toBe(400));

  it(`keeps ${MAX_SESSIONS} sessions of a user and ends the oldest`, async () => {
    const browsers = [];
    for (let count = 0; count <= MAX_SESSIONS; count += 1) browsers.push(await scene.browser().signIn());
    const statuses = await Promise.all(browsers.map(async (browser) => (await browser.get('/api/account')).status));
    expect(statuses).toEqual([401, ...Array(MAX_SESSIONS).fill(200)]);
  });

  it('stops guessing, also of the right password, and for this name only', async () => {
    const statuses = [];
    for (let guess = 0; guess <= MAX_FAILURES_FROM_ADDRESS; guess += 1) {
      statuses.push((await scene.browser().post('/api/login', { username: 'dave', password: 'guess' })).status);
    }
    expect(statuses).toEqual([...Array(MAX_FAILURES_FROM_ADDRESS).fill(401), 429]);
    await scene.browser().signIn();
  });
});

describe('a request that another site made the browser send', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin at all', { origin: 'null' }],
    ['the same host with another port', { origin: 'http://127.0.0.1:1' }],
  ])('is refused: %s', async (_name, headers) => {
    const browser = await scene.browser().signIn();
    const answer = await browser.post('/api/deposits', { amount: '1' }, headers);
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'wrong_origin' } } });
    expect((await browser.get('/api/account')).body.balance).toBe('10000');
  });

  it('is refused as a form, whatever the origin', async () => {
    const browser = await scene.browser().signIn();
    const answer = await browser.post('/api/deposits', { amount: '1' }, { 'content-type': 'text/plain' });
    expect(answer).toMatchObject({ status: 415, body: { error: { code: 'not_json' } } });
  });

  it('is refused when the browser leaves the origin out but names the site', async () => {
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' };
    const response = await fetch(`${scene.site.url}/api/logout`, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(403);
  });
});

describe('behind https', () => {
  it('the cookie is bound to host and https', async () => {
    const secure = await Scene.start({ origin: 'https://harbour.example' });
    try {
      const headers = { origin: 'https://harbour.example' };
      const answer = await secure.browser().post('/api/login', CAROL, headers);
      expect(answer.headers.getSetCookie()[0]).toMatch(
        /^__Host-partner_session=[^;]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
      const own = await secure.browser().post('/api/login', CAROL);
      expect(own.status).toBe(403);
    } finally {
      await secure.close();
    }
  });
});

describe('the database', () => {
  it('belongs to one process', () => expect(() => openDatabase(scene.folder)).toThrow('in use by another process'));

  it('has neither passwords nor session tokens', async () => {
    const browser = await scene.browser().signIn();
    const token = browser.cookie.split('=')[1] ?? '';
    await scene.site.close();
    const database = openDatabase(scene.folder);
    const everything = ['users', 'sessions'].map((table) =>
      JSON.stringify(database.prepare(`SELECT * FROM ${table}`).all()),
    );
    database.close();
    await scene.restart();
    expect(everything.join()).not.toContain('carol-demo');
    expect(everything.join()).not.toContain(token);
    const again = scene.browser();
    again.cookie = browser.cookie;
    expect((await again.get('/api/account')).status).toBe(200);
  });
});
