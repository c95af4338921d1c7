import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenMode } from './file-system.ts';
import { nodeFileSystem } from './node-file-system.ts';

const O_DSYNC = 0o10000;

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openvenue-files-'));
  path = join(folder, 'file');
  await writeFile(path, 'before');
});

afterEach(() => rm(folder, { recursive: true }));

const textOf = (bytes: string) => new TextEncoder().encode(bytes);

describe('node file system', () => {
  it.each<OpenMode>(['durable', 'update'])('writes in place to a file opened to %s', async (mode) => {
    const file = await nodeFileSystem.open(path, mode);
    expect(await file.write(textOf('xy'), 1)).toBe(2);
    expect(file.writeNow(textOf('tail'), 6)).toBe(4);
    expect(await file.size()).toBe(10);
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('bxyoretail');
  });

  it('does not make a file that is not there', async () => {
    await expect(nodeFileSystem.open(`${path}2`, 'durable')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.runIf(process.platform === 'linux')('LOG-5: on Linux the kernel syncs each write to a durable file', async () => {
    for (const mode of ['durable', 'update'] as const) {
      const file = await nodeFileSystem.open(path, mode);
      expect((await flagsOf(path)) & O_DSYNC, mode).toBe(mode === 'durable' ? O_DSYNC : 0);
      await file.close();
    }
  });
});

/** What this process has opened a file with, as the kernel says. */
async function flagsOf(wanted: string): Promise<number> {
  for (const fd of await readdir('/proc/self/fd')) {
    const target = await readlink(`/proc/self/fd/${fd}`).catch(() => undefined);
    if (target !== wanted) continue;
    const info = await readFile(`/proc/self/fdinfo/${fd}`, 'utf8');
    return Number.parseInt(/^flags:\s*(\d+)$/m.exec(info)?.[1] ?? '', 8);
  }
  throw new Error(`${wanted} is not open`);
}
