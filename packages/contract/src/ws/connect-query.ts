import { type Static, Type } from 'typebox';
import { listenKey } from '../rest/listen-key/listen-key.ts';
import { id64, secretText } from '../scalars.ts';
import { compileValidator } from '../validation.ts';

/** Query of a connection; without listenKey and token it is public. */
export const ConnectQuery = Type.Object({
  listenKey: Type.Optional(listenKey()),
  token: Type.Optional(secretText('Access token', { minLength: 1, maxLength: 4_096 })),
  since: Type.Optional(id64('Replay the private events after this sequence number')),
});
export type ConnectQuery = Static<typeof ConnectQuery>;

/** Checks the query of a connection; use it with `readQuery`. */
export const connectQueryValidator = compileValidator(ConnectQuery);
