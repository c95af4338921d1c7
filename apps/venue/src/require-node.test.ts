import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);

/** Runs a program as a Node that says it is of that version. */
function runAs(version: string, program: string) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const { status, stderr } = spawnSync(process.execPath, ['--import', preload, program], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stderr };
}

it.each([
  ['20.20.2', 1],
  ['22.20.0', 1],
  ['24.8.9', 1],
  ['24.9.0', 0],
  ['24.21.0', 0],
  ['25.0.0', 0],
])('Node %s: status %i', (version, status) => {
  const message = `OpenVenue needs Node 24.9 or newer, and this is ${version}.\n`;
  expect(runAs(version, 'apps/venue/src/require-node.js')).toEqual({ status, stderr: status === 0 ? '' : message });
});

it.each(['apps/venue/src/main.ts', 'apps/venue/src/rebuild/main.ts'])('%s refuses an old one itself', (program) => {
  expect(runAs('22.20.0', program)).toMatchObject({ status: 1, stderr: expect.stringContaining('needs Node 24.9') });
});

it('npm start and the guides ask for the same', () => {
  const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
  expect(JSON.parse(read('package.json'))).toMatchObject({ engines: { node: '>=24.9' } });
  for (const guide of ['README.md', 'docs/guides/partner-quick-start.md'])
    expect(read(guide)).toContain('Node 24.9 or newer');
});
