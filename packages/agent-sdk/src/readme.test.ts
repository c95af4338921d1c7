import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startFakeVenue } from './fake-venue/index.ts';

const PACKAGE_FOLDER = fileURLToPath(new URL('..', import.meta.url));
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** Runs a code block of the README as a program of its own and gives what it printed. */
async function run(block: string, env: Readonly<Record<string, string>>): Promise<string[]> {
  const code = new RegExp(`\`\`\`ts ${block}\n(.*?)\`\`\``, 's').exec(README)?.[1] ?? '';
  const args = ['--input-type=module-typescript', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: PACKAGE_FOLDER, env: { ...env } });
  return stdout.trim().split('\n');
}

describe('the README', () => {
  it('starts quickly', async () => {
    const venue = await startFakeVenue();
    venue.addAgent({ agentCode: 'acme', apiSecret: 'secret' });
    const printed = await run('quick-start', { VENUE_URL: venue.baseUrl, AGENT_CODE: 'acme', AGENT_SECRET: 'secret' });
    expect(printed).toEqual(['transfer SUCCESS', 'token true true', 'refused 6101', 'balance 100.5']);
    await venue.close();
  });

  it('shows a test that passes', async () => {
    expect(await run('testing', {})).toEqual(['990 10']);
  });
});
