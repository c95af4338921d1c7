import type { OpenApiDocument } from '../openapi/document.ts';
import { tagList } from '../openapi/tags.ts';
import type { VenueIdentity } from '../venue-identity.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';
import { entriesOf } from './rest.ts';

/** Where to begin, and every operation in one list. */
export function overviewPage({ publicUrl, version }: VenueIdentity, document: OpenApiDocument): Page {
  const entries = entriesOf(document);
  const groups = tagList.map(({ name, description }) => {
    const page = name === 'Agent API' ? '/docs/agent' : '/docs/rest';
    const rows = entries
      .filter(({ operation }) => operation.tags[0] === name)
      .map(
        ({ method, path, operation }) => html`<tr><th scope="row"><a href="${page}#${operation.operationId}">
<span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></a></th><td>${operation.summary}</td></tr>`,
      );
    return html`<h3>${name}</h3><p>${description}</p><table><tbody>${rows}</tbody></table>`;
  });
  return {
    title: 'Reference',
    sections: [
      { id: 'begin', title: 'Begin here' },
      { id: 'conventions', title: 'Conventions' },
      { id: 'operations', title: 'All operations' },
    ],
    content: html`<section id="begin"><h2>Begin here</h2>
<p>OpenVenue ${version} at <code>${publicUrl}</code>. This reference is made from the contract that the venue itself checks requests with.
For machines: <a href="/openapi.json">OpenAPI 3.1</a> and <a href="/asyncapi.json">AsyncAPI 3</a>.</p>
<pre tabindex="0" aria-label="A first call"><code>curl ${publicUrl}/v1/public/market/depth?symbol=BTCUSDT&amp;limit=5</code></pre></section>
<section id="conventions"><h2>Conventions</h2><ul>
<li>Amounts, prices, quantities, rates and ratios are decimal strings, in and out.</li>
<li>Times are Unix milliseconds unless a field says seconds. Days begin at 00:00 UTC.</li>
<li>Ids that exceed 2^53 are strings of digits.</li>
<li>A session sends <code>Authorization: Bearer</code> with its access token. A key sends <code>X-API-KEY</code>, and
<code>timestamp</code> and <code>signature</code> in the query.</li>
<li>HTTP status 200 also carries refusals by a rule of the venue: read <code>code</code>.</li>
<li>Over a limit: 429, code 5003, and <code>Retry-After</code> in seconds.</li></ul></section>
<section id="operations"><h2>All operations</h2>${groups}</section>`,
  };
}
