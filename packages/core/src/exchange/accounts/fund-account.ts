/** Internal user id of the insurance fund's account; users begin at 1. */
export const INSURANCE_FUND_ID = 0;
