import { EXCHANGE_RATE_DECIMALS } from '@openvenue/contract';
import { divide } from '@openvenue/money';
import type { ExchangeRateTable } from './exchange-rates.ts';

/** Day of the quotes below. */
const SOURCE_DATE = '2024-03-06';

/** Units for one euro: reference rates that the European Central Bank published for that day. */
const UNITS_PER_EURO: Readonly<Record<string, string>> = {
  USD: '1.0874',
  JPY: '162.67',
  GBP: '0.85498',
  CHF: '0.9619',
  AUD: '1.6667',
  CAD: '1.4770',
  NZD: '1.7812',
  CNY: '7.8281',
  HKD: '8.5088',
  SGD: '1.4578',
  KRW: '1450.41',
  INR: '90.0560',
  BRL: '5.3750',
  MXN: '18.3532',
  TRY: '34.5173',
  ZAR: '20.5388',
  SEK: '11.2555',
  NOK: '11.4680',
  PLN: '4.3018',
};

const QUOTE_DECIMALS = 5;
const SCALE = 10n ** BigInt(EXCHANGE_RATE_DECIMALS);

/**
 * The rates that a venue has without a table of its own: a snapshot of a past day, which its date says. One USDT is taken for
 * one US dollar.
 */
export const REFERENCE_RATES: ExchangeRateTable = {
  snapshotVersion: `static-${SOURCE_DATE}`,
  provider: 'OPENVENUE_STATIC',
  sourceDate: SOURCE_DATE,
  rates: {
    EUR: dollarsFor(100_000n),
    ...Object.fromEntries(
      Object.entries(UNITS_PER_EURO).map(([currency, units]) => [currency, dollarsFor(quote(units))]),
    ),
  },
};

/** US dollars for one unit of a currency of which so many units, in 1e-5, are one euro; the last place is rounded half up. */
function dollarsFor(unitsPerEuro: bigint): string {
  const rate = divide(quote(UNITS_PER_EURO['USD'] ?? '') * SCALE, unitsPerEuro, 'half-up');
  const digits = rate.toString().padStart(EXCHANGE_RATE_DECIMALS + 1, '0');
  return `${digits.slice(0, -EXCHANGE_RATE_DECIMALS)}.${digits.slice(-EXCHANGE_RATE_DECIMALS)}`;
}

/** A quote in units of 1e-5. */
function quote(text: string): bigint {
  const [whole = '', places = ''] = text.split('.');
  return BigInt(whole + places.padEnd(QUOTE_DECIMALS, '0'));
}
