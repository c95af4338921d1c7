import { operations, RequestFrame } from '@openvenue/contract';
import { exampleOf, type JsonSchema, plainSchema, requiredPart } from '../json-schema.ts';

/** A message of the socket. */
export interface Message {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly payload: JsonSchema;
  readonly examples: readonly { readonly payload: unknown }[];
}

/** A request with the reply that acknowledges it. */
export interface Request extends Message {
  readonly op: string;
  readonly reply: 'subscriptionReply' | 'pongReply' | 'orderReply';
}

const frame = plainSchema(RequestFrame);

const TOPICS = ['market.depth.BTCUSDT', 'market.trade.BTCUSDT'];

/** Every request of a client. */
export const requests: readonly Request[] = [
  topicRequest('subscribe', 'Subscribe to public topics; each gives its present value at once'),
  topicRequest('unsubscribe', 'End subscriptions'),
  {
    ...request('ping', 'Ask for a pong with the time of the venue'),
    payload: framed('ping', undefined),
    examples: [{ payload: { id: '1', op: 'ping' } }],
    reply: 'pongReply',
  },
  orderRequest('order.place', 'placeOrder'),
  orderRequest('order.cancel', 'cancelOrder'),
  orderRequest('order.move', 'moveOrder'),
];

function topicRequest(op: 'subscribe' | 'unsubscribe', summary: string): Request {
  const topic = { type: 'string', description: 'Public topic', examples: TOPICS };
  const args = { ...frame.properties?.['args'], items: topic };
  return {
    ...request(op, summary),
    payload: framed(op, args),
    examples: [{ payload: { id: '1', op, args: TOPICS } }],
    reply: 'subscriptionReply',
  };
}

function orderRequest(op: string, name: 'placeOrder' | 'cancelOrder' | 'moveOrder'): Request {
  const { summary, documentedBody } = operations[name];
  const body = { ...plainSchema(documentedBody), additionalProperties: false };
  const args = {
    type: 'array',
    description: 'One object: the body of the REST call',
    minItems: 1,
    maxItems: 1,
    items: body,
  };
  return {
    ...request(op, `${summary}; on a private connection with trade permission`),
    payload: framed(op, args),
    examples: [{ payload: { id: '1', op, args: [exampleOf(requiredPart(body))] } }],
    reply: 'orderReply',
  };
}

function request(op: string, summary: string): Pick<Request, 'op' | 'name' | 'title' | 'summary'> {
  return { op, name: op, title: op, summary };
}

function framed(op: string, args: JsonSchema | undefined): JsonSchema {
  const id = frame.properties?.['id'] ?? {};
  const opField = { const: op, description: 'What to do', examples: [op] };
  return {
    type: 'object',
    required: args === undefined ? ['op'] : ['op', 'args'],
    properties: args === undefined ? { id, op: opField } : { id, op: opField, args },
  };
}
