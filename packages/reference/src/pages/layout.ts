import { type Html, html } from './html.ts';

export interface Page {
  readonly title: string;
  /** Anchors of the page's sections, for the list at its side. */
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  readonly content: Html;
}

const PAGES = [
  ['/docs', 'Overview'],
  ['/docs/rest', 'REST'],
  ['/docs/websocket', 'WebSocket'],
  ['/docs/agent', 'Agent API'],
  ['/docs/errors', 'Errors'],
] as const;

/** Path of the one style sheet of the pages. */
export const STYLE_PATH = '/docs/style.css';

/** A whole page. It has no script, and no style but the one sheet. */
export function layout(path: string, { title, sections, content }: Page): string {
  const links = PAGES.map(([href, name]) =>
    href === path
      ? html`<li><a href="${href}" aria-current="page">${name}</a></li>`
      : html`<li><a href="${href}">${name}</a></li>`,
  );
  const anchors = sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · OpenVenue</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><strong>OpenVenue</strong><nav aria-label="Reference"><ul>${links}</ul></nav></header>
<div class="columns">
<nav class="sections" aria-label="On this page"><ul>${anchors}</ul></nav>
<main id="content">
<h1>${title}</h1>
${content}
</main>
</div>
</body>
</html>
`;
  return page.text;
}

/** Text as JSON in a block that can be scrolled by keyboard. */
export const jsonBlock = (label: string, value: unknown): Html =>
  html`<pre tabindex="0" aria-label="${label}"><code>${JSON.stringify(value, null, 2)}</code></pre>`;
