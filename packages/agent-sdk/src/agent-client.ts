import type { PerpetualFilter, PerpetualPage, PerpetualView } from './perpetual.ts';
import type * as Reply from './replies.ts';
import type * as Request from './requests.ts';

/** How long to wait for an order, and where to look for it. */
export interface WaitForOrderOptions extends Request.EnvironmentChoice {
  /** The last question may take up to the client's own `timeoutMs` longer. */
  readonly timeoutMs: number;
  /** Left out, the order is looked for among transfers in, then out. */
  readonly orderType?: Reply.OrderType | undefined;
}

/**
 * The calls of the Agent API. All of them can reject with `RefusedError` (nothing happened), `ProtocolError`, and `TypeError` or
 * `RangeError` for arguments that were not sent. `transfer`, `transferAllOut`, `reverse` and `walletTransfer` move money: they can
 * reject with `OutcomeUnknownError`, the others with `UnavailableError`.
 */
export interface AgentClient {
  version(): Promise<Reply.VersionReply>;
  /** Makes a user known to the venue, or finds it again. */
  bind(request: Request.BindRequest): Promise<Reply.BindReply>;
  /** Moves money between the agent's deposit and the user's contract wallet. Look at `orderStatus`: `FAILED` is an answer, not an error. */
  transfer(request: Request.TransferRequest): Promise<Reply.TransferReply>;
  /** Moves all that the user can withdraw to the agent's deposit. */
  transferAllOut(request: Request.TransferAllOutRequest): Promise<Reply.TransferAllOutReply>;
  /** Takes a transfer back, once. */
  reverse(request: Request.ReverseRequest): Promise<Reply.ReverseReply>;
  queryOrder(request: Request.QueryOrderRequest): Promise<Reply.QueryOrderReply>;
  listOrders(request?: Request.ListOrdersRequest): Promise<Reply.ListOrdersReply>;
  /** `currency` defaults to `USDT`. */
  queryAccount(request?: { readonly currency?: string | undefined }): Promise<Reply.QueryAccountReply>;
  queryUserAssets(
    request: Request.QueryUserAssetsRequest & { readonly includeFunding: true },
  ): Promise<Reply.QueryUserAssetsReply & { readonly funding: Reply.FundingAssets }>;
  queryUserAssets(request: Request.QueryUserAssetsRequest): Promise<Reply.QueryUserAssetsReply>;
  /** Moves money between the partner, the user's funding wallet and the user's contract wallet. */
  walletTransfer(request: Request.WalletTransferRequest): Promise<Reply.WalletTransferReply>;
  walletTransferStatus(
    request: { readonly agentOrderNo: string } & Request.EnvironmentChoice,
  ): Promise<Reply.WalletTransferReply>;
  /** Gives the user a name and password to sign in with. */
  setCredentials(request: {
    readonly agentUserId: string;
    readonly username: string;
    readonly password: string;
  }): Promise<Reply.SetCredentialsReply>;
  disableUser(request: { readonly agentUserId: string; readonly disabled: boolean }): Promise<Reply.DisableUserReply>;
  /** The webhooks' events in order, for catching up. Start with `afterSeq` 0. */
  events(request: { readonly afterSeq: number; readonly limit?: number | undefined }): Promise<Reply.EventsReply>;
  /** A URL that signs the user in once, for native apps and full pages. */
  createEntryUrl(request: Request.CreateEntryUrlRequest): Promise<Reply.CreateEntryUrlReply>;
  /** A token for the Trading Widget's `tokenProvider`. */
  createEmbedToken(request: Request.CreateEmbedTokenRequest): Promise<Reply.CreateEmbedTokenReply>;
  listSupportedFiatCurrencies(): Promise<Reply.SupportedFiatCurrenciesReply>;
  queryExchangeRates(request?: {
    readonly sourceCurrencies?: readonly string[] | undefined;
  }): Promise<Reply.ExchangeRatesReply>;
  /** One page of the users' orders, trades, positions or ledger. */
  queryPerpetual(view: PerpetualView, filter?: PerpetualFilter): Promise<PerpetualPage>;
  /**
   * Asks until the order is no longer `PROCESSING`.
   *
   * @throws StillProcessingError when `timeoutMs` is over, UnavailableError when even the last question had no answer.
   */
  waitForOrder(orderNo: string, options: WaitForOrderOptions): Promise<Reply.QueryOrderReply>;
}
