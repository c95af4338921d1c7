import { requireAmount } from './decimal.ts';
import type { Environment, OrderStatus, OrderType, TransferDirection, WalletTransferDirection } from './replies.ts';
import type { Fields, JsonValue } from './signing.ts';

/** Longest order number and `agentUserId`, in characters. */
export const MAX_ID_CHARACTERS = 64;
/** Longest `channelId`, in characters. */
export const MAX_CHANNEL_ID_CHARACTERS = 128;
/** Largest page of `listOrders`. */
export const MAX_PAGE_SIZE = 100;

/** A user by the partner's id, by the venue's, or by both, which then must agree. */
export type UserReference =
  | { readonly agentUserId: string; readonly platformUserId?: string | undefined }
  | { readonly platformUserId: string; readonly agentUserId?: string | undefined };

export interface EnvironmentChoice {
  /** Default `PRODUCTION`. */
  readonly environment?: Environment | undefined;
}

export interface BindRequest {
  /** The partner's id of the user, at most 64 characters. */
  readonly agentUserId: string;
  /** Name to show; any text, not unique, not the login name. */
  readonly username?: string | undefined;
  readonly ext?: JsonValue | undefined;
}

export type TransferRequest = UserReference &
  EnvironmentChoice & {
    /** The partner's number of this order, at most 64 characters; the idempotency key for good. */
    readonly agentOrderNo: string;
    readonly direction: TransferDirection;
    /** Default `USDT`. */
    readonly currency?: string | undefined;
    /** Positive decimal string, at most 8 decimals. */
    readonly amount: string;
  };

export type TransferAllOutRequest = UserReference &
  EnvironmentChoice & { readonly agentOrderNo: string; readonly currency?: string | undefined };

export interface ReverseRequest extends EnvironmentChoice {
  /** Number of the transfer to take back. */
  readonly origOrderNo: string;
  /** Number of the reverse itself; its idempotency key for good. */
  readonly reverseOrderNo: string;
  readonly reverseReason: string;
}

export interface QueryOrderRequest extends EnvironmentChoice {
  /** The partner's number. */
  readonly orderNo: string;
  readonly orderType: OrderType;
}

export interface ListOrdersRequest extends EnvironmentChoice {
  readonly orderType?: OrderType | undefined;
  readonly status?: OrderStatus | undefined;
  /** ISO 8601. */
  readonly startTime?: string | undefined;
  /** ISO 8601. */
  readonly endTime?: string | undefined;
  /** From 1, which is the default. */
  readonly page?: number | undefined;
  /** 1 to 100, default 20. */
  readonly pageSize?: number | undefined;
}

export interface QueryUserAssetsRequest extends EnvironmentChoice {
  readonly platformUserId: string;
  readonly includeFunding?: boolean | undefined;
}

export type WalletTransferRequest = UserReference &
  EnvironmentChoice & { readonly agentOrderNo: string; readonly currency?: string | undefined } & (
    | {
        readonly direction: WalletTransferDirection;
        /** Positive decimal string, at most 8 decimals. */
        readonly amount: string;
        readonly transferAll?: false | undefined;
      }
    | {
        readonly direction: 'FUNDING_TO_CONTRACT' | 'CONTRACT_TO_FUNDING';
        readonly transferAll: true;
        readonly amount?: undefined;
      }
  );

export interface CreateEntryUrlRequest {
  readonly agentUserId: string;
  /** Where the terminal opens, default `/trade/BTCUSDT`; begins with `/`, not with `//` or `/\`. */
  readonly redirectPath?: string | undefined;
  /** Where the terminal links back to; absolute http or https URL without user and password. */
  readonly returnUrl?: string | undefined;
}

export interface CreateEmbedTokenRequest {
  readonly agentUserId: string;
  /** As the widget gave it, at most 128 characters. */
  readonly channelId: string;
  /** The market shown first. */
  readonly symbol?: string | undefined;
}

export function bindFields(request: BindRequest): Fields {
  return { agentUserId: id(request, 'agentUserId'), username: request.username, ext: request.ext };
}

export function transferFields(request: TransferRequest): Fields {
  return {
    agentOrderNo: id(request, 'agentOrderNo'),
    ...userFields(request),
    direction: choice(request, 'direction', ['IN', 'OUT']),
    currency: request.currency,
    amount: requireAmount('amount', request.amount),
    environment: request.environment,
  };
}

export function transferAllOutFields(request: TransferAllOutRequest): Fields {
  return {
    agentOrderNo: id(request, 'agentOrderNo'),
    ...userFields(request),
    currency: request.currency,
    environment: request.environment,
  };
}

