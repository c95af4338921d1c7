import type { PriceTicks } from '@openvenue/money';
import type { Core } from '../../core.ts';
import type { AccountView, PositionView } from '../../reads.ts';
import { quantileOf, ranking } from './deleveraging.ts';
import { agree, hold, OracleDifference } from './difference.ts';
import { nearest, UNIT } from './fraction.ts';
import { FUND } from './fund.ts';
import { holdLiquidationTick } from './liquidation-tick.ts';
import type { MarginAccount } from './margin-account.ts';
import type { Oracle } from './oracle.ts';
import type { OracleState } from './oracle-state.ts';
import { type Holding, lots, sideOf, type UserBooks } from './user-books.ts';

/** Holds a user's account against the oracle; cheap enough for every command. */
export function compareAccount(oracle: OracleState, core: Core, userId: number): void {
  const account = oracle.account(userId);
  const { user } = account;
  const read = core.exchange.account(userId);
  const same =
    read.wallet === user.wallet &&
    read.isolatedMargin === user.isolatedMargin &&
    read.frozen === account.frozen &&
    read.used === account.used &&
    read.available === account.available &&
    read.unrealizedPnl === account.unrealizedPnl &&
    read.marginBalance === account.balance &&
    read.maintenanceMargin === account.crossMaintenance &&
    read.marginRatio === account.ratio() &&
    read.volume30d === user.volume30d;
  if (!same) compareFigures(account, read);
}

/** Holds everything that the core's reads say of a user against the oracle: account, positions as they are shown, open orders. */
export function compareUser(oracle: OracleState, core: Core, userId: number): void {
  const account = oracle.account(userId);
  compareFigures(account, core.exchange.account(userId));
  comparePositions(core, account.user);
  for (const position of core.exchange.positions(userId)) comparePosition(oracle, account, position);
  compareOrders(core, account);
}

function compareFigures(account: MarginAccount, read: AccountView): void {
  const { user } = account;
  const { userId } = user;
  const figures = {
    wallet: user.wallet,
    isolatedMargin: user.isolatedMargin,
    frozen: account.frozen,
    used: account.used,
    available: account.available,
    unrealizedPnl: account.unrealizedPnl,
    marginBalance: account.balance,
    maintenanceMargin: account.crossMaintenance,
    marginRatio: account.ratio(),
    volume30d: user.volume30d,
  };
  for (const [figure, own] of Object.entries(figures))
    agree(`${figure} of the account`, { userId, core: read[figure as keyof AccountView], oracle: own });
}

/** Holds quantity, cost and margin of every leg that the core keeps against the oracle; cheap enough for every command. */
export function comparePositions(core: Core, user: UserBooks): void {
  const { userId } = user;
  let open = 0;
  for (const { legs } of core.exchangeState.accounts.get(userId)?.stances.values() ?? []) {
    for (const { market, positionSide, quantity, position } of legs) {
      const own = user.holding(market.symbol, positionSide);
      if (quantity !== 0) open++;
      const same = BigInt(quantity) === own.quantity && position.cost === own.cost && position.margin === own.margin;
      if (same) continue;
      const { cost, margin } = position;
      throw new OracleDifference(`position in ${market.symbol} ${positionSide}`, {
        userId,
        core: { quantity, cost, margin },
        oracle: { quantity: own.quantity, cost: own.cost, margin: own.margin },
      });
    }
  }
  agree('number of positions', { userId, core: open, oracle: user.open.length });
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
  if (userId !== FUND) holdLiquidationTick(account, holding, BigInt(position.liquidationPrice));
}

/** LIQ-3: the place of every position in the queue of auto-deleveraging. */
export function compareQueues(oracle: OracleState, core: Core): void {
  const shown = new Map<Holding, number>();
  for (const user of oracle.users.values())
    for (const { symbol, positionSide, adlQuantile } of core.exchange.positions(user.userId))
      shown.set(user.holding(symbol, positionSide), adlQuantile);
  for (const symbol of oracle.symbols.keys())
    for (const long of [true, false]) {
      const places = ranking(oracle, symbol, long);
      for (const { userId, holding } of places)
        agree(`LIQ-3: adlQuantile of ${symbol} ${holding.positionSide}`, {
          userId,
          core: shown.get(holding),
          oracle: quantileOf(places, holding),
        });
    }
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

/** Holds what a command has changed of the venue's sums and books against the oracle; cheap enough for every command. */
export function compareChanged({ state: oracle, sums }: Pick<Oracle, 'state' | 'sums'>, core: Core): void {
  const { fees, rounding, external, markets } = core.exchangeState;
  agree('fees', { core: fees, oracle: oracle.fees.fees });
  agree('rounding account', { core: rounding, oracle: oracle.rounding });
  agree('money from outside', { core: external + core.agency.external(), oracle: oracle.external });
  for (const { symbol, side, price, quantity } of oracle.levels.changed) {
    const read = markets.get(symbol)?.book.levelQuantity(side, price as PriceTicks) ?? 0;
    agree(`INV-3: ${side} level ${price} of ${symbol}`, { core: read, oracle: quantity });
  }
  for (const [symbol, { book, openInterest }] of markets) {
    agree(`INV-2: open interest of ${symbol}`, {
      core: BigInt(openInterest),
      oracle: sums.openInterest(symbol),
    });
    agree(`INV-3: number of orders in ${symbol}`, { core: book.orderCount, oracle: oracle.levels.ordersIn(symbol) });
    const [bid, ask] = [book.bestPrice('BUY'), book.bestPrice('SELL')];
    hold(`INV-3: best prices of ${symbol}`, bid < ask || ask === -1, { seen: { bid, ask } });
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
