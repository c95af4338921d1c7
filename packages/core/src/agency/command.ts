import type { Money } from '@openvenue/money';
import type { Actor } from '../actor.ts';
import type { SessionDraw } from './ports.ts';
import type { TransferDirection } from './transfer-order.ts';
import type { OwnWalletDirection, WalletDirection } from './wallet-transfer-order.ts';

/** The proof that a call was signed, checked by the caller; its nonce is taken as the command is applied. */
export interface AgentAuth {
  readonly agentId: number;
  /** Hex SHA-256 of the nonce. */
  readonly nonceHash: string;
  /** The end of the request's time window; from then on the nonce need not be remembered. */
  readonly expiresAtMs: number;
}

/** Names a user by the agent's id, by the venue's, or by both, which then must match. */
export interface AgentUserReference {
  readonly agentUserId?: string;
  /** The 10-digit external user id. */
  readonly platformUserId?: string;
}

/** Adds an agent; ids count up from 1. */
export interface CreateAgent {
  readonly type: 'create-agent';
  /** 1-64 characters of `A-Z a-z 0-9 . _ -`, unique. */
  readonly agentCode: string;
  /** 10 digits, unique; the caller draws them at random. */
  readonly publicNumber: string;
  readonly name: string;
  /** http or https; '' for none. */
  readonly webhookUrl: string;
  /** One or two encrypted secrets, the one that signs webhooks first; the core never sees a clear one. */
  readonly sealedSecrets: readonly string[];
  /** Where the terminal may be embedded: `scheme://host` or `scheme://host:port`, lower case, as browsers send it. */
  readonly origins: readonly string[];
  /** Source addresses and CIDR ranges that its calls may come from; any when empty or left out. Already parsed by the caller. */
  readonly ipAllowList?: readonly string[];
  /** Transfers in do not need a deposit; the deposit account then shows, below 0, what the agent owes. */
  readonly depositless: boolean;
}

/** What is left out stays as it is. */
export interface UpdateAgent extends Partial<Omit<CreateAgent, 'type' | 'agentCode' | 'publicNumber'>> {
  readonly type: 'update-agent';
  readonly agentId: number;
  readonly disabled?: boolean;
}

/** Money that comes in from outside for an agent's deposit or, negative, leaves it. */
export interface AdjustAgentDeposit {
  readonly type: 'adjust-agent-deposit';
  readonly agentId: number;
  readonly amount: Money;
}

/** For calls of an agent that change nothing else. */
export interface TakeNonce {
  readonly type: 'take-nonce';
  readonly agentAuth: AgentAuth;
}

/** Creates the user, or names the one that was bound before. */
export interface BindUser {
  readonly type: 'bind-user';
  readonly agentAuth: AgentAuth;
  /** 1-64 characters. */
  readonly agentUserId: string;
  /** Any text up to 128 characters; only for a new user. */
  readonly displayName?: string;
  /** For a new user: 10 digits; the caller draws them at random. */
  readonly externalUserId: string;
}

export interface Transfer {
  readonly type: 'transfer';
  readonly agentAuth: AgentAuth;
  /** 1-64 characters; the key under which the result holds for good. */
  readonly agentOrderNo: string;
  readonly user: AgentUserReference;
  readonly direction: TransferDirection;
  readonly currency: string;
  /** Above 0, at most 1e13 USDT. */
  readonly amount: Money;
}

/** Moves what is withdrawable from the user to the agent, be it 0. */
export interface TransferAllOut {
  readonly type: 'transfer-all-out';
  readonly agentAuth: AgentAuth;
  readonly agentOrderNo: string;
  readonly user: AgentUserReference;
  readonly currency: string;
}

export interface ReverseTransfer {
  readonly type: 'reverse-transfer';
  readonly agentAuth: AgentAuth;
  readonly origOrderNo: string;
  /** 1-64 characters; reverses have their own numbers. */
  readonly reverseOrderNo: string;
  /** Any text up to 256 characters. */
  readonly reason: string;
}

