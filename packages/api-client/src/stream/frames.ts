import type {
  AuthReply,
  ConnectionPush,
  ErrorReply,
  OrderOpReply,
  PongReply,
  SubscriptionReply,
  UserPush,
} from '@openvenue/contract';
import { jsonOf } from '../rest/http.ts';

/** Push of a public topic. */
export interface MarketPush {
  readonly topic: string;
  readonly event: 'data';
  readonly ts: number;
  readonly data: unknown;
}

/** A frame of the venue. */
export type Frame =
  | MarketPush
  | UserPush
  | ConnectionPush
  | SubscriptionReply
  | PongReply
  | OrderOpReply
  | ErrorReply
  | AuthReply;

/** Reads a frame; undefined for what is no JSON object. */
export function frameOf(data: unknown): Frame | undefined {
  const value = typeof data === 'string' ? jsonOf(data) : undefined;
  return typeof value === 'object' && value !== null ? (value as Frame) : undefined;
}
