import type { Core, Event } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';
import type { Counters } from '../machine/counters.ts';
import { DAMAGES } from '../machine/damage.ts';
import { STAGES } from '../machine/stages.ts';
import { CONDITION_SIGHTS } from './condition-sights.ts';
import { LIQUIDATION_SIGHTS } from './liquidation-sights.ts';
import { changed, ended, order, refused, type Sight, some } from './sight.ts';
import { SYMBOL_SIGHTS } from './symbol-sights.ts';

/**
 * What a batch of runs must have seen, each at least once: a rule that was never reached was not tested. One line adds one.
 */
export const SIGHTS: Readonly<Record<string, Sight>> = {
  fill: some(({ type }) => type === 'trade'),
  'partial fill': order(({ status }) => status === 'PARTIALLY_FILLED'),
  'fills at several prices': ({ events }) =>
    new Set(events.flatMap((event) => (event.type === 'trade' ? [event.price] : []))).size > 1,
  'self-trade prevented': some(({ type }) => type === 'self-trade-prevented'),
  'self-trade cancel': ended('SELF_TRADE'),
  'IOC rest canceled': ended('IOC'),
  'FOK refused': refused('FOK_NOT_FILLABLE'),
  'maker-only refused': refused('WOULD_TAKE'),
  'nothing to take': refused('NO_LIQUIDITY'),
  'margin cancel': ended('MARGIN'),
  'margin refused': refused('INSUFFICIENT_MARGIN'),
  'outside the band': refused('PRICE_OUTSIDE_BAND'),
  'reduce-only canceled': ended('REDUCE_ONLY'),
  'reduce-only cut': changed('REDUCE_ONLY'),
  'close position': order(({ closePosition }) => closePosition),
  amendment: order((_order, { executionType }) => executionType === 'AMENDED'),
  'position closed': some(({ type }) => type === 'position-closed'),
  flip: ({ events }) =>
    events.some(
      (event, index) =>
        event.type === 'position-closed' &&
        events.slice(index).some((next) => next.type === 'position-changed' && isFlip(event.closed, next.position)),
    ),
  'hedge position': some(
    (event) =>
      event.type === 'position-changed' && event.position.positionSide !== 'BOTH' && event.position.quantity !== 0,
  ),
  'isolated position': some((event) => event.type === 'position-changed' && event.position.margin > 0n),
  'isolated margin moved': ({ command, reply }) => command.type === 'adjust-isolated-margin' && reply.ok,
  'leverage changed': some(({ type }) => type === 'leverage-changed'),
  'margin mode changed': some(({ type }) => type === 'margin-mode-changed'),
  'one price source left': some((event) => event.type === 'prices-updated' && event.state === 'DEGRADED'),
  'prices frozen': some((event) => event.type === 'prices-updated' && event.state === 'FROZEN'),
  'configuration changed': some((event) => event.type === 'symbol-configured' && event.version > 1),
  'client order id repeated': refused('DUPLICATE_CLIENT_ORDER_ID'),
  'signature replayed': refused('SIGNATURE_REPLAYED'),
  'nonce replayed': refused('NONCE_REUSED'),
  'user bound': some(({ type }) => type === 'user-bound'),
  'transfer in': transferred('TRANSFER_IN'),
  'transfer out': transferred('TRANSFER_OUT'),
  'transfer reversed': transferred('TRANSFER_REVERSE'),
  'transfer failed': ({ reply }) => reply.ok && reply.kind === 'transfer' && reply.status === 'FAILED',
  'transfer repeated': ({ reply }) => reply.ok && reply.kind === 'transfer' && reply.repeated,
  'transfer of all': ({ command, reply }) => command.type === 'transfer-all-out' && reply.ok,
  'transfer number conflict': refused('ORDER_NUMBER_CONFLICT'),
  'webhook delivered': some((event) => event.type === 'webhook-settled' && event.outcome === 'DELIVERED'),
  'webhook dead': some((event) => event.type === 'webhook-settled' && event.outcome === 'DEAD'),
  'webhook postponed': some(({ type }) => type === 'webhook-postponed'),
  'webhook replayed': some(({ type }) => type === 'webhook-replayed'),
  'webhook out of order': refused('WEBHOOK_OUT_OF_ORDER'),
  'ticket used': some((event) => event.type === 'sign-on-ended' && event.kind === 'ticket' && event.reason === 'USED'),
  'embed token used': some(
    (event) => event.type === 'sign-on-ended' && event.kind === 'embed-token' && event.reason === 'USED',
  ),
  'sign-on burnt': some((event) => event.type === 'sign-on-ended' && event.reason === 'BURNT'),
  'sign-on expired': some((event) => event.type === 'sign-on-ended' && event.reason === 'EXPIRED'),
  'sign-on refused': refused('TOKEN_INVALID'),
  'session renewed': some(({ type }) => type === 'session-renewed'),
  'session expired': some(({ type }) => type === 'session-expired'),
  'session revoked': some((event) => event.type === 'session-revoked' && event.reason === 'LOGOUT'),
  'session ended by reuse': some((event) => event.type === 'session-revoked' && event.reason === 'REUSE'),
  'transfer not reversible': refused('TRANSFER_NOT_REVERSIBLE'),
  ...LIQUIDATION_SIGHTS,
  ...SYMBOL_SIGHTS,
  ...CONDITION_SIGHTS,
};

