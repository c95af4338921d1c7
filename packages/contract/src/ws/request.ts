import { type Static, Type } from 'typebox';
import { missing, type Problem, problemOf, type Validation } from '../problem.ts';
import type { BodyOf } from '../rest/routes.ts';
import { operations } from '../rest/routes.ts';
import { oneOf } from '../scalars.ts';
import { compileValidator, type Validator } from '../validation.ts';
import { frameId } from './frame-fields.ts';
import { WS_LIMITS } from './limits.ts';
import { parseTopic, TOPIC_MAX_LENGTH, type Topic } from './topic.ts';

/** Order operations of a private connection: the REST calls of the same names. */
export const WS_ORDER_OPS = ['order.place', 'order.cancel', 'order.move'] as const;
export type WsOrderOp = (typeof WS_ORDER_OPS)[number];

/** Operations of a connection. */
export const WS_OPS = ['subscribe', 'unsubscribe', 'ping', ...WS_ORDER_OPS] as const;
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

/** A request whose arguments have not been checked yet. */
export interface WsFrame {
  readonly id?: string;
  readonly op: WsOp;
  readonly args?: readonly unknown[];
}

interface Refused {
  readonly ok: false;
  readonly id?: string;
  readonly problem: Problem;
}

/** A refused frame keeps its id where it has one, so that the error reply can name it. */
export type WsFrameValidation = { readonly ok: true; readonly value: WsFrame } | Refused;
export type WsRequestValidation = { readonly ok: true; readonly value: WsRequest } | Refused;

const frameValidator = compileValidator(RequestFrame);
const idValidator = compileValidator(Type.Object({ id: frameId() }));

/** Checks the form of a request frame that was parsed from JSON, but for its arguments. */
export function readFrame(value: unknown): WsFrameValidation {
  const checked = frameValidator.validate(value);
  if (!checked.ok) return { ...idOf(value), ...checked };
  const { id, op, args } = checked.value;
  return { ok: true, value: { ...(id === undefined ? {} : { id }), op, ...(args === undefined ? {} : { args }) } };
}

function idOf(value: unknown): { readonly id?: string } {
  const checked = idValidator.validate(value);
  return checked.ok ? { id: checked.value.id } : {};
}

/** Checks the form of a request frame that was parsed from JSON. */
export function readRequestFrame(value: unknown): WsRequestValidation {
  const frame = readFrame(value);
  if (!frame.ok) return frame;
  const id = frame.value.id === undefined ? {} : { id: frame.value.id };
  const read = readRequest(frame.value);
  return read.ok ? { ok: true, value: { ...id, ...read.value } } : { ...id, ...read };
}

function readRequest({ op, args }: WsFrame): Validation<WsRequest> {
  switch (op) {
    case 'ping':
      return { ok: true, value: { op } };
    case 'subscribe':
    case 'unsubscribe': {
      const topics = readTopics(args);
      return topics.ok ? { ok: true, value: { op, topics: topics.value } } : topics;
    }
    case 'order.place':
      return orderRequest(operations.placeOrder.bodyValidator, args, (body) => ({ op, body }));
    case 'order.cancel':
      return orderRequest(operations.cancelOrder.bodyValidator, args, (body) => ({ op, body }));
    case 'order.move':
      return orderRequest(operations.moveOrder.bodyValidator, args, (body) => ({ op, body }));
  }
}

/** The topics of a request's arguments. */
export function readTopics(args: WsFrame['args']): Validation<readonly Topic[]> {
  if (args === undefined) return { ok: false, problem: missing('args') };
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
  return { ok: true, value: topics };
}

/** The one object that an order operation takes; its form is for the validator of the REST call's body. */
export function readOrderArgument(args: WsFrame['args']): Validation<unknown> {
  if (args === undefined) return { ok: false, problem: missing('args') };
  if (args.length !== 1) return { ok: false, problem: problemOf(2003, 'args', 'exactly 1 items') };
  return { ok: true, value: args[0] };
}

function orderRequest<T>(
  validator: Validator<T>,
  args: WsFrame['args'],
  request: (body: T) => WsRequest,
): Validation<WsRequest> {
  const argument = readOrderArgument(args);
  if (!argument.ok) return argument;
  const checked = validator.validate(argument.value);
  return checked.ok ? { ok: true, value: request(checked.value) } : checked;
}

/** A request frame as a client writes it. */
export type WsRequestFrame = Static<typeof RequestFrame>;