export function reverseFields(request: ReverseRequest): Fields {
  return {
    origOrderNo: id(request, 'origOrderNo'),
    reverseOrderNo: id(request, 'reverseOrderNo'),
    reverseReason: requireText('reverseReason', request.reverseReason),
    environment: request.environment,
  };
}

export function queryOrderFields(request: QueryOrderRequest): Fields {
  return {
    orderNo: id(request, 'orderNo'),
    orderType: choice(request, 'orderType', ['TRANSFER_IN', 'TRANSFER_OUT']),
    environment: request.environment,
  };
}

export function listOrdersFields(request: ListOrdersRequest): Fields {
  const { orderType, status, startTime, endTime, environment } = request;
  const page = optionalInteger('page', request.page, { from: 1, to: Number.MAX_SAFE_INTEGER });
  const pageSize = optionalInteger('pageSize', request.pageSize, { from: 1, to: MAX_PAGE_SIZE });
  return { orderType, status, startTime, endTime, page, pageSize, environment };
}

export function queryUserAssetsFields(request: QueryUserAssetsRequest): Fields {
  return {
    platformUserId: id(request, 'platformUserId'),
    includeFunding: request.includeFunding,
    environment: request.environment,
  };
}

export function walletTransferFields(request: WalletTransferRequest): Fields {
  const common = {
    agentOrderNo: id(request, 'agentOrderNo'),
    ...userFields(request),
    currency: request.currency,
    environment: request.environment,
  };
  const betweenWallets = ['FUNDING_TO_CONTRACT', 'CONTRACT_TO_FUNDING'];
  if (request.transferAll === true) {
    if (request.amount !== undefined) throw new TypeError('amount must be absent with transferAll');
    return { ...common, direction: choice(request, 'direction', betweenWallets), transferAll: true };
  }
  const direction = choice(request, 'direction', ['PARTNER_TO_FUNDING', 'FUNDING_TO_PARTNER', ...betweenWallets]);
  const amount = requireAmount('amount', request.amount);
  return { ...common, direction, amount, transferAll: request.transferAll };
}

export function createEntryUrlFields(request: CreateEntryUrlRequest): Fields {
  const { redirectPath, returnUrl } = request;
  if (redirectPath !== undefined && !/^\/(?![/\\])/.test(redirectPath)) {
    throw new RangeError('redirectPath must begin with one slash');
  }
  if (returnUrl !== undefined && !isReturnUrl(returnUrl)) {
    throw new RangeError('returnUrl must be an absolute http or https URL without user and password');
  }
  return { agentUserId: id(request, 'agentUserId'), redirectPath, returnUrl };
}

export function createEmbedTokenFields(request: CreateEmbedTokenRequest): Fields {
  return {
    agentUserId: id(request, 'agentUserId'),
    channelId: requireText('channelId', request.channelId, MAX_CHANNEL_ID_CHARACTERS),
    symbol: request.symbol,
  };
}

/** @throws TypeError when `value` is not a non-empty string, RangeError when it is too long. */
export function requireText(name: string, value: unknown, maxCharacters: number = Number.POSITIVE_INFINITY): string {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} must be a non-empty string`);
  if (value.length > maxCharacters) throw new RangeError(`${name} must have at most ${maxCharacters} characters`);
  return value;
}

/** @throws RangeError when `value` is there but not an integer between the bounds. */
export function optionalInteger(
  name: string,
  value: number | undefined,
  bounds: { readonly from: number; readonly to: number },
): number | undefined {
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value) || value < bounds.from || value > bounds.to) {
    throw new RangeError(`${name} must be an integer from ${bounds.from} to ${bounds.to}`);
  }
  return value;
}

function userFields(user: UserReference): Fields {
  if (user.agentUserId === undefined && user.platformUserId === undefined) {
    throw new TypeError('agentUserId or platformUserId must be given');
  }
  return {
    agentUserId: user.agentUserId === undefined ? undefined : id(user, 'agentUserId'),
    platformUserId: user.platformUserId === undefined ? undefined : id(user, 'platformUserId'),
  };
}

function id<K extends string>(request: { readonly [name in K]?: unknown }, name: K): string {
  return requireText(name, request[name], MAX_ID_CHARACTERS);
}

function choice<K extends string>(
  request: { readonly [name in K]?: unknown },
  name: K,
  allowed: readonly string[],
): string {
  const value = request[name];
  if (typeof value !== 'string' || !allowed.includes(value)) {
    throw new TypeError(`${name} must be one of ${allowed.join(', ')}`);
  }
  return value;
}

function isReturnUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
}
