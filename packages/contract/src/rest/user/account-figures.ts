import { amount, ratio, signedAmount, signedRatio, timestampMs } from '../../scalars.ts';

/** What `pnl` means in every statistic of an account. */
const PNL =
  'what trading did to the contract wallet: realised profit and loss, fees, funding and liquidations, without transfers';

/** The figures of an account that depend on no period. */
export const overviewFields = {
  todayPnl: signedAmount(`Since 00:00 UTC, ${PNL}`),
  todayVolume: amount("Value of the user's trades since 00:00 UTC, as maker and as taker"),
  totalVolume: amount("Value of all of the user's trades"),
  totalPnl: signedAmount(`Ever, ${PNL}`),
  maxDrawdown30d: amount(
    'Largest fall of the total pnl between two ends of a day, of today and the 29 UTC days before; today ends now, and the first begins with what was before',
  ),
  maxDrawdown30dRate: ratio(
    'That fall by the balance at its start and what came in until its end; half up at 8 decimals, at most 1',
  ),
  transferIn: amount('All that ever came into the contract wallet, from the funding wallet or elsewhere'),
  transferOut: amount('All that ever left the contract wallet, to the funding wallet or elsewhere'),
};

/** An hour or a day of an account. */
export const trendFields = {
  snapshotTime: timestampMs('End of the hour or day; of the running one the time of the reply'),
  balance: signedAmount('Contract wallet at that time, isolated margins included'),
  pnl: signedAmount(`Within the hour or day, ${PNL}`),
  pnlRate: signedRatio(
    'pnl by the balance at the start and what came in since; half up at 8 decimals; 0 where nothing was',
  ),
  totalPnl: signedAmount(`From the first day to that time, ${PNL}`),
};

/** The same for a bucket of the balance history. */
export const bucketPnl = signedAmount(`Within the day, week or month, ${PNL}`);
