import assert from 'node:assert/strict';
import type { Accepted, Command } from '@openvenue/core';
import type { Failure } from '../failure.ts';
import { failReject } from '../mapping/reject.ts';
import { submit, type Venue } from '../venue.ts';

type Kind = Accepted['kind'];
type ReplyOf<K extends Kind> = Extract<Accepted, { readonly kind: K }>;

/** Who sends a command, and the symbol in whose ticks a refusal is written. */
export interface Sender {
  readonly userId: number;
  readonly symbol?: string;
}

/** An accepted command: its reply, and the time at which it was applied. */
export interface Executed<K extends Kind> {
  readonly ok: true;
  readonly reply: ReplyOf<K>;
  readonly timeMs: number;
}

/** Sequences a command that answers with `kind` when it is accepted. */
export async function execute<K extends Kind>(
  venue: Venue,
  command: Command,
  { kind, userId, symbol }: Sender & { readonly kind: K },
): Promise<Executed<K> | Failure> {
  const recorded = await submit(venue, command);
  if (!recorded.ok) return recorded;
  const { reply, timeMs } = recorded;
  if (!reply.ok) {
    return failReject(reply, {
      exchange: venue.node.core.exchange,
      userId,
      ...(symbol === undefined ? {} : { symbol }),
    });
  }
  assert(isKind(reply, kind), `${command.type} answered ${reply.kind}`);
  return { ok: true, reply, timeMs };
}

const isKind = <K extends Kind>(reply: Accepted, kind: K): reply is ReplyOf<K> => reply.kind === kind;
