import { Type } from 'typebox';
import { DECIMAL_MAX_LENGTH, oneOf, text, userId } from '../scalars.ts';
import { AGENT_ORDER_STATUSES, CURRENCIES, ENVIRONMENTS } from './enums.ts';

/** Characters of an id that the partner gives a user. */
export const AGENT_USER_ID_MAX_LENGTH = 64;
/** Characters of a number that the partner gives an order. */
export const AGENT_ORDER_NO_MAX_LENGTH = 64;
/** Decimals of a transferred amount. */
export const TRANSFER_DECIMALS_MAX = 8;
/** Decimal above 0 with at most eight decimals. */
export const TRANSFER_AMOUNT_PATTERN = '^(?=.*[1-9])(0|[1-9]\\d*)(\\.\\d{1,8})?$';

/** Id of the user at the partner. */
export const agentUserId = () =>
  text('Id of the user at the partner', { minLength: 1, maxLength: AGENT_USER_ID_MAX_LENGTH }, 'customer-7');

/** Id of the user at the venue, as a request names it: one that is none of the agent's earns 6009, whatever its form. */
export const platformUserId = () => text('Id of the user at the venue', { minLength: 1, maxLength: 64 }, '1188041528');

/** Id of the user at the venue. */
export const platformUserIdView = () => userId('Id of the user at the venue');

/** Id of the user at the partner, in the reply of a call whose user may not be known yet. */
export const agentUserIdEcho = () =>
  text('Id of the user at the partner; empty while it is not known', { maxLength: AGENT_USER_ID_MAX_LENGTH }, 'alice');

/** Id of the user at the venue, in the reply of a call whose user may not be known yet. */
export const platformUserIdEcho = () =>
  text('Id of the user at the venue; empty while it is not known', { maxLength: 64 }, '1188041528');

/** Number of an order, given by the partner. */
export const agentOrderNo = (description = 'Number of the order, given by the partner; it names this order for good') =>
  text(description, { minLength: 1, maxLength: AGENT_ORDER_NO_MAX_LENGTH }, 'T-20260301-0007');

/** Amount to transfer, as a positive decimal. */
export const transferAmount = (description = 'Amount to transfer') =>
  Type.String({
    maxLength: DECIMAL_MAX_LENGTH,
    pattern: TRANSFER_AMOUNT_PATTERN,
    description,
    'x-unit': 'USDT',
    'x-rule': `a positive decimal string of at most ${TRANSFER_DECIMALS_MAX} decimals such as "10.5"`,
    examples: ['10.5'],
  });

/** Amount that was transferred; empty when there is none, or none yet. */
export const amountView = (description: string) =>
  Type.String({
    pattern: '^((0|[1-9]\\d*)(\\.\\d+)?)?$',
    description: `${description}; empty when there is none`,
    'x-unit': 'USDT',
    examples: ['10.5', ''],
  });

/** Currency that a request may name. */
export const currency = () =>
  Type.Optional(Type.Enum([...CURRENCIES], { description: 'Currency', default: 'USDT', examples: ['USDT'] }));

/** Currency in a reply. */
export const currencyView = () => oneOf(CURRENCIES, 'Currency');

/** Environment that a request may name. */
export const environment = () =>
  Type.Optional(
    Type.Enum([...ENVIRONMENTS], {
      description: 'Venue of real or of simulated money',
      default: 'PRODUCTION',
      examples: ['PRODUCTION'],
    }),
  );

/** Environment in a reply: there when the request named one. */
export const environmentEcho = () => Type.Optional(oneOf(ENVIRONMENTS, 'Environment that the request named'));

/** Status of a transfer or a reverse. */
export const orderStatus = (description = 'Status of the order') => oneOf(AGENT_ORDER_STATUSES, description);
