import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PartnerProcess, type PartnerProcessOptions } from './partner-process.ts';

const fileOf = (name: string): string => fileURLToPath(new URL(`./testing/${name}`, import.meta.url));
const DOUBLE = fileOf('partner-double.ts');
const FAST = { first: 20, most: 50 };

const running: PartnerProcess[] = [];
afterEach(async () => {
  for (const partner of running.splice(0)) await partner.stop();
});

function partnerOf(more: Partial<PartnerProcessOptions> & { readonly habit?: string } = {}) {
  const { habit, ...options } = more;
  const ready: number[] = [];
  const warnings: string[] = [];
  const stream = { write: (line: string) => void warnings.push(JSON.parse(line).msg) };
  const partner = new PartnerProcess({
    script: DOUBLE,
    host: '127.0.0.1',
    port: 0,
    environment: { GIVEN: 'yes', ...(habit === undefined ? {} : { HABIT: habit }) },
    log: pino({ level: 'warn' }, stream),
    onReady: async (port) => void ready.push(port),
    backOffMs: FAST,
    ...options,
  });
  running.push(partner);
  return { partner, ready, warnings };
}

async function started(partner: PartnerProcess): Promise<number> {
  const start = await partner.start();
  if (!start.ok) throw new Error(start.problem);
  return start.port;
}

const ask = async (port: number) => {
  const reply = await fetch(`http://127.0.0.1:${port}/`);
  return (await reply.json()) as { readonly pid: number; readonly environment: Record<string, string> };
};
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the partner of a venue', () => {
  it('is ready on a port of its own, with its environment and no more, and gone after the stop', async () => {
    const { partner, ready } = partnerOf();
    const port = await started(partner);
    expect(ready).toEqual([port]);
    const { pid, environment } = await ask(port);
    const platform = ['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'];
    const given = Object.keys(environment).filter((name) => !platform.includes(name));
    expect(given.sort()).toEqual(['GIVEN', 'HOST', 'PATH', 'PORT']);
    await partner.stop();
    await partner.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('is started again on its port when it crashes, again and again', async () => {
    const { partner, ready, warnings } = partnerOf();
    const port = await started(partner);
    for (let crashes = 1; crashes <= 6; crashes++) {
      await fetch(`http://127.0.0.1:${port}/crash`).catch(() => undefined);
      await vi.waitFor(() => expect(ready).toHaveLength(crashes + 1), { timeout: 20_000 });
    }
    expect(new Set(ready)).toEqual(new Set([port]));
    expect(warnings).toEqual(Array(6).fill('the partner has ended (exit code 1)'));
    expect((await ask(port)).environment['GIVEN']).toBe('yes');
  });

  it('is left alone after five starts when it never was ready, and the venue goes on', async () => {
    const { partner, warnings } = partnerOf({ habit: 'broken' });
    expect(await partner.start()).toEqual({ ok: false, problem: 'it ended (exit code 3)' });
    await vi.waitFor(() => expect(warnings).toEqual(['the partner is not started any more: it ended (exit code 3)']), {
      timeout: 20_000,
    });
  });

  it('says that its program is not there', async () => {
    const { partner } = partnerOf({ script: fileOf('nothing.ts') });
    expect(await partner.start()).toMatchObject({ ok: false, problem: expect.stringContaining('nothing.ts') });
  });

  it('says that its port is taken, and takes it when it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { partner, ready } = partnerOf({ port, backOffMs: { first: 100, most: 1_000 } });
    expect(await partner.start()).toEqual({ ok: false, problem: `port ${port} is taken` });
    other.close();
    await vi.waitFor(() => expect(ready).toEqual([port]), { timeout: 20_000 });
  });

  it('is not waited for when it never gets ready', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { partner } = partnerOf({ habit: 'silent' });
    const start = partner.start();
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    expect(await start).toEqual({ ok: false, problem: 'it did not get ready in time' });
  });

  it('is not started again by a stop that comes between two starts', async () => {
    const { partner } = partnerOf({ habit: 'broken', backOffMs: { first: 60_000, most: 60_000 } });
    const start = partner.start();
    await partner.stop();
    expect(await start).toEqual({ ok: false, problem: 'the venue is stopping' });
  });

  it('is killed when it does not heed the stop', async () => {
    const { partner } = partnerOf({ habit: 'stubborn' });
    const { pid } = await ask(await started(partner));
    await partner.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('counts as not there when its address is refused', async () => {
    const onReady = () => Promise.reject(new Error('no room'));
    expect(await partnerOf({ onReady }).partner.start()).toEqual({
      ok: false,
      problem: 'its address could not be registered',
    });
  });

  it('ends by itself when the venue is killed', async () => {
    const owner = spawn(process.execPath, [fileOf('partner-owner.ts'), DOUBLE], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(owner.stdout, 'data')) as [Buffer];
    const { pid } = await ask(JSON.parse(line.toString()).port);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000 });
  });
});
