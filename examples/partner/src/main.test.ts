import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FakeVenue, startFakeVenue } from '@openvenue/agent-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { Ledger } from './money/ledger.ts';
import { AGENT_CODE, API_SECRET, units } from './testing/books.ts';
import { Browser } from './testing/site.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const KILLS = 6;
let venue: FakeVenue;
let folder: string;
let children: ChildProcess[];
beforeEach(async () => {
  venue = await startFakeVenue();
  venue.addAgent({ agentCode: AGENT_CODE, apiSecret: API_SECRET, depositBalance: '50000' });
  folder = mkdtempSync(join(tmpdir(), 'partner-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await venue.close();
  rmSync(folder, { recursive: true });
});

function environment() {
  const identity = { OPENVENUE_AGENT_CODE: AGENT_CODE, OPENVENUE_API_SECRET: API_SECRET };
  return { ...identity, OPENVENUE_URL: venue.baseUrl, PORT: '0', PARTNER_DATA: folder, PARTNER_DEMO: '1' };
}

async function start(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = fork(MAIN, { env: environment(), execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  children.push(child);
  const [{ ready }] = (await once(child, 'message')) as [{ ready: string }];
  return { child, url: ready };
}

describe('the program', () => {
  it('says what is missing and does not start', async () => {
    const child = spawn(process.execPath, [MAIN], { env: { PARTNER_DATA: folder }, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(said).toContain('OPENVENUE_API_SECRET is missing');
    expect(said).not.toMatch(/^ +at /m);
  });

  it('says where it is, once', async () => {
    const { child, url } = await start();
    const lines: string[] = [];
    child.stdout?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect(lines.join('')).toBe(
      `Partner's site on ${url} for the venue ${venue.baseUrl}, sign in as carol / carol-demo\n`,
    );
  });

  it('ends with the process that started it', async () => {
    const { child } = await start();
    child.disconnect();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });

  it(`loses and doubles nothing over ${KILLS} kills in the middle of transfers`, async () => {
    for (let round = 0; round < KILLS; round += 1) {
      const { child, url } = await start();
      venue.setWebhookUrl(AGENT_CODE, `${url}/webhooks/openvenue`);
      const browser = await new Browser(url).signIn();
      await browser.get('/api/account');
      const when = round % 2 === 0 ? 'before' : 'after';
      venue.inject({ kind: 'delay', delayMs: 5 + 10 * round, when, path: '/v1/agent/transfer', times: 3 });
      const exit = once(child, 'exit');
      // Whether these are answered is up to the kill.
      const asked = [
        browser.post('/api/deposits', { amount: '100' }),
        browser.post('/api/deposits', { amount: '0.00000001' }),
        browser.post('/api/withdrawals', { amount: '30' }),
        browser.post('/api/withdrawals/all', {}),
      ].map((answer) => answer.catch(() => undefined));
      const calls = venue.requests.length + 1 + (round % 3);
      await expect.poll(() => venue.requests.length, { interval: 1, timeout: 20_000 }).toBeGreaterThanOrEqual(calls);
      child.kill('SIGKILL');
      await Promise.all([exit, ...asked]);
    }
    const { child, url } = await start();
    const browser = await new Browser(url).signIn();
    const account = async () => (await browser.get('/api/account')).body;
    const open = async () => (await account()).transfers?.filter(({ status }) => status === 'PROCESSING').length;
    await expect.poll(open, { timeout: 60_000 }).toBe(0);
    const { balance = '', tradingBalance = '' } = await account();
    const spent = units('50000') - units(venue.depositOf(AGENT_CODE));
    expect(units(tradingBalance)).toBe(spent);
    expect(units(balance)).toBe(units('10000') - spent);
    child.kill('SIGTERM');
    await once(child, 'exit');
    const database = openDatabase(folder);
    expect(new Ledger(database).findFaults()).toEqual([]);
    database.close();
  });
});
