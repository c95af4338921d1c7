/** Direction of a transfer: `IN` from the agent's deposit account to the user's contract wallet, `OUT` back. */
export const TRANSFER_DIRECTIONS = ['IN', 'OUT'] as const;
export type TransferDirection = (typeof TRANSFER_DIRECTIONS)[number];

/** What the queries call the two directions. */
export const AGENT_ORDER_TYPES = ['TRANSFER_IN', 'TRANSFER_OUT'] as const;
export type AgentOrderType = (typeof AGENT_ORDER_TYPES)[number];

/** `PROCESSING` until the outcome is durably known; `REVERSED` and `DEAD` follow an outcome. */
export const AGENT_ORDER_STATUSES = ['SUCCESS', 'FAILED', 'PROCESSING', 'REVERSED', 'DEAD'] as const;
export type AgentOrderStatus = (typeof AGENT_ORDER_STATUSES)[number];

export const TRANSFER_MODES = ['FIXED_AMOUNT', 'ALL_OUT'] as const;
export type TransferMode = (typeof TRANSFER_MODES)[number];

/** Directions of a wallet transfer: partner, funding wallet, contract wallet. */
export const WALLET_TRANSFER_DIRECTIONS = [
  'PARTNER_TO_FUNDING',
  'FUNDING_TO_PARTNER',
  'FUNDING_TO_CONTRACT',
  'CONTRACT_TO_FUNDING',
] as const;
export type WalletTransferDirection = (typeof WALLET_TRANSFER_DIRECTIONS)[number];

/** Those between the user's own wallets: only they can move all there is. */
export const TRANSFER_ALL_DIRECTIONS = [
  'FUNDING_TO_CONTRACT',
  'CONTRACT_TO_FUNDING',
] as const satisfies readonly WalletTransferDirection[];

export const WALLET_TRANSFER_STATUSES = ['SUCCESS', 'PROCESSING', 'FAILED'] as const;
export type WalletTransferStatus = (typeof WALLET_TRANSFER_STATUSES)[number];

/** `SIMULATED` is a venue of simulated money beside the real one; the two never mix. */
export const ENVIRONMENTS = ['PRODUCTION', 'SIMULATED'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
/** Environment of a request that names none. */
export const ENVIRONMENT_DEFAULT: Environment = 'PRODUCTION';

/** Currencies of the deposit account and of transfers. */
export const CURRENCIES = ['USDT'] as const;
export type Currency = (typeof CURRENCIES)[number];
/** Currency of a request that names none. */
export const CURRENCY_DEFAULT: Currency = 'USDT';

export const BIND_STATUSES = ['BOUND'] as const;
export type BindStatus = (typeof BIND_STATUSES)[number];

/** State of an agent, and of a user in the eyes of its agent. */
export const PARTY_STATUSES = ['ACTIVE', 'DISABLED'] as const;
export type PartyStatus = (typeof PARTY_STATUSES)[number];