/** Moves money between the agent's deposit, the user's funding wallet and his contract wallet. */
export interface WalletTransfer {
  readonly type: 'wallet-transfer';
  readonly agentAuth: AgentAuth;
  /** 1-64 characters; of the same numbers as those of transfers. */
  readonly agentOrderNo: string;
  readonly user: AgentUserReference;
  readonly direction: WalletDirection;
  readonly currency: string;
  /** Above 0, at most 1e13 USDT; left out for all there is, be it 0, which only moves between the user's own wallets. */
  readonly amount?: Money;
}

/** A user moves money between his own two wallets. */
export interface MoveOwnFunds {
  readonly type: 'move-own-funds';
  readonly actor: Actor;
  readonly direction: OwnWalletDirection;
  /** Above 0, at most 1e13 USDT; left out for all there is, be it 0. */
  readonly amount?: Money;
}

/** What the user signs in with from now on; his sessions stay. */
export interface SetCredentials {
  readonly type: 'set-credentials';
  readonly agentAuth: AgentAuth;
  readonly user: AgentUserReference;
  /** 3-32 printable ASCII characters without spaces, of no other user of the venue without regard to case. */
  readonly username: string;
  readonly passwordHash: string;
}

/** Disables the agent's user, or takes that back. */
export interface DisableUser {
  readonly type: 'disable-user';
  readonly agentAuth: AgentAuth;
  readonly user: AgentUserReference;
  readonly disabled: boolean;
}

export interface CreateEntryTicket {
  readonly type: 'create-entry-ticket';
  readonly agentAuth: AgentAuth;
  readonly user: AgentUserReference;
  /** Hex SHA-256 of a random text of at least 128 bits. */
  readonly ticketHash: string;
  /** Begins with `/`, not with `//`, and has no backslash. */
  readonly redirectPath: string;
  /** Absolute http or https without user information; '' for none. */
  readonly returnUrl: string;
}

export interface CreateEmbedToken {
  readonly type: 'create-embed-token';
  readonly agentAuth: AgentAuth;
  readonly user: AgentUserReference;
  /** Hex SHA-256 of a random text of at least 128 bits. */
  readonly tokenHash: string;
  /** 1-128 characters; the token holds for this channel alone. */
  readonly channelId: string;
  /** The first market shown; '' for the terminal's own choice. */
  readonly symbol?: string;
}

export interface ExchangeTicket {
  readonly type: 'exchange-ticket';
  readonly ticketHash: string;
  readonly session: SessionDraw & { readonly refreshTokenHash: string };
}

export interface ExchangeEmbedToken {
  readonly type: 'exchange-embed-token';
  readonly tokenHash: string;
  readonly channelId: string;
  /** The origin of the page around the terminal, as the terminal names it. */
  readonly embedOrigin: string;
  readonly session: SessionDraw;
}

export interface WebhookDelivered {
  readonly type: 'webhook-delivered';
  readonly agentId: number;
  readonly seq: number;
}

export interface WebhookFailed {
  readonly type: 'webhook-failed';
  readonly agentId: number;
  readonly seq: number;
  /** Attempts so far, this one included; it only grows. */
  readonly attempts: number;
  readonly nextAttemptAtMs: number;
}

/** Given up; it stays visible and can be replayed. */
export interface WebhookDead {
  readonly type: 'webhook-dead';
  readonly agentId: number;
  readonly seq: number;
}

/** Sends a webhook once more that was delivered or is dead. */
export interface ReplayWebhook {
  readonly type: 'replay-webhook';
  readonly agentId: number;
  readonly seq: number;
}

/** Commands about agents. Those with an `agentAuth` are authorised as they are applied; the others are the venue's own. */
export type AgencyCommand =
  | CreateAgent
  | UpdateAgent
  | AdjustAgentDeposit
  | TakeNonce
  | BindUser
  | Transfer
  | TransferAllOut
  | ReverseTransfer
  | WalletTransfer
  | MoveOwnFunds
  | SetCredentials
  | DisableUser
  | CreateEntryTicket
  | CreateEmbedToken
  | ExchangeTicket
  | ExchangeEmbedToken
  | WebhookDelivered
  | WebhookFailed
  | WebhookDead
  | ReplayWebhook;
