import { Type } from 'typebox';

/** ISO 4217 code of a fiat currency. */
export const fiatCurrency = () =>
  Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code of the currency', examples: ['EUR'] });
