import type { AgencyRejectReason } from './agency/reject-reason.ts';

/**
 * Why the core refused a command. Every reason maps to one code of the public contract (the mapping is the gateway's).
 * A refused command has changed nothing (MAT-12).
 */
export type RejectReason =
  // form and grid
  | 'MISSING_PARAMETER'
  | 'INVALID_PARAMETER'
  | 'OUT_OF_RANGE'
  | 'OFF_GRID'
  | 'CLOSE_POSITION_CONFLICT'
  // orders
  | 'DUPLICATE_CLIENT_ORDER_ID'
  | 'SYMBOL_NOT_TRADING'
  | 'PRICE_LEVEL_MISSING'
  | 'POSITION_SIDE_CONFLICT'
  | 'NOTHING_TO_REDUCE'
  | 'TOO_MANY_OPEN_ORDERS'
  | 'PRICE_OUTSIDE_BAND'
  | 'WOULD_TAKE'
  | 'NO_LIQUIDITY'
  | 'FOK_NOT_FILLABLE'
  | 'SELF_TRADE'
  | 'TIER_LIMIT'
  | 'INSUFFICIENT_MARGIN'
  | 'ORDER_NOT_FOUND'
  | 'ORDER_ENDED'
  | 'ORDER_NOT_CANCELABLE'
  | 'LEVERAGE_LOCKED'
  // condition orders and strategies
  | 'CONDITION_TYPE_UNKNOWN'
  | 'STOP_PRICE_INVALID'
  | 'CONDITION_PRICE_MISSING'
  | 'ACTIVATE_PRICE_INVALID'
  | 'CALLBACK_RATE_INVALID'
  | 'WOULD_TRIGGER_IMMEDIATELY'
  | 'WORKING_TYPE_INVALID'
  | 'CONDITION_QUANTITY_INVALID'
  | 'TIME_IN_FORCE_NOT_ALLOWED'
  | 'TOO_MANY_OPEN_CONDITIONS'
  | 'STRATEGY_LEGS_INVALID'
  | 'STRATEGY_DEPENDENCY_INVALID'
  // identity
  | 'SESSION_REVOKED'
  | 'SESSION_UNKNOWN'
  | 'REFRESH_TOKEN_INVALID'
  | 'REFRESH_TOKEN_REUSED'
  | 'API_KEY_INVALID'
  | 'API_KEY_NOT_FOUND'
  | 'API_KEY_LIMIT'
  | 'PERMISSION_DENIED'
  | 'SIGNATURE_REPLAYED'
  | 'SIGNATURES_FULL'
  | 'LISTEN_KEY_UNKNOWN'
  | 'USER_UNKNOWN'
  | 'USER_DISABLED'
  | 'USERNAME_TAKEN'
  | 'EXTERNAL_ID_TAKEN'
  | 'LIMIT_REACHED'
  // operator
  | 'CONFIGURATION_INVALID'
  | 'INSUFFICIENT_BALANCE'
  | AgencyRejectReason;

/** Facts that help the caller mend the command; prices in ticks, quantities in steps, money in 1e-8 USDT. */
export interface RejectDetails {
  readonly field?: string;
  readonly value?: string;
  readonly rule?: string;
  /** Nearest valid decimal texts, for a value that is off the grid. */
  readonly below?: string;
  readonly above?: string;
  readonly boundTicks?: number;
  readonly bestBidTicks?: number;
  readonly bestAskTicks?: number;
  readonly required?: bigint;
  readonly available?: bigint;
  readonly orderId?: number;
  readonly conditionId?: number;
  readonly status?: string;
  readonly problems?: readonly string[];
}

export interface Rejected {
  readonly ok: false;
  readonly reason: RejectReason;
  readonly details: RejectDetails;
}

const NO_DETAILS: RejectDetails = Object.freeze({});

export const reject = (reason: RejectReason, details: RejectDetails = NO_DETAILS): Rejected => ({
  ok: false,
  reason,
  details,
});
