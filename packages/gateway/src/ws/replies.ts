import {
  type AuthReply,
  type ErrorDetails,
  type ErrorName,
  type ErrorReply,
  errorOf,
  errorOfCode,
  type OrderOpReply,
  type PongReply,
  type Problem,
  type SubscriptionReply,
} from '@openvenue/contract';
import type { Failure } from '../failure.ts';
import { textFrame } from './frame.ts';

type FrameId = { readonly id?: string };

const frameOf = (reply: SubscriptionReply | PongReply | OrderOpReply | ErrorReply | AuthReply): Buffer =>
  textFrame(JSON.stringify(reply));

export const authFrame = (externalUserId: string): Buffer =>
  frameOf({ event: 'auth', success: true, data: externalUserId });

export const subscriptionFrame = (
  event: SubscriptionReply['event'],
  { id }: FrameId,
  topics: readonly string[],
): Buffer => frameOf({ ...idOf(id), event, success: true, data: [...topics] });

export const pongFrame = ({ id }: FrameId, ts: number): Buffer =>
  frameOf({ ...idOf(id), event: 'pong', success: true, ts });

export const orderFrame = (event: OrderOpReply['event'], { id }: FrameId, data: OrderOpReply['data']): Buffer =>
  frameOf({ ...idOf(id), event, success: true, data });

/** What an error says beyond its name. */
export interface ErrorText {
  /** The catalogue's message unless given. */
  readonly message?: string;
  readonly details?: ErrorDetails;
}

export function errorFrame(name: ErrorName, { id }: FrameId = {}, { message, details }: ErrorText = {}): Buffer {
  const entry = errorOf(name);
  return frameOf({
    ...idOf(id),
    event: 'error',
    success: false,
    code: entry.code,
    message: message ?? entry.message,
    ...(details === undefined ? {} : { details }),
  });
}

/** The refusal of a call that the REST API would have answered the same. */
export const failureFrame = ({ error, message, details }: Failure, id: FrameId): Buffer =>
  errorFrame(error, id, {
    ...(message === undefined ? {} : { message }),
    ...(details === undefined ? {} : { details }),
  });

/** Refuses a request for its form. */
export function problemFrame({ code, field, rule, value }: Problem, id: FrameId = {}): Buffer {
  const name = errorOfCode(code)?.name ?? 'PARAMETER_INVALID';
  return errorFrame(name, id, { details: { field, rule, ...(value === undefined ? {} : { value }) } });
}

const idOf = (id: string | undefined): FrameId => (id === undefined ? {} : { id });
