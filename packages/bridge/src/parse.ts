import type { Check } from './field.ts';
import { type MessageOf, PROTOCOL, VERSION } from './message.ts';

/**
 * Why a message was ignored: `foreign` is not of this protocol; `origin`, `source`, `channel` and `version` are not the
 * other end's; `type` is unknown; `malformed` lacks a field, or one is of the wrong kind or too long; `replayed` was
 * answered before.
 */
export type Fault = 'foreign' | 'origin' | 'source' | 'channel' | 'version' | 'type' | 'malformed' | 'replayed';

/** The fields of every message of one direction. */
export type Shapes<P> = { readonly [T in keyof P]: { readonly [F in keyof P[T]]: Check<P[T][F]> } };

export type Parsed<M> = { readonly ok: true; readonly message: M } | { readonly ok: false; readonly fault: Fault };

interface Expected<P> {
  readonly channelId: string;
  readonly shapes: Shapes<P>;
}

/**
 * Reads a message that anybody may have sent. It never throws, and what it returns is a new object with the fields of
 * the table alone: later fields of a newer release are dropped.
 */
export function parseMessage<P>(data: unknown, { channelId, shapes }: Expected<P>): Parsed<MessageOf<P>> {
  if (!isRecord(data) || data['protocol'] !== PROTOCOL) return fault('foreign');
  if (data['channelId'] !== channelId) return fault('channel');
  if (data['version'] !== VERSION) return fault('version');
  const { type, payload } = data;
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) return fault('type');
  if (!isRecord(payload)) return fault('malformed');
  const read: Record<string, unknown> = {};
  for (const [field, check] of Object.entries<Check<unknown>>(shapes[type as keyof P])) {
    if (!Object.hasOwn(payload, field) || !check(payload[field])) return fault('malformed');
    read[field] = payload[field];
  }
  // Every field of the type's payload has just passed its check.
  return { ok: true, message: { type, payload: read } as MessageOf<P> };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function fault(kind: Fault): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: kind };
}
