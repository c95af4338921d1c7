import { createHmac } from 'node:crypto';
import { agentOperations, ERROR_CATALOGUE, operations } from '@openvenue/contract';
import { describe, expect, it } from 'vitest';
import { referenceFiles, referencePaths } from '../index.ts';
import { Html, html } from './html.ts';

const files = referenceFiles({ publicUrl: 'https://venue.example', version: '1.2.3' });
const textOf = (path: string): string => files.get(path)?.text ?? '';
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&#39;': "'", '&quot;': '"' };
/** A text of a page as a browser shows it. */
const shown = (text: string): string => text.replace(/&(?:amp|#39|quot);/g, (entity) => ENTITIES[entity] ?? '');
const pages = [...files].filter(([, { contentType }]) => contentType.startsWith('text/html'));

describe('HTML', () => {
  it('escapes texts and takes HTML as it is', () => {
    expect(html`<p title="${'"><script>'}">${"<b>&'"}${[html`<i>${1}</i>`, 'x']}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;<i>1</i>x</p>',
    );
    expect(html`${new Html('<hr>')}`.text).toBe('<hr>');
  });
});

describe('reference pages', () => {
  it('are the files that are announced', () =>
    expect([...files.keys()].toSorted()).toEqual([...referencePaths].toSorted()));

  it('show every operation under its own anchor', () => {
    for (const name of Object.keys(operations)) expect(textOf('/docs/rest')).toContain(`id="${name}"`);
    for (const name of Object.keys(agentOperations)) expect(textOf('/docs/agent')).toContain(`id="${name}"`);
  });

  it('show every error', () => {
    for (const { code, name } of ERROR_CATALOGUE)
      expect(textOf('/docs/errors')).toContain(`<th scope="row">${code}</th><td><code>${name}</code></td>`);
  });

  it('show a first call that a shell takes as one word', () => {
    const [, call = ''] = /aria-label="A first call"><code>([^<]*)</.exec(textOf('/docs')) ?? [];
    expect(shown(call)).toBe("curl 'https://venue.example/v1/public/market/depth?symbol=BTCUSDT&limit=5'");
  });

  it('show how a request is signed, with an example that is right', () => {
    const [, example = ''] = /aria-label="A signature"><code>([^<]*)</.exec(textOf('/docs')) ?? [];
    const [, payload = '', secret = '', signature = ''] =
      /^printf %s '([^']+)' \| openssl dgst -sha256 -hmac (\w+)\n(\w+)$/.exec(shown(example)) ?? [];
    expect(payload).toContain('timestamp=');
    expect(createHmac('sha256', secret).update(payload).digest('hex')).toBe(signature);
  });

  it('say what the checksum of the book is over', () => {
    expect(textOf('/docs/websocket')).toContain(
      'bid 1, ask 1, bid 2, ask 2 and so on, price:quantity each, joined by ',
    );
  });

  it.each(pages)('%s has unique anchors, and links that lead somewhere', (path, { text }) => {
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, href = ''] of text.matchAll(/ href="([^"]+)"/g)) {
      const [target = '', anchor] = href.split('#');
      const page = target === '' ? path : target;
      expect(files.has(page), href).toBe(true);
      if (anchor !== undefined) expect(textOf(page), href).toContain(` id="${anchor}"`);
    }
  });

  it.each(pages)('%s runs no script and names no other host', (_path, { text }) => {
    expect(text).not.toMatch(/<script|style="|javascript:/);
    expect(
      [...text.matchAll(/https?:\/\/[a-z0-9.-]+/g)].map(([url]) => url).filter((url) => !/example/.test(url)),
    ).toEqual([]);
  });
});
