import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { Agents } from './agents.ts';
import { Bindings } from './bindings.ts';
import type { AgencyEvent } from './event.ts';
import { FundingWallets } from './funding-wallets.ts';
import type { AgencyLimits } from './limits.ts';
import { Nonces } from './nonces.ts';
import { Outboxes } from './outboxes.ts';
import type { AgencyPorts } from './ports.ts';
import { SignOns } from './sign-ons.ts';
import { TransferOrders } from './transfer-orders.ts';
import { WalletTransfers } from './wallet-transfers.ts';

export interface AgencyState {
  readonly agents: Agents;
  readonly nonces: Nonces;
  readonly bindings: Bindings;
  readonly orders: TransferOrders;
  readonly fundingWallets: FundingWallets;
  readonly walletTransfers: WalletTransfers;
  readonly outboxes: Outboxes;
  readonly signOns: SignOns;
  /** All that came into deposits from outside, less all that left them for there; in 1e-8 USDT. */
  external: bigint;
}

export type Emit = (event: AgencyEvent) => void;

/** One command's turn: what it works on, when, what it reaches outside, and where its events go. */
export interface Turn {
  readonly state: AgencyState;
  readonly timeMs: number;
  readonly ports: AgencyPorts;
  readonly emit: Emit;
}

export const emptyState = (limits: AgencyLimits): AgencyState => ({
  agents: new Agents(limits.agents),
  nonces: new Nonces(limits),
  bindings: new Bindings(),
  orders: new TransferOrders(limits),
  fundingWallets: new FundingWallets(),
  walletTransfers: new WalletTransfers(limits),
  outboxes: new Outboxes(limits),
  signOns: new SignOns(limits),
  external: 0n,
});

export function saveState(writer: StateWriter, state: AgencyState): void {
  state.agents.save(writer);
  state.nonces.save(writer);
  state.bindings.save(writer);
  state.orders.save(writer);
  state.fundingWallets.save(writer);
  state.walletTransfers.save(writer);
  state.outboxes.save(writer);
  state.signOns.save(writer);
  writer.bigint(state.external);
}

export const loadState = (reader: StateReader, limits: AgencyLimits): AgencyState => ({
  agents: Agents.load(reader, limits.agents),
  nonces: Nonces.load(reader, limits),
  bindings: Bindings.load(reader),
  orders: TransferOrders.load(reader, limits),
  fundingWallets: FundingWallets.load(reader),
  walletTransfers: WalletTransfers.load(reader, limits),
  outboxes: Outboxes.load(reader, limits),
  signOns: SignOns.load(reader, limits),
  external: reader.bigint(),
});
