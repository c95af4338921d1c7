import {
  compileValidator,
  ErrorReply,
  OrderOpReply,
  PongReply,
  SubscriptionReply,
  type Validator,
  WS_CLOSE_CODE,
} from '@openvenue/contract';
import type { WsHeard } from '../wire/ws-wire.ts';

/** What a message of the server comes to. */
export interface FrameVerdict {
  readonly kind: 'refusal' | 'order' | 'reply' | 'auth' | 'push' | 'close';
  readonly id: string | undefined;
  readonly fault: string | undefined;
}

const refusal = compileValidator(ErrorReply);
const REPLIES: ReadonlyMap<string, Validator<unknown>> = new Map<string, Validator<unknown>>([
  ['subscribe', compileValidator(SubscriptionReply)],
  ['unsubscribe', compileValidator(SubscriptionReply)],
  ['pong', compileValidator(PongReply)],
]);
const orderReply = compileValidator(OrderOpReply);
/** What RFC 6455 has for broken frames and for ends, the last for an end without a close. */
const CLOSE_CODES: readonly number[] = [1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009];
const OWN_CLOSE_CODES: readonly number[] = Object.values(WS_CLOSE_CODE);
const INTERNAL_ERROR = 5001;

/** Holds what the server said against the contract. `sent`: the close codes that the client itself has sent, which may be echoed. */
export function judgeFrame(heard: WsHeard, sent: { readonly hasClosed: boolean }): FrameVerdict {
  switch (heard.kind) {
    case 'fault':
      return { kind: 'reply', id: undefined, fault: heard.fault };
    case 'close': {
      const isKnown = CLOSE_CODES.includes(heard.code) || OWN_CLOSE_CODES.includes(heard.code) || sent.hasClosed;
      return { kind: 'close', id: undefined, fault: isKnown ? undefined : `closed with ${heard.code}` };
    }
    case 'text':
      return judgeText(heard.text);
  }
}

function judgeText(text: string): FrameVerdict {
  const message = JSON.parse(text) as { readonly [name: string]: unknown };
  const { event } = message;
  const id = typeof message['id'] === 'string' ? message['id'] : undefined;
  const verdict = (kind: FrameVerdict['kind'], isRight: boolean): FrameVerdict => ({
    kind,
    id,
    fault: isRight ? undefined : `not of the contract: ${text.slice(0, 300)}`,
  });
  if (event === 'error') return verdict('refusal', refusal.validate(message).ok && message['code'] !== INTERNAL_ERROR);
  if (event === 'data' || message['topic'] !== undefined) return verdict('push', typeof message['topic'] === 'string');
  if (event === 'auth') return verdict('auth', message['success'] === true);
  if (String(event).startsWith('order.')) return verdict('order', orderReply.validate(message).ok);
  return verdict('reply', REPLIES.get(String(event))?.validate(message).ok === true);
}
