import { marketPushes, type Push, userPushes } from '../asyncapi/pushes.ts';
import { replies } from '../asyncapi/replies.ts';
import { type Message, requests } from '../asyncapi/requests.ts';
import { CLOSE_CODES, CONNECTION, LIMITS } from '../asyncapi/words.ts';
import { fieldTable } from './fields.ts';
import { type Html, html, NOTHING } from './html.ts';
import { jsonBlock, type Page } from './layout.ts';

const GROUPS = [
  { id: 'requests', title: 'Requests', messages: requests },
  { id: 'replies', title: 'Replies', messages: Object.values(replies) },
  { id: 'public-topics', title: 'Public topics', messages: marketPushes },
  { id: 'private-channel', title: 'Private channel', messages: userPushes },
] as const;

/** The WebSocket: its requests, replies and pushes. */
export function websocketPage(publicUrl: string): Page {
  const url = `${publicUrl.replace(/^http/, 'ws')}/ws`;
  return {
    title: 'WebSocket',
    sections: GROUPS.map(({ id, title }) => ({ id, title })),
    content: html`<p><code>${url}</code></p><p>${CONNECTION}</p><p>${LIMITS}</p><p>${CLOSE_CODES}</p>
${GROUPS.map(({ id, title, messages }) => html`<section id="${id}"><h2>${title}</h2>${messages.map(section)}</section>`)}`,
  };
}

const section = (message: Message | Push): Html => html`<section id="${message.name}">
<h3><code>${'topic' in message ? message.topic : message.title}</code></h3>
<p>${message.summary}.${'topic' in message && message.title !== message.name ? NOTHING : html` <code>${message.name}</code>`}</p>
${fieldTable(message.payload, 'Frame')}
${message.examples.map(({ payload }) => jsonBlock('Example of a frame', payload))}
</section>`;
