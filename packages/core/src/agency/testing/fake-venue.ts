import { type Rejected, reject } from '../../reject.ts';
import type {
  AgencyCredentials,
  AgencyPorts,
  AgencyUser,
  NewAgencySession,
  NewAgencyUser,
  WalletMove,
} from '../ports.ts';

/** Users and wallets in memory, behind the ports of an agency. What is not locked of a wallet is withdrawable. */
export class FakeVenue implements AgencyPorts {
  readonly users: AgencyUser[] = [];
  readonly wallets = new Map<number, bigint>();
  readonly locked = new Map<number, bigint>();
  readonly moves: WalletMove[] = [];
  readonly sessions: NewAgencySession[] = [];
  readonly created: NewAgencyUser[] = [];
  readonly credentials = new Map<number, AgencyCredentials>();
  sessionRefusal: Rejected | undefined;
  userRefusal: Rejected | undefined;

  userById(userId: number): AgencyUser | undefined {
    return this.users[userId - 1];
  }

  userByExternalId(externalUserId: string): AgencyUser | undefined {
    return this.users.find((user) => user.externalUserId === externalUserId);
  }

  createUser(user: NewAgencyUser): { readonly ok: true; readonly userId: number } | Rejected {
    if (this.userRefusal !== undefined) return this.userRefusal;
    if (this.userByExternalId(user.externalUserId) !== undefined) return reject('EXTERNAL_ID_TAKEN');
    this.created.push(user);
    const userId = this.users.length + 1;
    this.users.push({ userId, externalUserId: user.externalUserId, disabled: false });
    return { ok: true, userId };
  }

  setCredentials(credentials: AgencyCredentials): Rejected | undefined {
    for (const { userId, username } of this.credentials.values()) {
      if (userId !== credentials.userId && username === credentials.username) return reject('USERNAME_TAKEN');
    }
    this.credentials.set(credentials.userId, credentials);
    return undefined;
  }

  setDisabledByAgent(userId: number, disabled: boolean): boolean {
    const user = this.users[userId - 1];
    if (user !== undefined) this.users[userId - 1] = { ...user, disabled };
    return disabled;
  }

  disable(userId: number): void {
    const user = this.users[userId - 1];
    if (user !== undefined) this.users[userId - 1] = { ...user, disabled: true };
  }

  wallet(userId: number): bigint {
    return this.wallets.get(userId) ?? 0n;
  }

  withdrawable(userId: number): bigint {
    const free = this.wallet(userId) - (this.locked.get(userId) ?? 0n);
    return free > 0n ? free : 0n;
  }

  moveWallet(move: WalletMove): void {
    this.moves.push(move);
    this.wallets.set(move.userId, this.wallet(move.userId) + move.amount);
  }

  openSession(session: NewAgencySession): Rejected | undefined {
    if (this.sessionRefusal !== undefined) return this.sessionRefusal;
    this.sessions.push(session);
    return undefined;
  }

  walletSum(): bigint {
    let sum = 0n;
    for (const wallet of this.wallets.values()) sum += wallet;
    return sum;
  }
}
