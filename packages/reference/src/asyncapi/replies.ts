import { AuthReply, ErrorReply, OrderOpReply, PongReply, SubscriptionReply } from '@openvenue/contract';
import { exampleOf, plainSchema } from '../json-schema.ts';
import type { Message } from './requests.ts';

const reply = (name: string, summary: string, schema: object): Message => {
  const payload = plainSchema(schema);
  return { name, title: name, summary, payload, examples: [{ payload: exampleOf(payload) }] };
};

/** What the venue answers on the socket. */
export const replies = {
  authReply: reply('authReply', 'First message of a private connection', AuthReply),
  subscriptionReply: reply('subscriptionReply', 'Acknowledges subscribe and unsubscribe', SubscriptionReply),
  pongReply: reply('pongReply', 'Answers ping', PongReply),
  orderReply: reply('orderReply', 'Answers an order operation', OrderOpReply),
  errorReply: reply('errorReply', 'Refuses a request; the connection stays open', ErrorReply),
} as const;
