import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, logIn, patiently } from './testing/api.ts';
import { openSocket } from './testing/socket.ts';
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
async function run(program: string, args: readonly string[], { input = '', folder = '.' } = {}): Promise<Ended> {
  const child = spawn(program, args, { cwd: join(ROOT, folder), stdio: ['pipe', 'pipe', 'pipe'] });
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

/** The code blocks of a guide in a language. */
function blocksOf(guide: string, language: string): readonly string[] {
  const text = readFileSync(join(ROOT, 'docs/guides', guide), 'utf8');
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code);
}

/** Runs a TypeScript block of a guide as a program of its own, in a folder that has what it imports. */
async function runBlock(code: string, folder: string): Promise<Ended> {
  const here = code.replaceAll('http://127.0.0.1:8080', venue.url);
  return run(process.execPath, ['--input-type=module-typescript', '--eval', here], { folder });
}

describe('the quick start', () => {
  const blocks = (language: string) => blocksOf('developer-quick-start.md', language);

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
    const ended = await run('bash', ['-s'], { input: script });
    expect(ended).toMatchObject({ code: 0, errors: '' });
    expect(ended.output).toMatch(/"status":"FILLED"/);
    expect(ended.output).toMatch(/"fillId":"\d+"/);
  });
});

describe('the guide to orders over the WebSocket', () => {
  const [frames = '', ...more] = blocksOf('developer-order-entry.md', 'json');
  const [request, reply] = frames
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

  it('shows frames that are taken and sent', async () => {
    expect(more).toEqual([]);
    const socket = await openSocket(`${venue.url}/ws?token=${await logIn(venue.url, 'alice', 'alice-demo')}`);
    socket.send(request);
    const answered = await socket.next((frame) => frame.id === request.id);
    socket.close();
    expect(answered).toMatchObject({ event: reply.event, success: true, data: { status: reply.data.status } });
    expect(Object.keys(answered.data)).toEqual(Object.keys(reply.data));
  });

  it('shows a program that runs', async () => {
    const [program = ''] = blocksOf('developer-order-entry.md', 'ts');
    const ended = await runBlock(program, 'examples/developer');
    expect(ended).toMatchObject({ code: 0, errors: '' });
    expect(ended.output).toMatch(/^order \d+ is CANCELED\n$/);
  });
});

it('the guide to errors shows what a price off the grid is refused with', async () => {
  const [example = ''] = blocksOf('developer-errors.md', 'json');
  const { requestId, ...shown } = JSON.parse(example);
  const order = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: shown.details.value, quantity: '0.01' };
  const token = await logIn(venue.url, 'alice', 'alice-demo');
  const refused = await call(venue.url, { path: '/v1/private/order/place', body: order, auth: { token } });
  expect(refused).toEqual({ status: 200, requestId: expect.any(String), ...shown });
  expect(requestId).toMatch(/^[A-Za-z0-9._:-]+$/);
});

it('the back end of the partner quick start binds, funds and signs on at the venue itself', async () => {
  const [, secret = ''] = /agentCode=DEMO apiSecret=(\w+)/.exec(venue.output) ?? [];
  const [program = ''] = blocksOf('partner-quick-start.md', 'ts back-end');
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    cwd: join(ROOT, 'examples/partner'),
    env: { OPENVENUE_URL: venue.url, OPENVENUE_API_SECRET: secret, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = await untilLine(child, /^open /m);
  child.kill('SIGKILL');
  expect(output).toMatch(/^user-42 is \d{10} at the venue, deposit SUCCESS$/m);
});

/** What a program prints until a line of it fits. */
async function untilLine({ stdout, stderr }: ChildProcessByStdio<null, Readable, Readable>, last: RegExp) {
  const errors = text(stderr);
  let output = '';
  for await (const chunk of stdout) {
    output += String(chunk);
    if (last.test(output)) return output;
  }
  throw new Error(`it ended early: ${output}${await errors}`);
}
