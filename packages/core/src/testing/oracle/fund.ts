/** User id of the insurance fund (LIQ-7). */
export const FUND = 0;
