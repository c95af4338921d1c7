import { type Static, Type } from 'typebox';
import { missing, type Problem, problemOf, type Validation } from '../problem.ts';
import type { BodyOf } from '../rest/routes.ts';
import { operations } from '../rest/routes.ts';
import { oneOf } from '../scalars.ts';
import { compileValidator, type Validator } from '../validation.ts';
import { frameId } from './frame-fields.ts';
import { WS_LIMITS } from './limits.ts';
import { parseTopic, TOPIC_MAX_LENGTH, type Topic } from './topic.ts';

/** Operations of a connection. */
export const WS_OPS = ['subscribe', 'unsubscribe', 'ping', 'order.place', 'order.cancel', 'order.move'] as const;
export type WsOp = (typeof WS_OPS)[number];

const argsDescription = 'Topics to subscribe to; for an order operation one object, the body of the REST call';

/** What every request frame has. */
export const RequestFrame = Type.Object({
  id: Type.Optional(frameId()),
  op: oneOf(WS_OPS, 'What to do'),
  args: Type.Optional(
    Type.Array(Type.Unknown({ description: 'Topic or body', examples: ['market.depth.BTCUSDT'] }), {
      minItems: 1,
      maxItems: WS_LIMITS.topicsMax,
      description: argsDescription,
    }),
  ),
});

/** A request after its form was checked. */
export type WsRequest = { readonly id?: string } & (
  | { readonly op: 'subscribe' | 'unsubscribe'; readonly topics: readonly Topic[] }
  | { readonly op: 'ping' }
  | { readonly op: 'order.place'; readonly body: BodyOf<'placeOrder'> }
  | { readonly op: 'order.cancel'; readonly body: BodyOf<'cancelOrder'> }
  | { readonly op: 'order.move'; readonly body: BodyOf<'moveOrder'> }
);

/** A refused frame keeps its id where it has one, so that the error reply can name it. */
export type WsRequestValidation =
  | { readonly ok: true; readonly value: WsRequest }
  | { readonly ok: false; readonly id?: string; readonly problem: Problem };

const frameValidator = compileValidator(RequestFrame);
const idValidator = compileValidator(Type.Object({ id: frameId() }));

/** Checks the form of a request frame that was parsed from JSON. */
export function readRequestFrame(value: unknown): WsRequestValidation {
  const id = idOf(value);
  const read = readRequest(value);
  if (!read.ok) return { ...id, ...read };
  return { ok: true, value: { ...id, ...read.value } };
}

function idOf(value: unknown): { readonly id?: string } {
  const checked = idValidator.validate(value);
  return checked.ok ? { id: checked.value.id } : {};
}

function readRequest(value: unknown): Validation<WsRequest> {
  const checked = frameValidator.validate(value);
  if (!checked.ok) return checked;
  const { op } = checked.value;
  if (op === 'ping') return { ok: true, value: { op } };
  const { args } = checked.value;
  if (args === undefined) return { ok: false, problem: missing('args') };
  switch (op) {
    case 'subscribe':
    case 'unsubscribe':
      return topicRequest(op, args);
    case 'order.place':
      return orderRequest(operations.placeOrder.bodyValidator, args, (body) => ({ op, body }));
    case 'order.cancel':
      return orderRequest(operations.cancelOrder.bodyValidator, args, (body) => ({ op, body }));
    case 'order.move':
      return orderRequest(operations.moveOrder.bodyValidator, args, (body) => ({ op, body }));
  }
}

function topicRequest(op: 'subscribe' | 'unsubscribe', args: readonly unknown[]): Validation<WsRequest> {
  const topics: Topic[] = [];
  for (const [index, arg] of args.entries()) {
    const field = `args[${index}]`;
    if (typeof arg !== 'string') {
      return { ok: false, problem: problemOf(2002, field, `a topic of up to ${TOPIC_MAX_LENGTH} characters`) };
    }
    const topic = parseTopic(arg, field);
    if (!topic.ok) return topic;
    topics.push(topic.value);
  }
  return { ok: true, value: { op, topics } };
}

function orderRequest<T>(
  validator: Validator<T>,
  args: readonly unknown[],
  request: (body: T) => WsRequest,
): Validation<WsRequest> {
  if (args.length !== 1) return { ok: false, problem: problemOf(2003, 'args', 'exactly 1 items') };
  const checked = validator.validate(args[0]);
  return checked.ok ? { ok: true, value: request(checked.value) } : checked;
}

/** A request frame as a client writes it. */
export type WsRequestFrame = Static<typeof RequestFrame>;
