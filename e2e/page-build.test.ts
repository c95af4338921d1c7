import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildPages, type Part } from '../tools/build-pages.ts';

const WIDGET: Part = { workspace: 'packages/widget', output: 'widget', mode: 'production' };
/** It has no page to build. */
const BROKEN: Part = { workspace: 'packages/money', output: 'terminal', mode: 'production' };

let dist: string;
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'openvenue-dist-'));
});
afterEach(() => rmSync(dist, { recursive: true, force: true }));

describe('the build of the pages', () => {
  it('is made once, by however many at the same time, with its compressed forms', async () => {
    const parts = [WIDGET];
    await Promise.all([buildPages({ dist, parts }), buildPages({ dist, parts })]);
    expect(readdirSync(dist)).toEqual(['pages', expect.stringMatching(/^pages-[0-9a-f]{16}$/)]);
    const folder = join(dist, 'pages/widget');
    const script = readFileSync(join(folder, 'index.js'), 'utf8');
    expect(script).toContain('TradingWidget');
    expect(gunzipSync(readFileSync(join(folder, 'index.js.gz'))).toString()).toBe(script);
    expect(brotliDecompressSync(readFileSync(join(folder, 'index.js.br'))).toString()).toBe(script);
    expect(await buildPages({ dist, parts })).toBe(false);
  });

  it('keeps one older build, and takes the others away', async () => {
    for (const name of ['pages-old', 'pages-older', 'draft-of-another']) await mkdir(join(dist, name));
    await buildPages({ dist, parts: [WIDGET] });
    const left = readdirSync(dist).filter((name) => name !== 'pages');
    expect(left.filter((name) => name.startsWith('draft-'))).toEqual(['draft-of-another']);
    expect(left.filter((name) => name.startsWith('pages-'))).toHaveLength(2);
  });

  it('that fails says why, and leaves nothing', async () => {
    await expect(buildPages({ dist, parts: [WIDGET, BROKEN] })).rejects.toThrow(
      /the terminal of packages\/money could not be built \(1\):\n.*index\.html/s,
    );
    expect(readdirSync(dist)).toEqual([]);
  });
});
