import type { OpenApiDocument } from '../openapi/document.ts';
import { tagList } from '../openapi/tags.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';
import { type Operation, operationSection } from './operation-section.ts';

const AGENT_TAG = 'Agent API';

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The Developer API by groups. */
export function restPage(document: OpenApiDocument): Page {
  const entries = entriesOf(document);
  const tags = tagList.filter(({ name }) => name !== AGENT_TAG);
  const groups = tags.map(({ name, description }) => {
    const own = entries.filter(({ operation }) => operation.tags[0] === name);
    return html`<section id="${anchorOf(name)}"><h2>${name}</h2><p>${description}</p>
${own.map(({ method, path, operation }) => operationSection(method, path, operation))}</section>`;
  });
  return {
    title: 'REST API',
    sections: tags.map(({ name }) => ({ id: anchorOf(name), title: name })),
    content: html`<p>Every reply is an envelope: <code>code</code> 0 and <code>data</code>, or another code and no data.
The tables name the fields of <code>data</code>.</p>${groups}`,
  };
}

/** The Agent API and the webhooks. */
export function agentPage(document: OpenApiDocument): Page {
  const calls = entriesOf(document).filter(({ operation }) => operation.tags[0] === AGENT_TAG);
  const webhooks = Object.entries(document.webhooks) as [string, { readonly post: Operation }][];
  return {
    title: 'Agent API and webhooks',
    sections: [
      ...calls.map(({ path, operation }) => ({ id: operation.operationId, title: path.replace('/v1/agent/', '') })),
      ...webhooks.map(([event]) => ({ id: event, title: event })),
    ],
    content: html`<p>Calls of a partner’s back end, signed with the secret of the agent. Every reply has HTTP status 200 and is flat:
<code>code</code> tells what happened.</p>
<h2>Calls</h2>${calls.map(({ method, path, operation }) => operationSection(method, path, operation))}
<h2>Webhooks</h2>${webhooks.map(([event, { post }]) => operationSection('post', event, post))}`,
  };
}

export const anchorOf = (title: string): string => title.toLowerCase().replaceAll(' ', '-');

export const entriesOf = (document: OpenApiDocument): readonly Entry[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation: operation as Operation })),
  );
