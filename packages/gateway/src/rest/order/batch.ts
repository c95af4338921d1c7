import assert from 'node:assert/strict';
import type { BatchReply, Route } from '@openvenue/contract';
import type { Actor, Command } from '@openvenue/core';
import { type Answer, answer, type Failure } from '../../failure.ts';
import { withSentItem } from '../../http/sent-value.ts';
import { failReject } from '../../mapping/reject.ts';
import type { Venue } from '../../venue.ts';
import { execute } from '../command.ts';
import { batchReply, type ItemOutcome } from './batch-result.ts';

/** An item of a batch: what goes into the command, or why it doesn't. */
export type BatchItem<T> = Failure | { readonly ok: true; readonly value: T };

export interface Batch<T> {
  readonly actor: Actor;
  /** Time of the answer when no item is well-formed, so that there is nothing to sequence. */
  readonly nowMs: number;
  readonly items: readonly BatchItem<T>[];
  /** The items as they were sent, and the call of a single one, by which their fields are known. */
  readonly sent: readonly unknown[];
  readonly single: Pick<Route, 'documentedBody'>;
  readonly command: (values: readonly T[]) => Command;
}

/** The well-formed items go into one command; a malformed one fails alone, at its place (MAT-10). */
export async function runBatch<T extends { readonly symbol: string }>(
  venue: Venue,
  { actor, nowMs, items, sent, single, command }: Batch<T>,
): Promise<Answer<BatchReply>> {
  const shown = (outcomes: readonly ItemOutcome[]) =>
    outcomes.map((outcome, index) => (outcome.ok ? outcome : withSentItem(single, sent[index], outcome)));
  const values = items.flatMap((item) => (item.ok ? [item.value] : []));
  if (values.length === 0) return answer(batchReply(shown(items.filter(isFailure)), nowMs));
  const done = await execute(venue, command(values), { kind: 'batch', userId: actor.userId });
  if (!done.ok) return done;

  const { exchange } = venue.node.core;
  const results = done.reply.results.values();
  const outcomes = items.map((item): ItemOutcome => {
    if (!item.ok) return item;
    const { value: result } = results.next();
    assert(result !== undefined, 'a batch has a result for each of its items');
    return result.ok ? result : failReject(result, { exchange, userId: actor.userId, symbol: item.value.symbol });
  });
  return answer(batchReply(shown(outcomes), done.timeMs));
}

const isFailure = (item: BatchItem<unknown>): item is Failure => !item.ok;
