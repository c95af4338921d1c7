import { Type } from 'typebox';
import { PREVIEW_WARNINGS } from '../../enums.ts';
import { count, oneOf, price, signedAmount } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { PlaceOrderBody } from './place-body.ts';
import { PLACE_ERRORS } from './place-errors.ts';
import { placeOrderProblem } from './rules.ts';

/** Says what an order would ask for and do if it were placed now, without placing it. */
export const previewOrder = defineRoute({
  method: 'POST',
  path: '/v1/private/order/preview',
  auth: 'T',
  rateLimit: 'private',
  summary: 'What an order would ask for and do; no effect',
  query: NO_FIELDS,
  body: PlaceOrderBody,
  bodyRule: placeOrderProblem,
  data: Type.Object({
    required: signedAmount('What must be available: margin, fee, and what the opening part would lose at once'),
    margin: signedAmount('How much more margin would be held'),
    handlingFee: signedAmount('Fee at the worst rate that the order can have; negative: a rebate'),
    estimatedFillPrice: price('Average price; "0" when nothing would fill'),
    worstFillPrice: price('Worst price at which it can fill; "0" when nothing would fill'),
    liqPriceAfter: price('Liquidation price of the position when all has filled; "0" when there is none'),
    availableAfter: signedAmount('Available balance afterwards'),
    leverageTier: count('Tier of the position when all has filled', 1),
    warnings: Type.Array(oneOf(PREVIEW_WARNINGS, 'With INSUFFICIENT_MARGIN placing the order is refused (3001)'), {
      description: 'What the sender may not expect',
    }),
  }),
  errors: PLACE_ERRORS,
});