/** What a batch must have met on the way: faults that did something, and ways out of them. */
export const FAULT_SIGHTS: readonly string[] = [
  'fault: kill',
  'fault: power cut',
  'fault: torn write',
  'fault: lost unsynced write',
  'fault: short write',
  'fault: full disk',
  'fault: failed sync',
  'fault: failed write',
  'fault: slow disk',
  'fault: pause',
  'fault: clock forward',
  'fault: clock back',
  ...DAMAGES.flatMap((how) => [`fault: ${how} in segment`, `fault: ${how} in snapshot`]),
  ...DAMAGES.filter((how) => how !== 'truncation').map((how) => `fault: ${how} in head`),
  'fault: second process',
  'fault: clean restart',
  'fault: request lost',
  'fault: reply lost',
  'fault: request doubled',
  'fault: request late',
  'fault: requests reordered',
  'fault: partition before the venue',
  'fault: partition behind the venue',
  ...STAGES.map((stage) => `crash while: ${stage}`),
  'met: read-only',
  'met: process ended by a failed sync or write',
  'met: overloaded',
  'met: outcome unknown',
  'met: command found after a crash',
  'met: snapshot saved',
  'met: snapshot not saved',
  'met: snapshot refused',
  'met: damage detected',
  'met: price crash',
  'met: recovery from a snapshot',
  'met: recovery without a snapshot',
  'met: several commands in a block',
  'met: a longer tail',
  'met: several segments',
  'met: second process refused',
  'met: follower in step',
  'met: hours passed',
];

/** Every counter that must not stay 0 over a batch. */
export const EXPECTED: readonly string[] = [...Object.keys(SIGHTS), ...FAULT_SIGHTS];

/** Looks out for everything until it has seen it: what it counts in a run is 0 or 1. */
export class Lookout {
  readonly #unseen = new Map(Object.entries(SIGHTS));
  readonly #counters: Counters;

  constructor(counters: Counters) {
    this.#counters = counters;
  }

  look(committed: Committed, core: Core): void {
    for (const [name, sees] of this.#unseen) {
      if (!sees(committed, core)) continue;
      this.#counters.add(name);
      this.#unseen.delete(name);
    }
  }
}

function transferred(changeType: string): Sight {
  return some((event) => event.type === 'ledger' && event.entry.changeType === changeType);
}

function isFlip(
  closed: Extract<Event, { type: 'position-closed' }>['closed'],
  after: Extract<Event, { type: 'position-changed' }>['position'],
): boolean {
  const isSameLeg =
    closed.userId === after.userId && closed.symbol === after.symbol && closed.positionSide === after.positionSide;
  return isSameLeg && (closed.direction === 'long' ? after.quantity < 0 : after.quantity > 0);
}
