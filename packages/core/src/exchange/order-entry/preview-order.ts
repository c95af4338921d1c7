import { divide, type Money, type PriceTicks, type QuantitySteps } from '@openvenue/money';
import type { NewOrder } from '../../command.ts';
import type { OrderPreview, PreviewWarning } from '../../reads.ts';
import type { Rejected } from '../../reject.ts';
import type { Exposure } from '../accounts/leg.ts';
import { type Assessed, affordabilityFault, assess } from '../admission/admission.ts';
import type { Candidate } from '../admission/candidate.ts';
import type { ExchangeState } from '../exchange-state.ts';
import { orderFault } from '../forms/command-form.ts';
import {
  afterFill,
  crossInitialMargin,
  crossUnrealizedPnl,
  effectOf,
  type MarginSlice,
  marginSlice,
} from '../margin/fill-verdict.ts';
import { liquidationPriceOf } from '../margin/liquidation-price.ts';
import { availableOf, frozenMargin } from '../margin/margin.ts';
import { requiredMargin } from '../margin/required-margin.ts';
import { remainingOf } from '../orders/order.ts';
import { feeOf } from '../positions/position.ts';
import { candidateOf } from './place-order.ts';

/**
 * What an order would ask for and do if it were placed now, by the same ladder and the same plan as placing it; nothing is
 * changed. It is refused as placing would refuse it, except for margin, which is a warning. Exits that come with the order are
 * judged, and what they or other conditions would do is not counted.
 */
export function previewOrder(
  state: ExchangeState,
  timeMs: number,
  { userId, order }: { readonly userId: number; readonly order: NewOrder },
): OrderPreview | Rejected {
  const malformed = orderFault(order);
  if (malformed !== undefined) return malformed;
  const candidate = candidateOf(state, { userId, request: order });
  if ('ok' in candidate) return candidate;
  const assessed = assess(state, timeMs, candidate);
  if (!assessed.ok) return assessed;
  const { account, market, positionSide, makerOnly } = candidate;
  const { leg, exposure, reduceOnly, plan } = assessed;

  const now = marginSlice(account, market);
  const rest = restOf(candidate, assessed);
  const fills = plan.encounters.flatMap((encounter) => (encounter.kind === 'fill' ? [encounter] : []));
  const last = fills.at(-1)?.takerVerdict;
  const afterFills = last === undefined ? now : afterFill(last.slice, candidate.positionSide, last.effect);
  const whenDone = rest === 0 ? afterFills : fillRest(afterFills, candidate, { price: assessed.price, rest });
  const size = Math.abs(whenDone.positions[positionSide].quantity) as QuantitySteps;
  const margin = reduceOnly ? 0n : leg.frozenParts(exposure).margin - leg.frozenParts().margin;
  return {
    ok: true,
    kind: 'preview',
    required: reduceOnly ? (0n as Money) : requiredMargin(leg, exposure),
    margin: margin as Money,
    handlingFee: feeOf(market.valueOf(exposure.tickSteps), makerOnly ? now.makerRate : now.takerRate),
    estimatedFillPrice:
      exposure.quantity === 0
        ? 0n
        : divide(BigInt(exposure.tickSteps) * market.parameters.tickSize, BigInt(exposure.quantity), 'half-up'),
    worstFillPrice: rest > 0 ? assessed.price : (fills.at(-1)?.maker.price ?? (0 as PriceTicks)),
    liqPriceAfter: liquidationPriceOf(whenDone, positionSide),
    availableAfter: availableAfter(candidate, assessed, { slice: afterFills, rest }),
    leverageTier: market.tiers.tierOf(market.notionalAtMark(size)) + 1,
    warnings: warningsOf(candidate, assessed),
  };
}

/** What would come to rest. */
function restOf(candidate: Candidate, { plan, quantity }: Assessed): number {
  const rests = candidate.type === 'LIMIT' && candidate.timeInForce === 'GTC' && plan.stop === 'done';
  return rests ? quantity - plan.filled : 0;
}

/** The slice once the rest, too, has filled at its own price. */
function fillRest(
  slice: MarginSlice,
  candidate: Candidate,
  at: { readonly price: PriceTicks; readonly rest: number },
): MarginSlice {
  const { side, positionSide } = candidate;
  const effect = effectOf(slice, {
    side,
    positionSide,
    price: at.price,
    quantity: at.rest as QuantitySteps,
    feeRate: slice.makerRate,
    unit: slice.market.unit,
  });
  return afterFill(slice, positionSide, effect);
}

/** Available once the fills are booked, own orders in the way are canceled, and the rest is frozen for. */
function availableAfter(
  candidate: Candidate,
  assessed: Assessed,
  { slice, rest }: { readonly slice: MarginSlice; readonly rest: number },
): Money {
  const { account, market, side, positionSide, makerOnly } = candidate;
  const legs = account.peek(market).legs;
  let frozen: bigint = frozenMargin(account);
  for (const leg of legs) frozen -= leg.frozen;
  for (const leg of legs.includes(assessed.leg) ? legs : [...legs, assessed.leg]) {
    const copy = leg.copyWith(slice.positions[leg.positionSide]);
    for (const encounter of assessed.plan.encounters) {
      if (encounter.kind !== 'self-trade' || candidate.selfTradePrevention === 'CANCEL_TAKER') continue;
      const { maker } = encounter;
      if (maker.positionSide === leg.positionSide && !maker.reduceOnly) copy.expose(maker, -remainingOf(maker));
    }
    const resting: Exposure = { side, quantity: rest, tickSteps: rest * assessed.price, makerOnly };
    const counts = leg.positionSide === positionSide && rest > 0 && !assessed.reduceOnly;
    frozen += counts ? copy.frozenWith(resting) : copy.frozen;
  }
  return availableOf({
    crossWallet: slice.crossWallet as Money,
    initialMargin: crossInitialMargin(slice),
    frozen: frozen as Money,
    unrealizedPnl: crossUnrealizedPnl(slice) as Money,
  });
}

function warningsOf(candidate: Candidate, assessed: Assessed): readonly PreviewWarning[] {
  const { plan } = assessed;
  const warnings: PreviewWarning[] = [];
  if (affordabilityFault(candidate.account, assessed) !== undefined) warnings.push('INSUFFICIENT_MARGIN');
  if (plan.metOwn) warnings.push('SELF_TRADE');
  if (!candidate.closePosition && assessed.quantity < candidate.quantity) warnings.push('QUANTITY_CUT');
  if (plan.filled + restOf(candidate, assessed) < assessed.quantity) warnings.push('PARTIAL_FILL');
  return warnings;
}
