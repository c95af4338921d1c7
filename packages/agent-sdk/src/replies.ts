import { type Decoder, decimal, flag, integer, listOf, oneOf, record, text } from './decode.ts';
import { type WebhookEvent, webhookEvent } from './webhook/event.ts';

/** Real money, or a venue of simulated money beside it. */
export type Environment = 'PRODUCTION' | 'SIMULATED';
/** `PROCESSING` is pending, neither success nor failure; it resolves later by itself. */
export type OrderStatus = 'SUCCESS' | 'FAILED' | 'PROCESSING' | 'REVERSED' | 'DEAD';
export type OrderType = 'TRANSFER_IN' | 'TRANSFER_OUT';
export type TransferDirection = 'IN' | 'OUT';
export type TransferMode = 'FIXED_AMOUNT' | 'ALL_OUT';
export type WalletTransferDirection =
  | 'PARTNER_TO_FUNDING'
  | 'FUNDING_TO_PARTNER'
  | 'FUNDING_TO_CONTRACT'
  | 'CONTRACT_TO_FUNDING';

/** Carried by a reply only when the request named an environment. */
export interface EnvironmentEcho {
  readonly environment?: Environment;
}

export interface VersionReply {
  readonly service: string;
  readonly version: string;
  readonly commit: string;
  readonly date: string;
}

export interface BindReply {
  /** The venue's id of the user: ten digits. The same for every repeat. */
  readonly platformUserId: string;
  readonly bindStatus: 'BOUND';
  readonly isSimulatedUser: boolean;
}

export interface TransferReply extends EnvironmentEcho {
  /** The partner's number. */
  readonly orderNo: string;
  readonly orderStatus: OrderStatus;
  readonly agentUserId: string;
  readonly platformUserId: string;
}

export interface TransferAllOutReply extends TransferReply {
  /** What was moved; `''` while that is not known. */
  readonly amount: string;
}

export interface ReverseReply extends EnvironmentEcho {
  readonly orderStatus: OrderStatus;
}

/** An order as `listOrders` gives it. */
export interface ListedOrder {
  /** The partner's number. */
  readonly orderNo: string;
  readonly status: OrderStatus;
  readonly direction: TransferDirection;
  readonly transferMode: TransferMode;
  readonly currency: string;
  readonly amount: string;
  readonly agentUserId: string;
  readonly platformUserId: string;
  readonly failReason: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601, `''` while the order is pending. */
  readonly completedAt: string;
}

export interface QueryOrderReply extends ListedOrder, EnvironmentEcho {
  readonly orderType: OrderType;
}

export interface ListOrdersReply extends EnvironmentEcho {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly orders: readonly ListedOrder[];
}

export interface QueryAccountReply {
  readonly agentCode: string;
  readonly agentStatus: string;
  readonly assets: readonly { readonly currency: string; readonly depositBalance: string }[];
}

export interface FundingAssets {
  readonly assetCode: string;
  readonly availableAmount: string;
  readonly heldAmount: string;
  readonly totalAmount: string;
  readonly materialized: boolean;
}

export interface QueryUserAssetsReply extends EnvironmentEcho {
  readonly platformUserId: string;
  readonly walletBalance: string;
  readonly frozenMargin: string;
  readonly usedMargin: string;
  readonly availableBalance: string;
  readonly isolatedMargin: string;
  /** Grows with every change. */
  readonly version: number;
  readonly isSimulatedUser: boolean;
  /** There when the request set `includeFunding`. */
  readonly funding?: FundingAssets;
}

export interface WalletTransferReply extends EnvironmentEcho {
  /** The partner's number. */
  readonly orderNo: string;
  readonly status: 'SUCCESS' | 'PROCESSING' | 'FAILED';
  readonly direction: WalletTransferDirection;
  readonly currency: string;
  readonly amount: string;
  readonly transferAll: boolean;
  readonly agentUserId: string;
  readonly platformUserId: string;
  readonly resultCode: string;
}

export interface SetCredentialsReply {
  readonly username: string;
}

export interface DisableUserReply {
  readonly userStatus: string;
}

export interface EventsReply {
  readonly events: readonly (WebhookEvent & { readonly seq: number })[];
  /** Pass it as `afterSeq` next time. */
  readonly lastSeq: number;
}

export interface CreateEntryUrlReply {
  /** Carries a one-time ticket: hand it to the user's browser and to nobody else. */
  readonly webUrl: string;
  /** Unix seconds. */
  readonly expireAt: number;
}

export interface CreateEmbedTokenReply {
  /** Usable once. */
  readonly embedToken: string;
  /** Unix seconds. */
  readonly expireAt: number;
}

export interface SupportedFiatCurrenciesReply {
  readonly targetCurrency: string;
  readonly sourceCurrencies: readonly string[];
}

export interface ExchangeRate {
  readonly sourceCurrency: string;
  readonly targetCurrency: string;
  /** USDT for one unit of `sourceCurrency`, 18 decimals. */
  readonly rate: string;
}

