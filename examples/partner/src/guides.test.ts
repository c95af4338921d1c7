import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { signTestWebhook, type TransferCompletedEvent } from '@openvenue/agent-sdk';
import { type FakeVenue, startFakeVenue } from '@openvenue/agent-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT_CODE, API_SECRET } from './testing/books.ts';

const GUIDES = fileURLToPath(new URL('../../../docs/guides/', import.meta.url));
const README = fileURLToPath(new URL('../README.md', import.meta.url));
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
let venue: FakeVenue;
let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  venue = await startFakeVenue();
  venue.addAgent({ agentCode: AGENT_CODE, apiSecret: API_SECRET });
  folder = mkdtempSync(join(tmpdir(), 'guides-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  child = undefined;
  await venue.close();
  rmSync(folder, { recursive: true });
});

/** Runs a code block of a guide as a program of its own until it prints `last`, and gives the lines before. */
async function run(guide: string, block: string, last: RegExp): Promise<string[]> {
  const text = readFileSync(join(GUIDES, guide), 'utf8');
  const code = new RegExp(`\`\`\`ts ${block}\n(.*?)\`\`\``, 's').exec(text)?.[1] ?? '';
  const identity = { OPENVENUE_AGENT_CODE: AGENT_CODE, OPENVENUE_API_SECRET: API_SECRET };
  const env = { ...identity, OPENVENUE_URL: venue.baseUrl, DATABASE: join(folder, 'webhooks.db'), PORT: '0' };
  // With port 0 the block itself does not know where it listens: this tells it.
  const shown = code.replace(/console\.log\('(open|listening)'.*\)\);/, "console.log('$1', server.address().port));");
  const args = ['--input-type=module-typescript', '--eval', shown];
  child = spawn(process.execPath, args, { cwd: PACKAGE, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  if (child.stdout === null) throw new Error('there is no output');
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (last.test(line)) return lines;
  }
  throw new Error(`it ended early: ${lines.join('\n')}`);
}

const portIn = (lines: readonly string[]) => lines.at(-1)?.split(' ').at(-1) ?? '';

describe('the guides', () => {
  it('start a back end that binds, funds and signs on', async () => {
    const lines = await run('partner-quick-start.md', 'back-end', /^open /);
    expect(lines[0]).toMatch(/^user-42 is \d{10} at the venue, deposit SUCCESS$/);
    expect(venue.walletsOf({ agentCode: AGENT_CODE, agentUserId: 'user-42' }).contract).toBe('1000');
    const url = `http://127.0.0.1:${portIn(lines)}`;
    expect(await (await fetch(url)).text()).toContain("TradingWidget.create('#trading-widget'");
    const body = JSON.stringify({ channelId: 'tw_1', symbol: 'BTCUSDT', reason: 'initial' });
    const token = await (await fetch(`${url}/api/trading/embed-token`, { method: 'POST', body })).json();
    expect(Object.keys(token as object)).toEqual(['embedToken', 'expireAt']);
  });

  it('start a receiver that takes webhooks in once and in any order', async () => {
    const url = `http://127.0.0.1:${portIn(await run('webhooks.md', 'receiver', /^listening/))}`;
    const deliver = async (targetStatus: TransferCompletedEvent['targetStatus'], secret = API_SECRET) => {
      const { headers, rawBody } = signTestWebhook({ ...EVENT, targetStatus }, secret);
      return (await fetch(url, { method: 'POST', headers: { ...headers }, body: rawBody })).status;
    };
    expect([await deliver('REVERSED'), await deliver('REVERSED'), await deliver('SUCCESS')]).toEqual([204, 204, 204]);
    expect(await deliver('SUCCESS', 'another')).toBe(400);
    child?.kill('SIGKILL');
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(folder, 'webhooks.db'));
    expect(database.prepare('SELECT * FROM orders').all()).toEqual([{ order_no: 'D-1', status: 'REVERSED' }]);
    expect(database.prepare('SELECT count(*) AS events FROM events').get()).toEqual({ events: 2 });
    database.close();
  });

  it('link to what is there', () => {
    const files = [README, ...readdirSync(GUIDES).map((name) => join(GUIDES, name))];
    const dead = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)]
        .filter(([, path = '', anchor]) => !isThere(path === '' ? file : join(file, '..', path), anchor))
        .map(([link]) => `${file}: ${link}`),
    );
    expect(dead).toEqual([]);
  });
});

function isThere(path: string, anchor: string | undefined): boolean {
  if (!existsSync(path)) return false;
  if (anchor === undefined) return true;
  const headings = [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
  return headings.includes(anchor);
}

const EVENT: Omit<TransferCompletedEvent, 'targetStatus'> = {
  event: 'transfer.completed',
  orderType: 'transfer',
  orderId: 71,
  orderNo: 'D-1',
  direction: 'IN',
  transferMode: 'FIXED_AMOUNT',
  currency: 'USDT',
  amount: '30',
  agentCode: AGENT_CODE,
  agentUserId: 'user-42',
  platformUserId: '1188041528',
  failReason: '',
  createdAt: '2026-01-01T00:00:00.000Z',
  completedAt: '2026-01-01T00:00:01.000Z',
};
