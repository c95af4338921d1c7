import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolderError, makeDataFolder } from './data-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'data-folder-'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the data folder', () => {
  it('is made with those above it, for its owner only, and kept as it is when it is there', () => {
    const folder = join(root, 'a', 'b');
    makeDataFolder(folder);
    expect([statSync(join(root, 'a')).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o700, 0o700]);
    writeFileSync(join(folder, 'log'), '');
    makeDataFolder(folder);
    expect(readdirSync(folder)).toEqual(['log']);
  });

  it('is refused where a file is in the way, or a link that leads nowhere', () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    symlinkSync(join(root, 'nowhere'), join(root, 'link'));
    expect(() => makeDataFolder(file)).toThrow(`OPENVENUE_DATA is "${file}", which is no folder`);
    expect(() => makeDataFolder(join(file, 'x'))).toThrow(/^OPENVENUE_DATA is ".*x", which cannot be made: ENOTDIR/);
    expect(() => makeDataFolder(join(root, 'link'))).toThrow(DataFolderError);
  });

  it('is refused at once under /proc, where nothing can be made', () => {
    for (const folder of ['/proc/data', '/proc/1/data/x'])
      expect(() => makeDataFolder(folder)).toThrow(`OPENVENUE_DATA is "${folder}", which cannot be made`);
  });

  it('is refused where it may not be written, which root may everywhere', () => {
    chmodSync(root, 0o500);
    const isRoot = process.getuid?.() === 0;
    for (const folder of [root, join(root, 'x')]) {
      if (isRoot) expect(() => makeDataFolder(folder)).not.toThrow();
      else expect(() => makeDataFolder(folder)).toThrow(DataFolderError);
    }
    expect(existsSync(join(root, 'x'))).toBe(isRoot);
  });
});
