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
      { id: 'signing', title: 'Signing' },
      { id: 'operations', title: 'All operations' },
    ],
    content: html`<section id="begin"><h2>Begin here</h2>
<p>OpenVenue ${version} at <code>${publicUrl}</code>. This reference is made from the contract that the venue itself checks requests with.
For machines: <a href="/openapi.json">OpenAPI 3.1</a> and <a href="/asyncapi.json">AsyncAPI 3</a>.</p>
<pre tabindex="0" aria-label="A first call"><code>curl '${publicUrl}/v1/public/market/depth?symbol=BTCUSDT&amp;limit=5'</code></pre></section>
<section id="conventions"><h2>Conventions</h2><ul>
<li>Amounts, prices, quantities, rates and ratios are decimal strings, in and out.</li>
<li>Times are Unix milliseconds unless a field says seconds. Days begin at 00:00 UTC.</li>
<li>Ids that exceed 2^53 are strings of digits.</li>
<li>A session sends <code>Authorization: Bearer</code> with its access token. A key <a href="#signing">signs</a>.</li>
<li>HTTP status 200 also carries refusals by a rule of the venue: read <code>code</code>.</li>
<li>Over a limit: 429, code 5003, and <code>Retry-After</code> in seconds.</li></ul></section>
<section id="signing"><h2>Signing with an API key</h2>
<p>The header <code>X-API-KEY</code> names the key. Write the query with <code>timestamp</code> in it (Unix milliseconds, at most 10 s from
<a href="/docs/rest#getTime">the time of the venue</a>) and append the body as it will be sent, nothing between the two. The lowercase hex
HMAC-SHA256 of that text, keyed with the secret as it was shown, goes into the query as <code>signature</code>. The venue reorders and
decodes nothing. Under <code>/v1/private/order</code>, and for writes under <code>/v1/private/position</code>, a signature is taken once: sign a
repetition with a new timestamp.</p>
<pre tabindex="0" aria-label="A signature"><code>printf %s 'symbol=ETHUSDT&amp;timestamp=1772007815000' | openssl dgst -sha256 -hmac 00112233445566778899aabbccddeeff
8566eb6c83c230cdb138e14b060470e74b74ebf0fcd5788b7c3dd7e68a719fae</code></pre></section>
<section id="operations"><h2>All operations</h2>${groups}</section>`,
  };
}
