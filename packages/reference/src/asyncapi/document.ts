import { ConnectQuery, WS_PATH } from '@openvenue/contract';
import { plainSchema } from '../json-schema.ts';
import type { VenueIdentity } from '../venue-identity.ts';
import { marketPushes, userPushes } from './pushes.ts';
import { replies } from './replies.ts';
import { type Message, requests } from './requests.ts';
import { CLOSE_CODES, CONNECTION, LIMITS } from './words.ts';

/** The document as far as its readers here look into it. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly operations: Readonly<Record<string, object>>;
  readonly components: Readonly<Record<'messages' | 'securitySchemes', Readonly<Record<string, object>>>>;
  readonly [field: string]: unknown;
}

const SECURITY_SCHEMES = {
  listenKey: { type: 'httpApiKey', in: 'query', name: 'listenKey', description: 'Listen key of a user' },
  token: { type: 'httpApiKey', in: 'query', name: 'token', description: 'Access token of a login session' },
};
const OF_A_USER = [{ $ref: '#/components/securitySchemes/listenKey' }, { $ref: '#/components/securitySchemes/token' }];

const CHANNEL = { $ref: '#/channels/socket' };

/** The AsyncAPI document of the WebSocket: the contract itself, written in that form. */
export function asyncApiDocument({ publicUrl, version }: VenueIdentity): AsyncApiDocument {
  const { protocol, host } = new URL(publicUrl);
  const messages: readonly Message[] = [...requests, ...Object.values(replies), ...marketPushes, ...userPushes];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'OpenVenue WebSocket',
      version,
      description: `${CONNECTION} ${LIMITS} ${CLOSE_CODES}`,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      tags: [
        { name: 'Market data', description: 'Public topics.' },
        { name: 'Private channel', description: 'Events of one account.' },
        { name: 'Order entry', description: 'Orders on the socket.' },
      ],
    },
    servers: { venue: { host, protocol: protocol === 'https:' ? 'wss' : 'ws', description: 'This venue' } },
    channels: {
      socket: {
        address: WS_PATH,
        title: 'The one socket of the venue',
        description: CONNECTION,
        messages: Object.fromEntries(
          messages.map(({ name }) => [idOf(name), { $ref: `#/components/messages/${idOf(name)}` }]),
        ),
        bindings: { ws: { method: 'GET', query: plainSchema(ConnectQuery), bindingVersion: '0.1.0' } },
      },
    },
    operations: operationsOf(),
    components: {
      securitySchemes: SECURITY_SCHEMES,
      messages: Object.fromEntries(messages.map((message) => [idOf(message.name), messageOf(message)])),
    },
  };
}

/** Keys of components may hold no more than letters, digits, dots, dashes and underscores; ours have no dots, for references. */
const idOf = (name: string): string => name.replaceAll('.', '_');

function messageOf({ name, title, summary, payload, examples }: Message): object {
  const hasId = payload.properties?.['id'] !== undefined;
  return {
    name,
    title,
    summary,
    contentType: 'application/json',
    ...(hasId ? { correlationId: { location: '$message.payload#/id', description: 'Chosen by the client' } } : {}),
    payload,
    examples,
  };
}

const reference = (name: string): object => ({ $ref: `#/channels/socket/messages/${idOf(name)}` });

/** As the venue sees it: it receives requests and answers them, and sends pushes. */
function operationsOf(): Readonly<Record<string, object>> {
  const received = requests.map(({ name, summary, reply }) => {
    const answers = { channel: CHANNEL, messages: [reference(reply), reference(replies.errorReply.name)] };
    const security = reply === 'orderReply' ? { security: OF_A_USER } : {};
    return [
      `receive_${idOf(name)}`,
      { ...operation('receive', name, summary), title: name, ...security, reply: answers },
    ];
  });
  const sent = [
    ...marketPushes.map((push) => ({ ...push, security: undefined })),
    ...userPushes.map((push) => ({ ...push, security: OF_A_USER })),
    { ...replies.authReply, topic: 'auth', security: OF_A_USER },
  ].map(({ name, summary, topic, security }) => [
    `send_${idOf(name)}`,
    { ...operation('send', name, summary), title: topic, security },
  ]);
  return Object.fromEntries([...received, ...sent]) as Readonly<Record<string, object>>;
}

const operation = (action: 'receive' | 'send', message: string, summary: string) => ({
  action,
  channel: CHANNEL,
  summary,
  messages: [reference(message)],
});
