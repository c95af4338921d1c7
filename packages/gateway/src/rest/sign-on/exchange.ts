import type { Accepted, Command } from '@openvenue/core';
import { type Failure, fail } from '../../failure.ts';
import type { CallContext } from '../../http/endpoint.ts';
import type { Venue } from '../../venue.ts';
import { type Executed, execute } from '../command.ts';

type SignOnKind = Extract<Accepted['kind'], 'ticket-session' | 'embed-session'>;

/**
 * Exchanges a one-time token for a session. Why it could not be is not told, and a source that presents many that are none is
 * not listened to for a while: each attempt is a command.
 */
export async function exchange<K extends SignOnKind>(
  venue: Venue,
  context: CallContext,
  { command, kind }: { readonly command: Command; readonly kind: K },
): Promise<Executed<K> | Failure> {
  const { limits } = venue;
  const attempts = limits.lookAtAuthentication(context.ip, context.nowMs);
  if (!attempts.allowed) {
    context.limited(attempts);
    return fail('RATE_LIMITED');
  }
  const exchanged = await execute(venue, command, { kind, userId: 0 });
  if (exchanged.ok || exchanged.error === 'TEMPORARILY_UNAVAILABLE') return exchanged;
  limits.takeOfAddress('authentication', context.ip, context.nowMs);
  return fail('INVALID_TOKEN');
}
