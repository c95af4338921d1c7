import assert from 'node:assert/strict';
import type { Accepted, Command, Reply } from '@openvenue/core';
import { NotRecordedError, OutcomeUnknownError } from '@openvenue/sequencer';
import { refuseOfReject } from '../mapping/agent-reject.ts';
import type { Venue } from '../venue.ts';
import { type AgentRefusal, refuseAgent } from './answer.ts';
import type { InFlight, OrderKey } from './in-flight.ts';

/** What became of a command: applied; not recorded at all; or in the log or not, which time or a restart will show. */
export type Submitted =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly fate: 'not-recorded' | 'unknown' };

const UNKNOWN: Submitted = { ok: false, fate: 'unknown' };

type Submitter = Pick<Venue, 'node' | 'agentOutcomeTimeoutMs'>;

/** Sequences a command, and waits no longer for its outcome than agents are made to wait. */
export function submitForAgent(venue: Submitter, command: Command): Promise<Submitted> {
  return inTime(settled(venue, command), venue.agentOutcomeTimeoutMs);
}

/** The node's own refusals are outcomes; any other error is a bug and goes on. */
async function settled({ node }: Pick<Venue, 'node'>, command: Command): Promise<Submitted> {
  try {
    const { reply } = await node.submit(command);
    return { ok: true, reply };
  } catch (error) {
    if (error instanceof NotRecordedError) return { ok: false, fate: 'not-recorded' };
    if (error instanceof OutcomeUnknownError) return UNKNOWN;
    throw error;
  }
}

/** A bug that shows after the time is over has no caller left to hear of it, and ends the process like any other. */
function inTime(outcome: Promise<Submitted>, timeoutMs: number): Promise<Submitted> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      resolve(UNKNOWN);
    }, timeoutMs);
    outcome.then(
      (submitted) => {
        clearTimeout(timer);
        resolve(submitted);
      },
      (error: unknown) => {
        clearTimeout(timer);
        if (isOver) throw error;
        reject(error);
      },
    );
  });
}

type Kind = Accepted['kind'];
type ReplyOf<K extends Kind> = Extract<Accepted, { readonly kind: K }>;

/** The accepted reply, a refusal, or `unknown`: nobody can say yet whether it was recorded. */
export type Executed<K extends Kind> = { readonly ok: true; readonly reply: ReplyOf<K> } | AgentRefusal | 'unknown';

const isKind = <K extends Kind>(reply: Accepted, kind: K): reply is ReplyOf<K> => reply.kind === kind;

/** Sequences a command that answers with `kind` when it is accepted. */
export async function executeForAgent<K extends Kind>(
  venue: Submitter,
  command: Command,
  kind: K,
): Promise<Executed<K>> {
  return executedOf(command, kind, await submitForAgent(venue, command));
}

/** An order on its way to the node, and where it is known while it is. */
export interface Flight<K extends Kind, Order extends OrderKey> {
  readonly kind: K;
  readonly inFlight: InFlight<Order>;
  readonly order: Order;
}

/** Sequences the command of an order, which is known as in flight until its outcome is, however late that comes. */
export async function executeOrder<K extends Kind, Order extends OrderKey>(
  venue: Submitter,
  command: Command,
  { kind, inFlight, order }: Flight<K, Order>,
): Promise<Executed<K>> {
  if (!inFlight.add(order)) return refuseAgent('TEMPORARILY_UNAVAILABLE');
  const outcome = settled(venue, command).then((submitted) => {
    if (submitted.ok || submitted.fate === 'not-recorded') inFlight.remove(order);
    return submitted;
  });
  return executedOf(command, kind, await inTime(outcome, venue.agentOutcomeTimeoutMs));
}

function executedOf<K extends Kind>(command: Command, kind: K, submitted: Submitted): Executed<K> {
  if (!submitted.ok) return submitted.fate === 'unknown' ? 'unknown' : refuseAgent('TEMPORARILY_UNAVAILABLE');
  const { reply } = submitted;
  if (!reply.ok) return refuseOfReject(reply);
  assert(isKind(reply, kind), `${command.type} answered ${reply.kind}`);
  return { ok: true, reply };
}
