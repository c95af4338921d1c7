import { expect, test } from 'vitest';
import { CANARIES } from './canaries/list.ts';
import { fuzz } from './run.ts';

const REQUESTS = 100_000;
const FEW = { members: 3, requests: 1_200, raw: 30, sockets: 25 };

test('hostile requests and frames get a right refusal each, leave no trace and harm nothing', async () => {
  const report = await fuzz({ requests: REQUESTS, seed: 1 });
  expect(report.violations.slice(0, 5)).toEqual([]);
  expect(report.violationCount).toBe(0);
  expect(report.total).toBeGreaterThanOrEqual(REQUESTS);
});

test.each(CANARIES.map(({ name }) => name))('the planted bug %s is found', async (canary) => {
  const report = await fuzz({ requests: 1, seed: 1, batch: 0, sizes: FEW, canary });
  expect(report.violationCount).toBeGreaterThan(0);
});
