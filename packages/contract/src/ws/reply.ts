import { type Static, Type } from 'typebox';
import { ErrorDetails } from '../error-details.ts';
import { ERROR_CATALOGUE } from '../errors/catalogue.ts';
import { OrderReply } from '../rest/order/order-reply.ts';
import { oneOf, replyText, timestampMs, userId } from '../scalars.ts';
import { frameId } from './frame-fields.ts';
import { WS_ORDER_OPS } from './request.ts';

const succeeded = () => Type.Literal(true, { description: 'Always true', examples: [true] });
const event = <const Name extends string>(name: Name) =>
  Type.Literal(name, { description: `Always "${name}"`, examples: [name] });

/** Acknowledges subscribe or unsubscribe. */
export const SubscriptionReply = Type.Object({
  id: Type.Optional(frameId()),
  event: oneOf(['subscribe', 'unsubscribe'], 'Operation that is acknowledged'),
  success: succeeded(),
  data: Type.Array(replyText('Topic', 'market.depth.BTCUSDT'), { description: 'Topics of the request' }),
});

/** Answers ping. */
export const PongReply = Type.Object({
  id: Type.Optional(frameId()),
  event: event('pong'),
  success: succeeded(),
  ts: timestampMs('Server time'),
});

/** Answers an order operation. */
export const OrderOpReply = Type.Object({
  id: Type.Optional(frameId()),
  event: oneOf(WS_ORDER_OPS, 'Operation that is answered'),
  success: succeeded(),
  data: Type.Object(OrderReply.properties, { description: 'The order after the call' }),
});

/** Refuses a request, or the connection itself; then it has no id. */
export const ErrorReply = Type.Object({
  id: Type.Optional(frameId()),
  event: event('error'),
  success: Type.Literal(false, { description: 'Always false', examples: [false] }),
  code: Type.Enum(
    ERROR_CATALOGUE.map((entry) => entry.code),
    { description: 'Code of the error catalogue', examples: [2002] },
  ),
  message: replyText('What went wrong, for people', 'Invalid parameter value'),
  details: Type.Optional(ErrorDetails),
});

/** First message of a private connection. */
export const AuthReply = Type.Object({
  event: event('auth'),
  success: succeeded(),
  data: userId('External id of the user'),
});

export type SubscriptionReply = Static<typeof SubscriptionReply>;
export type PongReply = Static<typeof PongReply>;
export type OrderOpReply = Static<typeof OrderOpReply>;
export type ErrorReply = Static<typeof ErrorReply>;
export type AuthReply = Static<typeof AuthReply>;
