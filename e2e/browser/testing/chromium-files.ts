import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache');
const UNPACK = fileURLToPath(new URL('./unpack-chromium.ts', import.meta.url));
const CHINESE_WEIGHTS = ['400Regular', '500Medium', '600SemiBold'];

/** What has to be started, and what it needs to know. */
export interface ChromiumProgram {
  readonly executablePath: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * A Chromium that needs no download: the one that `CHROMIUM_PATH` names, else the one inside an npm package, which is unpacked
 * into `node_modules/.cache` the first time.
 */
export async function findChromium(): Promise<ChromiumProgram> {
  const own = process.env['CHROMIUM_PATH'];
  if (own !== undefined && own !== '') return { executablePath: own, environment: {} };
  const manifest = await packageFolder('@sparticuz/chromium');
  const { version } = JSON.parse(await readFile(join(manifest, 'package.json'), 'utf8')) as { version: string };
  const folder = join(CACHE, `chromium-${version}`);
  if (!existsSync(folder)) await unpackInto(folder, join(manifest, 'bin'));
  const fonts = join(folder, 'fonts.conf');
  return {
    executablePath: join(folder, 'chromium'),
    environment: { FONTCONFIG_FILE: fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') },
  };
}

/** Unpacks beside the folder and renames, so that the folder is whole as soon as it is there, whoever else unpacks. */
async function unpackInto(folder: string, archives: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  try {
    const child = spawn(process.execPath, [UNPACK, archives], {
      env: { ...process.env, TMPDIR: draft },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`Chromium could not be unpacked: the unpacking ended with ${code}`);
    await writeFile(join(draft, 'fonts.conf'), await fontsConfiguration(folder));
    await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
      // Another process was first.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Without a configuration of its own no text is drawn where the system has no fonts; the package's fonts have no Chinese. */
async function fontsConfiguration(folder: string): Promise<string> {
  const chinese = await packageFolder('@expo-google-fonts/noto-sans-sc');
  const folders = [join(folder, 'fonts'), ...CHINESE_WEIGHTS.map((weight) => join(chinese, weight))];
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...folders.map((each) => `  <dir>${each}</dir>`),
    `  <cachedir>${join(folder, 'font-cache')}</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n');
}

/** Some packages do not export their manifest, so the file is looked for and not imported. */
async function packageFolder(name: string): Promise<string> {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const found = paths.map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')));
  if (found === undefined) throw new Error(`${name} is not installed: run npm ci`);
  return dirname(join(found, 'package.json'));
}
