export type { Actor } from './actor.ts';
export type { AgencyReads, OrderQuery } from './agency/agency-reads.ts';
export type { Agent } from './agency/agents.ts';
export type { AgencyCommand, AgentAuth, AgentUserReference } from './agency/command.ts';
export type { AgencyEvent, AgentRecord } from './agency/event.ts';
export type { FundingWallet } from './agency/funding-wallets.ts';
export { MAX_NONCE_LIFE_MS, SIGN_ON_LIFE_MS } from './agency/limits.ts';
export type { AgencyRejectReason } from './agency/reject-reason.ts';
export type { AgencyReply } from './agency/reply.ts';
export type { TransferRecord, TransferStatus } from './agency/transfer-order.ts';
export type { WalletTransferRecord } from './agency/wallet-transfer-order.ts';
export type { WebhookBody } from './agency/webhook-body.ts';
export type {
  Amendment,
  AttachedExit,
  Command,
  CommandType,
  ConditionReference,
  GridFault,
  NewCondition,
  NewOrder,
  NewStrategy,
  OperatorCommand,
  OrderReference,
  SourceQuote,
  SubOrder,
  TradingCommand,
} from './command.ts';
export { decodeCommand, encodeCommand } from './command-codec.ts';
export { Core, type Outcome } from './core.ts';
export type {
  AccountFigures,
  ClosedPositionRecord,
  ConditionRecord,
  Event,
  EventType,
  ExchangeEvent,
  FillRecord,
  LedgerEntry,
  OrderRecord,
  PositionRecord,
  StrategyRecord,
  SubOrderRecord,
} from './event.ts';
export { FastBook } from './exchange/book/fast-book.ts';
export { NaiveBook } from './exchange/book/naive-book.ts';
export type { OrderBook } from './exchange/book/order-book.ts';
export type * from './exchange/enums.ts';
export { MAX_BATCH, MAX_CANCEL_BATCH } from './exchange/exchange.ts';
export { explainLiquidation, type LiquidationExplanation } from './exchange/liquidation/explain-liquidation.ts';
export type {
  LiquidationAction,
  LiquidationEvent,
  LiquidationFigures,
  LiquidationStep,
} from './exchange/liquidation/liquidation-event.ts';
export type { FeeLevel, LeverageTier, SymbolParameters } from './exchange/symbols/symbol-parameters.ts';
export { symbolProblems } from './exchange/symbols/symbol-validation.ts';
export { TierTable } from './exchange/symbols/tier-table.ts';
export { NaiveTriggers } from './exchange/triggers/naive-triggers.ts';
export type { TriggerIndex } from './exchange/triggers/trigger-index.ts';
export type { ApiKey } from './identity/api-keys.ts';
export type { IdentityCommand } from './identity/command.ts';
export type { IdentityEvent } from './identity/event.ts';
export type { Identity } from './identity/identity.ts';
export type { ListenKey } from './identity/listen-keys.ts';
export type { Need, Permission } from './identity/permission.ts';
export type { IdentityReply } from './identity/reply.ts';
export type { Session } from './identity/sessions.ts';
export type { User } from './identity/users.ts';
export type {
  AccountView,
  DepthView,
  ExchangeReads,
  ExitPrices,
  InsuranceFundView,
  OrderPreview,
  PositionView,
  PreviewWarning,
  SymbolView,
} from './reads.ts';
export type { RejectDetails, Rejected, RejectReason } from './reject.ts';
export type { Accepted, Reply } from './reply.ts';
