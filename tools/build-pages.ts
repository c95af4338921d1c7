import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { hashOfInputs } from './page-inputs.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
/** Link to the folder of the newest build; its swap is what makes a build the current one, in one step. */
const CURRENT = 'pages';
/** A draft older than this was left by a build that was cut off. */
const ABANDONED_MS = 3_600_000;

export interface Part {
  readonly workspace: string;
  readonly output: string;
  readonly mode: string;
}

const PARTS: readonly Part[] = [
  { workspace: 'apps/terminal', output: 'terminal', mode: 'production' },
  { workspace: 'packages/widget', output: 'widget', mode: 'production' },
  { workspace: 'packages/widget', output: 'widget-module', mode: 'module' },
];

export interface BuildOptions {
  /** Folder that gets `pages` and what it links to. */
  readonly dist: string;
  readonly parts: readonly Part[];
}

/**
 * Builds terminal and widget into `dist/pages` unless they are there in their present state. Several may run at once: each
 * builds into a draft of its own, and a finished one becomes current in one step.
 * @returns whether anything was built. @throws Error with what the build tool says
 */
export async function buildPages({ dist, parts }: BuildOptions = { dist: DIST, parts: PARTS }): Promise<boolean> {
  const name = `${CURRENT}-${hashOfInputs(ROOT)}`;
  const folder = join(dist, name);
  if ((await linkedFolder(dist)) === name && existsSync(folder)) return false;
  await mkdir(dist, { recursive: true });
  if (!existsSync(folder)) await build(folder, parts);
  await makeCurrent(dist, name);
  await clear(dist, name);
  return true;
}

/** Before the first end-to-end test. */
export async function setup(): Promise<void> {
  await buildPages();
}

async function build(folder: string, parts: readonly Part[]): Promise<void> {
  const draft = await mkdtemp(join(folder, '..', 'draft-'));
  try {
    const runs = await Promise.allSettled(parts.map((part) => runVite(part, join(draft, part.output))));
    for (const run of runs) if (run.status === 'rejected') throw run.reason;
    await Promise.all(parts.map(({ output }) => compressAll(join(draft, output))));
    await chmod(draft, 0o755);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process has finished the same build in the meantime.
    if (existsSync(folder)) return;
    throw error;
  }
}

function runVite({ workspace, output, mode }: Part, outputFolder: string): Promise<void> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  if (!existsSync(vite)) throw new Error('vite is not installed: run "npm ci" first');
  const child = spawn(
    process.execPath,
    [vite, 'build', '--mode', mode, '--outDir', outputFolder, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: join(ROOT, workspace),
      // A test runner's own mode would make a development build.
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  const hear = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-SAID_MAX_LENGTH);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`the ${output} of ${workspace} could not be built (${code ?? signal}):\n${said.trim()}`));
    });
  });
}

const SAID_MAX_LENGTH = 10_000;

const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.map', '.svg', '.txt']);
const COMPRESSORS = [
  { suffix: '.br', compress: promisify(brotliCompress) },
  { suffix: '.gz', compress: (plain: Buffer) => promisify(gzip)(plain, { level: constants.Z_BEST_COMPRESSION }) },
] as const;

/** Puts the compressed forms beside each file that they make smaller; brotli does its best by default. */
async function compressAll(folder: string): Promise<void> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => COMPRESSIBLE.has(extname(path)));
  await Promise.all(
    paths.map(async (path) => {
      const plain = await readFile(join(folder, path));
      for (const { suffix, compress } of COMPRESSORS) {
        const compressed = await compress(plain);
        if (compressed.length < plain.length) await writeFile(join(folder, path + suffix), compressed);
      }
    }),
  );
}

async function linkedFolder(dist: string): Promise<string | undefined> {
  try {
    return await readlink(join(dist, CURRENT));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeCurrent(dist: string, name: string): Promise<void> {
  const link = await mkdtemp(join(dist, 'draft-'));
  await symlink(name, join(link, CURRENT));
  await rename(join(link, CURRENT), join(dist, CURRENT));
  await rm(link, { recursive: true });
}

/** Keeps the build before this one, which a venue may be reading at this moment. */
async function clear(dist: string, current: string): Promise<void> {
  const remove = (name: string): Promise<void> => rm(join(dist, name), { recursive: true, force: true });
  const builds: { readonly name: string; readonly atMs: number }[] = [];
  for (const name of await readdir(dist)) {
    // One that is gone was taken away by another process.
    const atMs = (await stat(join(dist, name)).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (name.startsWith('draft-') && Date.now() - atMs > ABANDONED_MS) await remove(name);
    else if (name.startsWith(`${CURRENT}-`) && name !== current) builds.push({ name, atMs });
  }
  builds.sort((a, b) => b.atMs - a.atMs);
  for (const { name } of builds.slice(1)) await remove(name);
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.env['OPENVENUE_PAGES'] === undefined) {
  const startedAt = performance.now();
  try {
    if (await buildPages()) {
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      process.stdout.write(`Built the terminal and the widget in ${seconds} s.\n`);
    }
  } catch (error) {
    process.stderr.write(`The pages could not be built: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
