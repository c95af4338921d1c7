import { agentFailureOfProblem, PERPETUAL_LIMIT_DEFAULT } from '@openvenue/contract';
import type { ScanOwners, ScanPlace } from '@openvenue/views';
import type { TObject } from 'typebox';
import { refuseOfReject } from '../../mapping/agent-reject.ts';
import type { Venue } from '../../venue.ts';
import type { AgentRefusal } from '../answer.ts';
import type { Filters } from './cursor.ts';

/** Which part of which items a query is to answer. */
export interface PageRequest {
  readonly ok: true;
  readonly filters: Filters;
  /** All users that are meant. */
  readonly userIds: readonly number[];
  /** The same, as the history is asked. */
  readonly of: ScanOwners;
  readonly after: ScanPlace | undefined;
  readonly limit: number;
}

/** Items with their places, one more than the page holds when there is another page. */
export interface Placed<Item> {
  readonly item: Item;
  readonly place: ScanPlace;
}

interface Asked {
  readonly path: string;
  readonly schema: TObject;
  readonly agentId: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const MIXED: AgentRefusal = {
  ok: false,
  failure: agentFailureOfProblem({ code: 2002, field: 'cursor', rule: 'the last nextCursor of this very query' }),
};

const NO_FILTERS: ReadonlySet<string> = new Set(['limit', 'cursor']);

/** The filters of a request: every field of the call that says which items are meant. */
function filtersOf({ schema, body }: Asked): Filters {
  const names = Object.keys(schema.properties).filter((name) => !NO_FILTERS.has(name) && body[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, canonical(body[name])]));
}

const canonical = (value: unknown): unknown => (Array.isArray(value) ? [...new Set(value)].toSorted() : value);

/** Reads which page is asked for. A later page has the filters of the first; whoever repeats them must not change them. */
export function openPage(venue: Venue, asked: Asked): PageRequest | AgentRefusal {
  const { path, agentId, body } = asked;
  const { cursor, limit = PERPETUAL_LIMIT_DEFAULT } = body as { readonly cursor?: string; readonly limit?: number };
  const given = filtersOf(asked);
  let filters = given;
  let after: ScanPlace | undefined;
  if (cursor !== undefined) {
    const kept = venue.cursors.read({ path, agentId }, cursor, venue.clock.nowMs());
    if (kept === undefined) return MIXED;
    for (const [name, value] of Object.entries(given)) {
      if (JSON.stringify(value) !== JSON.stringify(kept.filters[name])) return MIXED;
    }
    ({ filters, after } = kept);
  }
  const users = usersOf(venue, agentId, filters['platformUserIds'] as readonly string[] | undefined);
  return users.ok ? { ...users, filters, after, limit } : users;
}

/** The named users, all of whom must be the agent's, or else all of the agent's. */
function usersOf(
  { node: { core } }: Venue,
  agentId: number,
  platformUserIds: readonly string[] | undefined,
): Pick<PageRequest, 'ok' | 'userIds' | 'of'> | AgentRefusal {
  if (platformUserIds === undefined) {
    return { ok: true, userIds: [...core.agency.users(agentId)].map(({ userId }) => userId), of: { agentId } };
  }
  const userIds: number[] = [];
  for (const platformUserId of platformUserIds) {
    const resolved = core.agency.resolveUser(core.identity, { agentId, user: { platformUserId } });
    if (!resolved.ok) return refuseOfReject(resolved);
    userIds.push(resolved.binding.userId);
  }
  return { ok: true, userIds, of: { userIds } };
}
