import { Type } from 'typebox';
import { channelId } from '../../embed-channel.ts';
import { secretText, text } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { AccessToken } from '../session/access-token.ts';

/** Header in which the embedded terminal names the origin of the page around it. */
export const EMBED_ORIGIN_HEADER = 'x-embed-origin';

/** Signs a user on in an embedded terminal. */
export const exchangeEmbedToken = defineRoute({
  method: 'POST',
  path: '/v1/public/agent-sso/exchange-embed-token',
  auth: '-',
  rateLimit: 'public',
  summary: 'Sign on in an embedded terminal with a one-time token; sets no cookie',
  query: NO_FIELDS,
  // Any text passes: an origin that is not registered, or is none at all, is to burn the token, not to fail before it.
  headers: Type.Object({
    [EMBED_ORIGIN_HEADER]: Type.Optional(
      text('Origin of the page around the embedded terminal', { maxLength: 512 }, 'https://partner.example'),
    ),
  }),
  body: Type.Object({
    embedToken: secretText('One-time token of the agent', { minLength: 1, maxLength: 256 }),
    channelId: channelId(),
    deviceId: Type.Optional(text('Fingerprint of the device', { maxLength: 64 }, 'device-001')),
  }),
  data: AccessToken,
  errors: ['INVALID_TOKEN'],
});
