import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOT } from '../source-files.ts';

/** Packages that are copied; their tests need no other. */
const COPIED = ['money', 'core'];
const LEFT_OUT = new Set(['node_modules', 'dist']);

/** A new folder with the sources of the core and what they stand on, where files may be changed. @returns its real path */
export function copySources(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mutation-')));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@openvenue'), { recursive: true });
  copyFileSync(join(ROOT, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  for (const name of COPIED) {
    const workspace = join('packages', name);
    const filter = (path: string): boolean => !LEFT_OUT.has(basename(path));
    cpSync(join(ROOT, workspace), join(folder, workspace), { recursive: true, filter });
    symlinkSync(join(folder, workspace), join(modules, '@openvenue', name));
  }
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name === '@openvenue' || name.startsWith('.')) continue;
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  return folder;
}
