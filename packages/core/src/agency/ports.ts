import type { User } from '../identity/users.ts';
import type { Rejected } from '../reject.ts';

export type AgencyUser = Pick<User, 'userId' | 'externalUserId' | 'disabled'>;

/** A user whom an agent brings; he has no password, and his name to sign in with is his external id. */
export interface NewAgencyUser {
  readonly username: string;
  readonly externalUserId: string;
  readonly displayName: string;
}

export interface WalletMove {
  readonly userId: number;
  /** Into the wallet is plus; in 1e-8 USDT, never 0. */
  readonly amount: bigint;
  readonly changeType:
    | 'TRANSFER_IN'
    | 'TRANSFER_OUT'
    | 'TRANSFER_REVERSE'
    | 'FUNDING_TO_CONTRACT'
    | 'CONTRACT_TO_FUNDING';
  /** Id of the transfer or reverse, or for the last two of the wallet transfer, that moves it; 0 when the user does so himself. */
  readonly referenceId: number;
}

/** What a user signs in with. */
export interface AgencyCredentials {
  readonly userId: number;
  readonly username: string;
  /** Well-formed and not empty. */
  readonly passwordHash: string;
}

/** What a session needs that the gateway draws: its id, its end, and where it comes from. */
export interface SessionDraw {
  readonly sessionId: string;
  readonly refreshExpiresAtMs: number;
  readonly ip: string;
  readonly deviceId?: string;
  readonly deviceName?: string;
}

export interface NewAgencySession extends SessionDraw {
  readonly userId: number;
  /** `embed` sessions trade and read, nothing else, and are not renewed; `entry` sessions are a full-page terminal's. */
  readonly kind: 'embed' | 'entry';
  /** Hex SHA-256; '' for `embed`. */
  readonly refreshTokenHash: string;
}

/** Who users are, as a read needs it. */
export type UserDirectory = Pick<AgencyPorts, 'userByExternalId'>;

/** What agents reach of the exchange and of identity. Whatever is refused here has changed nothing. */
export interface AgencyPorts {
  userById(userId: number): AgencyUser | undefined;
  userByExternalId(externalUserId: string): AgencyUser | undefined;
  createUser(user: NewAgencyUser): { readonly ok: true; readonly userId: number } | Rejected;
  /** Undefined when they are set. */
  setCredentials(credentials: AgencyCredentials): Rejected | undefined;
  /** Whether the user is disabled then, by whomever. */
  setDisabledByAgent(userId: number, disabled: boolean): boolean;
  /** What may leave the user's contract wallet now (MRG-10); never below 0. */
  withdrawable(userId: number): bigint;
  /**
   * Books a move between the agent's deposit and the user's contract wallet; it cannot fail. It is a move inside the venue:
   * what came in from outside stays as it is.
   */
  moveWallet(move: WalletMove): void;
  /** Undefined when the session is open. */
  openSession(session: NewAgencySession): Rejected | undefined;
}
