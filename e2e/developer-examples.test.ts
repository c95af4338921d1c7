import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, logIn, patiently } from './testing/api.ts';
import { VenueProcess } from './testing/venue-process.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLES = join(ROOT, 'examples/developer/src');
const dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-examples-'));

let venue: VenueProcess;
beforeAll(async () => {
  venue = await VenueProcess.start(dataFolder);
  const token = await logIn(venue.url, 'alice', 'alice-demo');
  const trades = { path: '/v1/private/order/trades', auth: { token } };
  expect((await patiently(() => call(venue.url, trades))).code).toBe(0);
});
afterAll(async () => {
  await venue.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end. The code is null where there is no such program. */
async function run(program: string, args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] });
  const failed = once(child, 'error').then(() => null);
  const exited = once(child, 'close').then(([code]) => code as number);
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [output, errors] = [text(child.stdout), text(child.stderr)];
  const code = await Promise.race([exited, failed]);
  return code === null ? { code, output: '', errors: '' } : { code, output: await output, errors: await errors };
}

const FILLED = /^order \d+ is FILLED\n/m;
const A_FILL = /^fill \d+: /m;

describe('examples for developers', () => {
  it('go from nothing to a filled order with the client', async () => {
    const ended = await run(process.execPath, [join(EXAMPLES, 'quick-start.ts'), venue.url]);
    expect(ended).toMatchObject({ code: 0, errors: '' });
    expect(ended.output).toMatch(FILLED);
    expect(ended.output).toMatch(/^event \d+: 0\.\d+ at \d+(\.\d+)?, FILLED$/m);
    expect(ended.output).toMatch(A_FILL);
  });

  it('keep an order book true', async () => {
    const ended = await run(process.execPath, [join(EXAMPLES, 'order-book.ts'), venue.url, '5']);
    expect(ended).toMatchObject({ code: 0, errors: '' });
    expect(ended.output.match(/^version \d+: \S+ x \S+ \| \S+ x \S+$/gm)).toHaveLength(5);
  });

  it('go from nothing to a filled order with Python, where there is one', async () => {
    const ended = await run('python3', [join(EXAMPLES, 'quick_start.py'), venue.url]);
    if (ended.code === null) return;
    expect(ended).toMatchObject({ code: 0, errors: '' });
    expect(ended.output).toMatch(FILLED);
    expect(ended.output).toMatch(A_FILL);
  });
});

describe('the quick start', () => {
  const guide = readFileSync(join(ROOT, 'docs/guides/developer-quick-start.md'), 'utf8');
  const blocks = (language: string): readonly string[] =>
    [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code);

  it('shows the examples as they are', () => {
    const withoutHead = (file: string, end: string): string => {
      const source = readFileSync(join(EXAMPLES, file), 'utf8');
      return source.slice(source.indexOf(end) + end.length).trimStart();
    };
    expect(blocks('ts')).toEqual([withoutHead('quick-start.ts', '*/\n')]);
    expect(blocks('python')).toEqual([withoutHead('quick_start.py', 'mode.\n"""\n')]);
  });

  it('leads with curl to a filled order, where there is one', async () => {
    const script = `set -eu\n${blocks('bash').join('\n')}`.replace('http://127.0.0.1:8080', venue.url);
    if ((await run('curl', ['--version'])).code === null) return;
    const ended = await run('bash', ['-s'], script);
    expect(ended).toMatchObject({ code: 0, errors: '' });
    expect(ended.output).toMatch(/"status":"FILLED"/);
    expect(ended.output).toMatch(/"fillId":"\d+"/);
  });
});
