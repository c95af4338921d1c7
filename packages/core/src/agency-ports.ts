import type { AgencyPorts } from './agency/ports.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Step } from './exchange/step.ts';
import type { Identity } from './identity/identity.ts';

/** What agents reach of identity and exchange while one of their commands is applied. */
export function agencyPorts(
  step: Step,
  houses: { readonly identity: Identity; readonly exchange: Exchange },
): AgencyPorts {
  const { identity, exchange } = houses;
  const { timeMs } = step;
  const emit: Parameters<Identity['apply']>[2] = (event) => step.events.push(event);
  return {
    userById: (userId) => identity.userById(userId),
    userByExternalId: (externalUserId) => identity.userByExternalId(externalUserId),
    createUser: (user) => {
      const reply = identity.apply({ type: 'create-user', ...user, passwordHash: '', kind: 'trader' }, timeMs, emit);
      if (!reply.ok) return reply;
      if (reply.kind !== 'user') throw new Error('a new user is answered with a user');
      return { ok: true, userId: reply.userId };
    },
    withdrawable: (userId) => exchange.withdrawable(userId),
    moveWallet: (move) => exchange.moveWallet(step, move),
    openSession: ({ kind, ...session }) => {
      const reply = identity.apply({ type: 'open-session', ...session, embed: kind === 'embed' }, timeMs, emit);
      return reply.ok ? undefined : reply;
    },
  };
}
