import { Type } from 'typebox';
import { clientOrderId, id64, symbolName } from '../../scalars.ts';

/** Names one order; at least one of the two ids is needed. */
export const orderReference = {
  symbol: symbolName(),
  orderId: Type.Optional(id64('Id of the order; this or clientOrderId')),
  clientOrderId: Type.Optional(clientOrderId('Id chosen by the client; this or orderId')),
};
