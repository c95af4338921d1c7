import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const PAGES = new URL('../dist/pages/', import.meta.url);
const kilobytes = (path: string): number => gzipSync(readFileSync(new URL(path, PAGES)), { level: 9 }).length / 1_024;

/** Scripts that the page names, and what these import before they run. */
function firstLoad(): readonly string[] {
  const html = readFileSync(new URL('terminal/index.html', PAGES), 'utf8');
  const found = new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] as string));
  for (const path of found) {
    const script = readFileSync(new URL(`terminal/${path}`, PAGES), 'utf8');
    for (const match of script.matchAll(/\b(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
      found.add(`assets/${match[1]}`);
  }
  return [...found];
}

describe('what a browser has to load', () => {
  it('for the widget is at most 6 kB', () => {
    expect(kilobytes('widget/index.js')).toBeLessThanOrEqual(6);
  });

  it('before the terminal shows is at most 140 kB of script, the chart not among it', () => {
    const paths = firstLoad();
    expect(paths.length).toBeGreaterThan(1);
    expect(paths.filter((path) => path.includes('klinecharts'))).toEqual([]);
    const total = paths.reduce((sum, path) => sum + kilobytes(`terminal/${path}`), 0);
    expect(total).toBeLessThanOrEqual(140);
    expect(total).toBeGreaterThan(20);
  });

  it('for the chart is at most 60 kB more', () => {
    const charts = readdirSync(fileURLToPath(new URL('terminal/assets/', PAGES))).filter((name) =>
      /^klinecharts.*\.js$/.test(name),
    );
    expect(charts).toHaveLength(1);
    expect(kilobytes(`terminal/assets/${charts[0]}`)).toBeLessThanOrEqual(60);
  });
});
