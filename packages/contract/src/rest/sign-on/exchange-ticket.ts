import { Type } from 'typebox';
import { replyText, secretText, text } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { AccessToken } from '../session/access-token.ts';

/** Signs a user on with the ticket of an entry URL. */
export const exchangeTicket = defineRoute({
  method: 'POST',
  path: '/v1/public/agent-sso/exchange-ticket',
  auth: '-',
  rateLimit: 'public',
  summary: 'Sign on with a one-time ticket; sets the refresh cookie',
  refreshCookie: 'sets',
  query: NO_FIELDS,
  body: Type.Object({
    ticket: secretText('Ticket of the entry URL', { minLength: 1, maxLength: 256 }),
    deviceId: Type.Optional(text('Fingerprint of the device', { maxLength: 64 }, 'device-001')),
  }),
  data: Type.Object({
    ...AccessToken.properties,
    redirectPath: replyText('Path that the user is to land on', '/trade/BTCUSDT'),
    returnUrl: replyText('URL to link back to; empty when the agent gave none', 'https://partner.example/wallet'),
  }),
  errors: ['INVALID_TOKEN'],
});
