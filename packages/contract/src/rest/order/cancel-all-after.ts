import { type Static, Type } from 'typebox';
import { type Problem, problemOf, withValue } from '../../problem.ts';
import { flag } from '../../scalars.ts';
import { defineRoute, NO_DATA, NO_FIELDS } from '../define-route.ts';

/** Shortest and longest time of a dead man's switch, in milliseconds. */
export const CANCEL_AFTER_MIN_MS = 1_000;
export const CANCEL_AFTER_MAX_MS = 86_400_000;

const Body = Type.Object(
  {
    timeoutMs: Type.Integer({
      minimum: 0,
      maximum: CANCEL_AFTER_MAX_MS,
      description: 'Milliseconds from now to the cancel, at least 1000; 0 turns the switch off',
      'x-unit': 'ms',
      examples: [60_000],
    }),
    keepReduceOnly: Type.Optional(flag('Leave orders that only reduce a position')),
  },
  { additionalProperties: false },
);

function tooShort({ timeoutMs }: Static<typeof Body>): Problem | undefined {
  if (timeoutMs === 0 || timeoutMs >= CANCEL_AFTER_MIN_MS) return undefined;
  return withValue(problemOf(2003, 'timeoutMs', `0, or ${CANCEL_AFTER_MIN_MS} to ${CANCEL_AFTER_MAX_MS}`), timeoutMs);
}

/** A dead man's switch: all orders of the user are canceled unless the call comes again in time. Conditions stay. */
export const cancelAllAfter = defineRoute({
  method: 'POST',
  path: '/v1/private/order/cancel-all-after',
  auth: 'T',
  rateLimit: 'cancel',
  summary: 'Cancel all orders after a time, unless called again before',
  query: NO_FIELDS,
  body: Body,
  bodyRule: tooShort,
  data: NO_DATA,
  errors: [],
});
