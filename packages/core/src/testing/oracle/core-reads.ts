import type { Core } from '../../core.ts';
import type { PositionView } from '../../reads.ts';
import { agree, OracleDifference } from './difference.ts';
import { nearest, UNIT } from './fraction.ts';
import { holdLiquidationTick } from './liquidation-tick.ts';
import type { MarginAccount } from './margin-account.ts';
import type { OracleState } from './oracle-state.ts';
import { type Holding, lots, sideOf } from './user-books.ts';

/** Holds what the core's reads say of a user against the oracle: account, positions, open orders, settings. */
export function compareUser(oracle: OracleState, core: Core, userId: number): void {
  const account = oracle.account(userId);
  const { user } = account;
  const read = core.exchange.account(userId);
  const figures = {
    wallet: user.wallet,
    isolatedMargin: account.isolatedMargin,
    frozen: account.frozen,
    used: account.used,
    available: account.available,
    unrealizedPnl: account.unrealizedPnl,
    marginBalance: account.balance,
    maintenanceMargin: account.crossMaintenance,
    marginRatio: account.ratio(),
  };
  for (const [figure, own] of Object.entries(figures))
    agree(`${figure} of the account`, { userId, core: read[figure as keyof typeof read], oracle: own });
  const volume30d = core.exchangeState.accounts.get(userId)?.volume30d ?? 0n;
  agree('FEE-2: volume30d', { userId, core: volume30d, oracle: user.volume30d });
  const positions = core.exchange.positions(userId);
  agree('number of positions', { userId, core: positions.length, oracle: user.open.length });
  for (const position of positions) comparePosition(oracle, account, position);
  compareOrders(core, account);
}

function comparePosition(oracle: OracleState, account: MarginAccount, position: PositionView): void {
  const { user } = account;
  const { userId } = user;
  const holding = user.holding(position.symbol, position.positionSide);
  const figures = positionFigures(oracle, account, holding);
  for (const [figure, own] of Object.entries(figures))
    agree(`${figure} of ${position.symbol} ${position.positionSide}`, {
      userId,
      core: position[figure as keyof PositionView],
      oracle: own,
    });
  holdLiquidationTick(account, holding, BigInt(position.liquidationPrice));
}

function positionFigures(oracle: OracleState, account: MarginAccount, holding: Holding): Partial<PositionView> {
  const symbol = account.symbol(holding.symbol);
  const own = account.user.isIsolated(holding.symbol);
  const initialMargin = account.initialMargin(holding);
  const { base, markup } = oracle.fees.rates(account.user, symbol, 'taker');
  const side = sideOf(holding);
  const held = lots(holding) * symbol.parameters.stepSize;
  return {
    marginMode: own ? 'ISOLATED' : 'CROSS',
    positionId: holding.life?.positionId ?? 0,
    openedAtMs: holding.life?.openedAtMs ?? 0,
    fundingFeeAccum: (holding.life?.funding ?? 0n) as PositionView['fundingFeeAccum'],
    leverage: Number(account.leverage(holding.symbol)),
    quantity: Number(holding.quantity) as PositionView['quantity'],
    entryPrice: nearest(holding.cost * UNIT, held),
    breakEvenPrice: nearest(
      (holding.cost + side * holding.openFees) * UNIT * UNIT,
      held * (UNIT - side * (base + markup)),
    ),
    marginRatio: account.ratio(holding),
    unrealizedPnl: account.pnl(holding) as PositionView['unrealizedPnl'],
    roe: initialMargin === 0n ? 0n : nearest(account.pnl(holding) * UNIT, initialMargin),
    mark: Number(symbol.mark) as PositionView['mark'],
    margin: (own ? holding.margin : initialMargin) as PositionView['margin'],
    maintenanceMargin: account.maintenance(holding) as PositionView['maintenanceMargin'],
    notional: account.notional(holding) as PositionView['notional'],
  };
}

function compareOrders(core: Core, { user }: MarginAccount): void {
  const { userId } = user;
  const read = core.exchange.openOrders(userId);
  agree('number of open orders', { userId, core: read.length, oracle: user.orders.size });
  for (const order of read) {
    const own = user.orders.get(order.orderId);
    for (const figure of ['quantity', 'filledQuantity', 'price', 'status', 'side', 'reduceOnly'] as const)
      agree(`${figure} of open order ${order.orderId}`, { userId, core: order[figure], oracle: own?.[figure] });
  }
}

/** Holds the venue's sums and books against the oracle: fees, open interest, depth (INV-3). */
export function compareVenue(oracle: OracleState, core: Core): void {
  const { fees, rounding, commissions, external } = core.exchangeState;
  agree('fees', { core: fees, oracle: oracle.fees.fees });
  agree('rounding account', { core: rounding, oracle: oracle.rounding });
  agree('money from outside', { core: external + core.agency.external(), oracle: oracle.external });
  for (const [agentId, own] of oracle.fees.commissions)
    agree(`commissions of agent ${agentId}`, { core: commissions.get(agentId) ?? 0n, oracle: own });
  for (const [name, symbol] of oracle.symbols) {
    const read = core.exchange.symbol(name);
    if (read === undefined) throw new OracleDifference('symbol', { core: 'none', oracle: name });
    agree(`open interest of ${name}`, { core: BigInt(read.openInterest), oracle: oracle.openInterest(name) });
    agree(`last price of ${name}`, { core: BigInt(read.last), oracle: symbol.last });
    compareDepth(oracle, core, name);
  }
}

function compareDepth(oracle: OracleState, core: Core, symbol: string): void {
  const depth = core.exchange.depth(symbol);
  const orders = [...oracle.users.values()].flatMap((user) => [...user.orders.values()]);
  const levels = (side: 'BUY' | 'SELL'): (readonly [number, number])[] => {
    const sums = new Map<number, number>();
    for (const order of orders)
      if (order.symbol === symbol && order.side === side)
        sums.set(order.price, (sums.get(order.price) ?? 0) + order.quantity - order.filledQuantity);
    return [...sums].sort(([a], [b]) => (side === 'BUY' ? b - a : a - b));
  };
  const bids = levels('BUY');
  const asks = levels('SELL');
  agree(`INV-3: bids of ${symbol}`, { core: JSON.stringify(depth?.bids), oracle: JSON.stringify(bids) });
  agree(`INV-3: asks of ${symbol}`, { core: JSON.stringify(depth?.asks), oracle: JSON.stringify(asks) });
  const [bid, ask] = [bids[0]?.[0] ?? 0, asks[0]?.[0] ?? Number.POSITIVE_INFINITY];
  if (bid >= ask) throw new OracleDifference(`INV-3: best prices of ${symbol}`, { core: [bid, ask], oracle: 'apart' });
}
