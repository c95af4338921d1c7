import { EXCHANGE_RATE_DECIMALS } from '@openvenue/contract';

/** Reference rates as an operator sets them. */
export interface ExchangeRateTable {
  /** Names this state of the rates; another state has another name. */
  readonly snapshotVersion: string;
  readonly provider: string;
  /** Day that the rates are of, such as `2024-03-06`. */
  readonly sourceDate: string;
  /** USDT for one unit, by ISO 4217 code: decimals above 0 with at most 18 places. */
  readonly rates: Readonly<Record<string, string>>;
}

/** Currencies of a table; there are fewer in the world. */
export const EXCHANGE_RATES_MAX = 300;
const DAY_MS = 86_400_000;
const CURRENCY = /^[A-Z]{3}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const RATE = /^(?=.*[1-9])(0|[1-9]\d{0,17})(?:\.(\d{1,18}))?$/;

export interface RateOfCurrency {
  readonly sourceCurrency: string;
  /** With 18 decimals. */
  readonly rate: string;
}

/** The rates of one table, read once. They are for orientation: nothing at the venue is priced by them. */
export class ExchangeRates {
  readonly table: ExchangeRateTable;
  /** When the venue read the table. */
  readonly fetchedAtMs: number;
  readonly #rateByCurrency: ReadonlyMap<string, RateOfCurrency>;

  /** @throws RangeError with every fault of the table */
  constructor(table: ExchangeRateTable, fetchedAtMs: number) {
    const faults = faultsOf(table);
    if (faults.length > 0) throw new RangeError(`exchange rates: ${faults.join('; ')}`);
    this.table = table;
    this.fetchedAtMs = fetchedAtMs;
    this.#rateByCurrency = new Map(
      Object.entries(table.rates).map(([sourceCurrency, text]) => {
        const [whole = '', places = ''] = text.split('.');
        return [sourceCurrency, { sourceCurrency, rate: `${whole}.${places.padEnd(EXCHANGE_RATE_DECIMALS, '0')}` }];
      }),
    );
  }

  /** In the order of the table. */
  get currencies(): readonly string[] {
    return [...this.#rateByCurrency.keys()];
  }

  rateOf(currency: string): RateOfCurrency | undefined {
    return this.#rateByCurrency.get(currency);
  }

  /** The end of the day in UTC: they are rates of a day, and the table may be another one tomorrow. */
  expiresAtMs(nowMs: number): number {
    return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
  }
}

/** A day that exists: a text of the right form can still name the 31st of February. */
function isDay(text: string): boolean {
  const timeMs = DATE.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(timeMs) && new Date(timeMs).toISOString().startsWith(text);
}

function faultsOf({ snapshotVersion, provider, sourceDate, rates }: ExchangeRateTable): string[] {
  const faults: string[] = [];
  if (snapshotVersion === '') faults.push('snapshotVersion is empty');
  if (provider === '') faults.push('provider is empty');
  if (!isDay(sourceDate)) faults.push(`sourceDate ${sourceDate} is no day such as 2024-03-06`);
  const entries = Object.entries(rates);
  if (entries.length > EXCHANGE_RATES_MAX) faults.push(`more than ${EXCHANGE_RATES_MAX} currencies`);
  for (const [currency, rate] of entries) {
    if (!CURRENCY.test(currency)) faults.push(`${currency} is no ISO 4217 code`);
    if (!RATE.test(rate)) faults.push(`the rate ${rate} of ${currency} is no decimal above 0 with at most 18 places`);
  }
  return faults;
}
