import type { Event } from '../../event.ts';
import { agree, hold } from './difference.ts';
import { ceil, floor, UNIT } from './fraction.ts';
import type { OracleState } from './oracle-state.ts';
import { bookClosing, endLife } from './position-booking.ts';
import { lots, sideOf } from './user-books.ts';

type Of<T extends Event['type']> = Extract<Event, { type: T }>;

/** FND-3: each position pays or gets, rounded against it; the residue is the rounding account's. */
export function bookFunding(state: OracleState, { symbol, rate, mark }: Of<'funding-settled'>): void {
  const listed = state.symbol(symbol);
  agree(`mark of the funding of ${symbol}`, { core: BigInt(mark), oracle: listed.mark });
  let residue = 0n;
  for (const user of state.users.values())
    for (const holding of user.open.filter((each) => each.symbol === symbol)) {
      const amount = floor(-sideOf(holding) * listed.value(listed.mark, lots(holding)) * BigInt(rate), UNIT);
      if (user.isIsolated(symbol)) holding.margin += amount;
      else user.crossWallet += amount;
      if (holding.life !== undefined) holding.life.funding += amount;
      residue -= amount;
      state.touched.add(user.userId);
      state.entries.expect(user, { changeType: 'FUNDING_FEE', amount, symbol });
    }
  hold('SYM-3: the residue of funding', residue >= 0n, { seen: residue });
  state.rounding += residue;
}

/** SYM-5: at its symbol's end every position is closed at the settlement price, without a fee. Returns whose. */
export function bookSettlement(state: OracleState, { symbol, settlement }: Of<'symbol-delisting'>): readonly number[] {
  const settled: number[] = [];
  if (settlement === undefined) return settled;
  state.symbol(symbol).hasEnded = true;
  for (const { userId } of state.users.values()) {
    const account = state.account(userId);
    for (const holding of account.user.open.filter((each) => each.symbol === symbol)) {
      state.touched.add(userId);
      settled.push(userId);
      const quantity = lots(holding);
      const value = state.symbol(symbol).value(BigInt(settlement.price), quantity);
      const wasLong = holding.quantity > 0n;
      const pnl = bookClosing(account, holding, { quantity, value, fee: 0n });
      state.expectEnding(endLife(account, holding, { wasLong, trigger: 'LIQUIDATION', atMs: state.timeMs }));
      state.entries.expect(account.user, { changeType: 'REALIZED_PNL', amount: pnl, symbol });
    }
  }
  return settled;
}

/** MRG-6: an isolated margin below the new initial margin is topped up. */
export function bookLeverage(state: OracleState, { userId, symbol, leverage }: Of<'leverage-changed'>): void {
  const user = state.touch(userId);
  user.setLeverage(symbol, leverage);
  if (!user.isIsolated(symbol)) return;
  for (const holding of user.open.filter((each) => each.symbol === symbol)) {
    const needed = ceil(holding.cost, BigInt(leverage));
    if (holding.margin >= needed) continue;
    user.crossWallet -= needed - holding.margin;
    holding.margin = needed;
  }
}

/** Deposits of agents and funding wallets of users. */
export function bookAgentLedger(state: OracleState, { entry }: Of<'agent-ledger'>): void {
  const { agentId, amount, changeType, depositAfter } = entry;
  if (changeType === 'ADJUSTMENT') state.external += amount;
  const deposit = (state.deposits.get(agentId) ?? 0n) + amount;
  state.deposits.set(agentId, deposit);
  agree(`deposit of agent ${agentId}`, { core: depositAfter, oracle: deposit });
}

export function bookFundingLedger(state: OracleState, { entry }: Of<'funding-ledger'>): void {
  const { userId, amount, availableAfter } = entry;
  const wallet = (state.fundingWallets.get(userId) ?? 0n) + amount;
  state.fundingWallets.set(userId, wallet);
  agree('funding wallet', { userId, core: availableAfter, oracle: wallet });
}
