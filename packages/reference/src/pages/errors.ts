import { AGENT_ERROR_CATALOGUE, ERROR_CATALOGUE } from '@openvenue/contract';
import { type Html, html } from './html.ts';
import type { Page } from './layout.ts';

interface Entry {
  readonly code: number;
  readonly name: string;
  readonly message: string;
  readonly meaning: string;
  readonly httpStatus?: number;
}

/** Both error catalogues. */
export const errorsPage: Page = {
  title: 'Errors',
  sections: [
    { id: 'developer-api', title: 'Developer API and WebSocket' },
    { id: 'agent-api', title: 'Agent API' },
  ],
  content: html`<p>Decide by <code>code</code>; messages are for people and may change. <code>details</code> names the field, its value and
the rule. Codes 5001 and 5002, and a call without any reply, leave open what has happened: repeat it with the same
<code>clientOrderId</code> or order number, or ask for the state.</p>
<section id="developer-api"><h2>Developer API and WebSocket</h2>${table(ERROR_CATALOGUE)}</section>
<section id="agent-api"><h2>Agent API</h2><p>HTTP status 200 throughout.</p>${table(AGENT_ERROR_CATALOGUE)}</section>`,
};

function table(entries: readonly Entry[]): Html {
  return html`<table>
<thead><tr><th scope="col">Code</th><th scope="col">Name</th><th scope="col">HTTP</th><th scope="col">Meaning</th></tr></thead>
<tbody>${entries.map(
    ({ code, name, meaning, httpStatus = 200 }) =>
      html`<tr><th scope="row">${code}</th><td><code>${name}</code></td><td>${httpStatus}</td><td>${meaning}</td></tr>`,
  )}</tbody>
</table>`;
}
