import { Type } from 'typebox';
import { seconds } from '../../scalars.ts';

/** Access token and its end. */
export const AccessToken = Type.Object({
  accessToken: Type.String({
    description: 'Signed token for the header Authorization: Bearer',
    'x-secret': true,
    examples: ['eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxMTg4MDQxNTI4In0.c2ln'],
  }),
  accessExpire: seconds('End of the access token'),
});
