import type { AgentClient } from '../agent-client.ts';
import { type AgentClientOptions, createAgentClient } from '../client.ts';
import { type FakeVenue, type FakeVenueOptions, startFakeVenue } from '../fake-venue/index.ts';
import { TestClock } from './test-clock.ts';

export const AGENT = 'acme';
export const SECRET = 'acme-secret';
export const ALICE = { agentCode: AGENT, agentUserId: 'alice' };

export interface Partner {
  readonly venue: FakeVenue;
  readonly client: AgentClient;
  /** Of the client: pauses between attempts end at once, time limits only when the test says so. */
  readonly clock: TestClock;
  /** Of alice, who is bound. */
  readonly platformUserId: string;
}

/** A fake venue with one agent who has 1000 USDT and one user. */
export async function startPartner(
  options: { readonly venue?: FakeVenueOptions; readonly client?: Partial<AgentClientOptions> } = {},
): Promise<Partner> {
  const venue = await startFakeVenue(options.venue);
  venue.addAgent({ agentCode: AGENT, apiSecret: SECRET, depositBalance: '1000' });
  const clock = new TestClock({ instantUpToMs: 5_000 });
  const client = createAgentClient({
    baseUrl: venue.baseUrl,
    agentCode: AGENT,
    apiSecret: SECRET,
    clock,
    ...options.client,
  });
  const { platformUserId } = await client.bind({ agentUserId: ALICE.agentUserId });
  return { venue, client, clock, platformUserId };
}

/** Paths of the signed calls that the venue received, without `/v1/agent/`, after alice was bound. */
export function pathsOf(venue: FakeVenue): string[] {
  return venue.requests.slice(1).map(({ path }) => path.replace('/v1/agent/', ''));
}
