import type { Core, SymbolStatus } from '@openvenue/core';
import { changed, ended, order, refused, type Sight, some } from './sight.ts';

const began = (status: SymbolStatus): Sight => {
  return ({ events }, core) =>
    events.some(
      (event) =>
        event.type === 'symbol-configured' &&
        event.version > 1 &&
        core.exchange.symbol(event.symbol)?.status === status,
    );
};
const delisting = (phase: 'ANNOUNCED' | 'REDUCE_ONLY' | 'ENDED'): Sight =>
  some((event) => event.type === 'symbol-delisting' && event.phase === phase);

/** Funding, fees and the life of symbols. */
export const SYMBOL_SIGHTS: Readonly<Record<string, Sight>> = {
  'funding settled': some((event) => event.type === 'funding-settled' && event.rate !== 0),
  'funding paid by shorts': some((event) => event.type === 'funding-settled' && event.rate < 0),
  'funding paid': some((event) => event.type === 'ledger' && event.entry.changeType === 'FUNDING_FEE'),
  'funding residue': ({ events }) => {
    let sum = 0n;
    for (const event of events)
      if (event.type === 'ledger' && event.entry.changeType === 'FUNDING_FEE') sum += event.entry.amount;
    return sum !== 0n;
  },
  'fee level changed': ({ command }, core) => command.type === 'update-prices' && isAnyoneAtLevel(core),
  'maker rebate': order(({ handlingFee }) => handlingFee < 0n),
  'fee schedule set': ({ command, reply }) => command.type === 'set-fee-schedule' && reply.ok,
  'agent commission booked': ({ events }, { exchangeState }) =>
    events.some(({ type }) => type === 'trade') &&
    [...exchangeState.commissions.values()].some((amount) => amount > 0n),
  'symbol REDUCE_ONLY begun': began('REDUCE_ONLY'),
  'symbol CANCEL_ONLY begun': began('CANCEL_ONLY'),
  'symbol HALTED begun': began('HALTED'),
  'order made reduce-only by its symbol': changed('SYMBOL'),
  'order ended by its symbol': ended('SYMBOL'),
  'symbol does not trade': refused('SYMBOL_NOT_TRADING'),
  'configuration scheduled': ({ command, reply, timeMs }) =>
    command.type === 'configure-symbol' && reply.ok && (command.effectiveAtMs ?? 0) > timeMs,
  'configuration waits for its time': ({ command }, { exchangeState }) =>
    command.type === 'update-prices' && exchangeState.pendingParameters.size > 0,
  'delisting announced': delisting('ANNOUNCED'),
  'delisting in its last hour': delisting('REDUCE_ONLY'),
  'delisting settled': delisting('ENDED'),
  'delisting settled at a mean': some(
    (event) => event.type === 'symbol-delisting' && (event.settlement?.samples ?? 0) > 1,
  ),
  'position settled': some((event) => event.type === 'account-updated' && event.reason === 'SETTLEMENT'),
  'order ended by delisting': ended('DELISTED'),
  // Nobody but the switch cancels the orders of others without a reason.
  "dead man's switch acted": ({ command, events }) =>
    events.some(
      (event) =>
        event.type === 'order-updated' &&
        event.executionType === 'CANCELED' &&
        !('actor' in command && command.actor.userId === event.order.userId),
    ),
};

function isAnyoneAtLevel({ exchange, exchangeState }: Core): boolean {
  return [...exchangeState.accounts.keys()].some((userId) => exchange.account(userId).feeLevel > 0);
}
