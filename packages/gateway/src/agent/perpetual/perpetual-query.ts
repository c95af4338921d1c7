import type { AgentCall } from '@openvenue/contract';
import { HistoryLaggingError, HistoryOverloadedError, HistoryUnavailableError } from '@openvenue/views';
import type { Static, TObject } from 'typebox';
import { refuseOfReject } from '../../mapping/agent-reject.ts';
import type { Venue } from '../../venue.ts';
import { type AgentAnswer, answerAgent, refuseAgent } from '../answer.ts';
import { type AgentEndpoint, agentCommand } from '../endpoint.ts';
import { submitForAgent } from '../submit.ts';
import { openPage, type PageRequest, type Placed } from './page.ts';

interface Page<Item> {
  readonly data: { readonly items: Item[]; readonly nextCursor: string; readonly hasMore: boolean };
}

/**
 * A query of many users' items, page by page. `find` gives the items of the request from its place on, newest first, and one more
 * than its limit when there are more.
 */
export function perpetualQuery<Body extends TObject, Reply extends TObject, Item>(
  call: AgentCall<Body, Reply>,
  find: (venue: Venue, page: PageRequest) => Promise<readonly Placed<Item>[]>,
): AgentEndpoint {
  return agentCommand(call, async (venue, { body, agent: { agentId }, agentAuth }) => {
    const nowMs = venue.clock.nowMs();
    const answer = await venue.perpetualGate.pass(agentId, nowMs, async (): Promise<AgentAnswer<Page<Item>>> => {
      const taken = await submitForAgent(venue, { type: 'take-nonce', agentAuth });
      if (!taken.ok) return refuseAgent('TEMPORARILY_UNAVAILABLE');
      if (!taken.reply.ok) return refuseOfReject(taken.reply);
      const scope = { path: call.path, agentId };
      const page = openPage(venue, { ...scope, schema: call.body, body: body as Record<string, unknown> });
      if (!page.ok) return page;
      const found = await orUndefined(find(venue, page));
      if (found === undefined) return refuseAgent('TEMPORARILY_UNAVAILABLE');
      const items = found.slice(0, page.limit);
      const hasMore = found.length > items.length;
      const last = items.at(-1);
      const nextCursor =
        hasMore && last !== undefined
          ? venue.cursors.write(scope, { filters: page.filters, after: last.place }, nowMs)
          : '';
      return answerAgent({ data: { items: items.map(({ item }) => item), nextCursor, hasMore } });
    });
    return answer as AgentAnswer<Omit<Static<Reply>, 'code' | 'message'>>;
  });
}

/** Undefined when the history cannot answer now; it may be asked again. */
async function orUndefined<Found>(found: Promise<Found>): Promise<Found | undefined> {
  try {
    return await found;
  } catch (error) {
    const isPassing =
      error instanceof HistoryLaggingError ||
      error instanceof HistoryOverloadedError ||
      error instanceof HistoryUnavailableError;
    if (isPassing) return undefined;
    throw error;
  }
}
