import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, ROOT, shippedFiles, workspaces } from './source-files.ts';

/**
 * Which packages of ours a workspace may import. The core and the contract never know each other (the gateway maps between
 * them), money and log know nobody, and nothing imports an app.
 */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  'packages/money': [],
  'packages/core': ['money'],
  'packages/log': [],
  'packages/contract': [],
  'packages/sequencer': ['core', 'log'],
  'packages/views': ['core', 'money'],
  'packages/prices': ['core', 'money'],
  'packages/reference': ['contract'],
  'packages/gateway': ['contract', 'core', 'money', 'reference', 'sequencer', 'views'],
  'packages/webhooks': [],
  'packages/api-client': ['contract'],
  'packages/agent-sdk': [],
  'packages/bridge': [],
  'packages/widget': ['bridge'],
  'packages/ui': [],
  'apps/terminal': ['api-client', 'bridge', 'money', 'ui'],
  'examples/developer': ['api-client'],
  'examples/partner': ['agent-sdk'],
  'apps/venue': ['core', 'gateway', 'log', 'money', 'prices', 'sequencer', 'views', 'webhooks'],
};
/** Packages that run anywhere: no module of the platform. */
const WITHOUT_PLATFORM = new Set([
  'packages/money',
  'packages/core',
  'packages/contract',
  'packages/prices',
  'packages/reference',
  'packages/api-client',
  'packages/bridge',
  'packages/widget',
  'packages/ui',
  'apps/terminal',
]);
/** `prices` reads its bundled candles. */
const PLATFORM_EXCEPTIONS: ReadonlySet<string> = new Set(['packages/prices/src/replay/candles.ts']);
const BUILTINS = new Set(builtinModules);

describe.each(workspaces())('doors of %s', (workspace) => {
  const allowed = DOORS[workspace];
  const manifest = JSON.parse(readFileSync(join(ROOT, workspace, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  const files = shippedFiles(workspace);

  it('is in the table of doors', () => expect(allowed).toBeDefined());

  it('imports only what its doors allow, by name, and declares all of it', () => {
    const faults: string[] = [];
    const used = new Set<string>();
    for (const file of files) {
      for (const specifier of importsOf(file)) {
        const fault = faultOf(workspace, { specifier, path: file.path }, used);
        if (fault !== undefined) faults.push(`${file.path} imports ${specifier}: ${fault}`);
      }
    }
    const declared = Object.keys(manifest.dependencies ?? {});
    for (const name of used) if (!declared.includes(name)) faults.push(`${name} is imported but not declared`);
    for (const name of declared) if (!used.has(name)) faults.push(`${name} is declared but not imported`);
    expect(faults).toEqual([]);
  });
});

function faultOf(workspace: string, found: { specifier: string; path: string }, used: Set<string>): string | undefined {
  const { specifier, path } = found;
  if (specifier === '../package.json') return undefined;
  if (specifier.startsWith('.')) {
    return join(path, '..', specifier).startsWith(join(workspace, 'src')) ? undefined : 'leaves the package';
  }
  if (specifier.startsWith('node:')) {
    return WITHOUT_PLATFORM.has(workspace) && !PLATFORM_EXCEPTIONS.has(path) ? 'runs without the platform' : undefined;
  }
  if (BUILTINS.has(specifier)) return 'write node: before platform modules';
  const own = /^@openvenue\/([^/]+)(\/.*)?$/.exec(specifier);
  if (own === null) {
    used.add(
      specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : (specifier.split('/')[0] as string),
    );
    return undefined;
  }
  used.add(`@openvenue/${own[1]}`);
  if (own[2] === '/testing') return 'test fixtures do not ship';
  if (own[2] !== undefined) return 'goes around the door';
  return DOORS[workspace]?.includes(own[1] as string) ? undefined : 'no such door';
}