export interface ExchangeRatesReply {
  readonly snapshotVersion: string;
  readonly provider: string;
  readonly sourceDate: string;
  /** Unix milliseconds. */
  readonly fetchedAt: number;
  /** Unix milliseconds. */
  readonly expiresAt: number;
  readonly pricingPolicy: string;
  readonly usdtUsdRate: string;
  readonly rateType: string;
  readonly usage: string;
  readonly rateMeaning: string;
  readonly rates: readonly ExchangeRate[];
}

const orderStatus = oneOf<OrderStatus>('SUCCESS', 'FAILED', 'PROCESSING', 'REVERSED', 'DEAD');
const transferFields = { orderNo: text, orderStatus, agentUserId: text, platformUserId: text };
const listedOrderFields = {
  orderNo: text,
  status: orderStatus,
  direction: oneOf<TransferDirection>('IN', 'OUT'),
  transferMode: oneOf<TransferMode>('FIXED_AMOUNT', 'ALL_OUT'),
  currency: text,
  amount: decimal,
  agentUserId: text,
  platformUserId: text,
  failReason: text,
  createdAt: text,
  completedAt: text,
};
const fundingAssets = record<FundingAssets>({
  assetCode: text,
  availableAmount: decimal,
  heldAmount: decimal,
  totalAmount: decimal,
  materialized: flag,
});
const userAssetsFields = {
  platformUserId: text,
  walletBalance: decimal,
  frozenMargin: decimal,
  usedMargin: decimal,
  availableBalance: decimal,
  isolatedMargin: decimal,
  version: integer,
  isSimulatedUser: flag,
};

/** Decoders of the replies, by call; each asks for exactly the fields that the contract lists. */
export const replies = {
  version: record<VersionReply>({ service: text, version: text, commit: text, date: text }),
  bind: record<BindReply>({ platformUserId: text, bindStatus: oneOf('BOUND'), isSimulatedUser: flag }),
  transfer: record<Omit<TransferReply, 'environment'>>(transferFields),
  transferAllOut: record<Omit<TransferAllOutReply, 'environment'>>({ ...transferFields, amount: decimal }),
  reverse: record<Omit<ReverseReply, 'environment'>>({ orderStatus }),
  queryOrder: record<Omit<QueryOrderReply, 'environment'>>({
    orderType: oneOf<OrderType>('TRANSFER_IN', 'TRANSFER_OUT'),
    ...listedOrderFields,
  }),
  listOrders: record<Omit<ListOrdersReply, 'environment'>>({
    total: integer,
    page: integer,
    pageSize: integer,
    orders: listOf(record<ListedOrder>(listedOrderFields)),
  }),
  queryAccount: record<QueryAccountReply>({
    agentCode: text,
    agentStatus: text,
    assets: listOf(record({ currency: text, depositBalance: decimal })),
  }),
  queryUserAssets: record<Omit<QueryUserAssetsReply, 'environment' | 'funding'>>(userAssetsFields),
  queryUserAssetsWithFunding: record<
    Omit<QueryUserAssetsReply, 'environment' | 'funding'> & { readonly funding: FundingAssets }
  >({ ...userAssetsFields, funding: fundingAssets }),
  walletTransfer: record<Omit<WalletTransferReply, 'environment'>>({
    orderNo: text,
    status: oneOf('SUCCESS', 'PROCESSING', 'FAILED'),
    direction: oneOf<WalletTransferDirection>(
      'PARTNER_TO_FUNDING',
      'FUNDING_TO_PARTNER',
      'FUNDING_TO_CONTRACT',
      'CONTRACT_TO_FUNDING',
    ),
    currency: text,
    amount: decimal,
    transferAll: flag,
    agentUserId: text,
    platformUserId: text,
    resultCode: text,
  }),
  setCredentials: record<SetCredentialsReply>({ username: text }),
  disableUser: record<DisableUserReply>({ userStatus: text }),
  events: record<EventsReply>({ events: listOf(eventWithSequence), lastSeq: integer }),
  createEntryUrl: record<CreateEntryUrlReply>({ webUrl: text, expireAt: integer }),
  createEmbedToken: record<CreateEmbedTokenReply>({ embedToken: text, expireAt: integer }),
  listSupportedFiatCurrencies: record<SupportedFiatCurrenciesReply>({
    targetCurrency: text,
    sourceCurrencies: listOf(text),
  }),
  queryExchangeRates: record<ExchangeRatesReply>({
    snapshotVersion: text,
    provider: text,
    sourceDate: text,
    fetchedAt: integer,
    expiresAt: integer,
    pricingPolicy: text,
    usdtUsdRate: decimal,
    rateType: text,
    usage: text,
    rateMeaning: text,
    rates: listOf(record<ExchangeRate>({ sourceCurrency: text, targetCurrency: text, rate: decimal })),
  }),
} as const;

function eventWithSequence(value: unknown, where: string): WebhookEvent & { readonly seq: number } {
  const decodeSequence: Decoder<{ seq: number }> = record({ seq: integer });
  return { ...webhookEvent(value, where), ...decodeSequence(value, where) };
}
