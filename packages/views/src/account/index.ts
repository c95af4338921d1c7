export { type AccountBucket, accountBuckets, type BucketStretch, walletChange } from './account-buckets.ts';
export { type Drawdown, maxDrawdown } from './drawdown.ts';
export { type AccountOverview, accountOverview, overviewFlows } from './overview.ts';
