import assert from 'node:assert/strict';
import type { Accepted, Command, Reply } from '@openvenue/core';
import { NotRecordedError, OutcomeUnknownError } from '@openvenue/sequencer';
import { refuseOfReject } from '../mapping/agent-reject.ts';
import type { Venue } from '../venue.ts';
import { type AgentRefusal, refuseAgent } from './answer.ts';

/** What became of a command: applied; not recorded at all; or in the log or not, which a restart will show. */
export type Submitted =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly fate: 'not-recorded' | 'unknown' };

/** Sequences a command. The node's own refusals are answers; any other error is a bug and goes on. */
export async function submitForAgent(venue: Pick<Venue, 'node'>, command: Command): Promise<Submitted> {
  try {
    const { reply } = await venue.node.submit(command);
    return { ok: true, reply };
  } catch (error) {
    if (error instanceof NotRecordedError) return { ok: false, fate: 'not-recorded' };
    if (error instanceof OutcomeUnknownError) return { ok: false, fate: 'unknown' };
    throw error;
  }
}

type Kind = Accepted['kind'];
type ReplyOf<K extends Kind> = Extract<Accepted, { readonly kind: K }>;

const isKind = <K extends Kind>(reply: Accepted, kind: K): reply is ReplyOf<K> => reply.kind === kind;

/** Sequences a command that answers with `kind` when it is accepted. `unknown`: nobody can say yet whether it was recorded. */
export async function executeForAgent<K extends Kind>(
  venue: Pick<Venue, 'node'>,
  command: Command,
  kind: K,
): Promise<{ readonly ok: true; readonly reply: ReplyOf<K> } | AgentRefusal | 'unknown'> {
  const submitted = await submitForAgent(venue, command);
  if (!submitted.ok) return submitted.fate === 'unknown' ? 'unknown' : refuseAgent('TEMPORARILY_UNAVAILABLE');
  const { reply } = submitted;
  if (!reply.ok) return refuseOfReject(reply);
  assert(isKind(reply, kind), `${command.type} answered ${reply.kind}`);
  return { ok: true, reply };
}
