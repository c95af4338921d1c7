import { Type } from 'typebox';
import { secretText, text } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { AccessToken } from './access-token.ts';

/** Signs a user on. */
export const login = defineRoute({
  method: 'POST',
  path: '/v1/public/user/login',
  auth: '-',
  rateLimit: 'login',
  summary: 'Sign on with user name and password; sets the refresh cookie',
  refreshCookie: 'sets',
  query: NO_FIELDS,
  body: Type.Object({
    username: text('User name', { minLength: 3, maxLength: 32 }, 'alice'),
    password: secretText('Password', { minLength: 1, maxLength: 64 }),
    deviceId: Type.Optional(text('Fingerprint of the device', { maxLength: 64 }, 'device-001')),
    deviceName: Type.Optional(text('Name of the device', { maxLength: 128 }, 'server-001')),
  }),
  data: AccessToken,
  errors: ['INVALID_TOKEN'],
});
