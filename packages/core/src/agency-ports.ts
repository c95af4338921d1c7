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
  const { timeMs, emit } = step;
  return {
    userById: (userId) => identity.userById(userId),
    userByExternalId: (externalUserId) => identity.userByExternalId(externalUserId),
    createUser: (user) => {
      const reply = identity.apply({ type: 'create-user', ...user, passwordHash: '', kind: 'trader' }, timeMs, emit);
      if (!reply.ok) return reply;
      if (reply.kind !== 'user') throw new Error('a new user is answered with a user');
      return { ok: true, userId: reply.userId };
    },
    setCredentials: ({ userId, username, passwordHash }) => {
      const renamed = identity.apply({ type: 'rename-user', userId, username }, timeMs, emit);
      if (!renamed.ok) return renamed;
      const reply = identity.apply({ type: 'set-password', userId, passwordHash }, timeMs, emit);
      if (!reply.ok) throw new Error(`a well-formed password hash was refused: ${reply.reason}`);
      return undefined;
    },
    setDisabledByAgent: (userId, disabled) => {
      const reply = identity.apply({ type: 'set-user-disabled', userId, disabled, by: 'AGENT' }, timeMs, emit);
      if (!reply.ok) throw new Error(`a bound user was refused: ${reply.reason}`);
      return identity.userById(userId)?.disabled === true;
    },
    withdrawable: (userId) => exchange.withdrawable(userId),
    moveWallet: (move) => exchange.moveWallet(step, move),
    openSession: ({ kind, ...session }) => {
      const reply = identity.apply({ type: 'open-session', ...session, embed: kind === 'embed' }, timeMs, emit);
      return reply.ok ? undefined : reply;
    },
  };
}
