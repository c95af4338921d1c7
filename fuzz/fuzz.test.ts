import { expect, test } from 'vitest';
import { FEW } from './batch.ts';
import { fuzz } from './run.ts';

const REQUESTS = 100_000;
const TIMEOUT_MS = 900_000;

test(
  'hostile requests and frames get a right refusal each, leave no trace and harm nothing',
  async () => {
    const report = await fuzz({ requests: REQUESTS, seed: 1 });
    expect(report.violations.slice(0, 5)).toEqual([]);
    expect(report.violationCount).toBe(0);
    expect(report.total).toBeGreaterThanOrEqual(REQUESTS);
  },
  TIMEOUT_MS,
);

test.each(['throws-at-bad-json', 'refused-form-changes-state'])(
  'a planted bug is found: %s',
  async (canary) => {
    const report = await fuzz({ requests: 1, seed: 1, batch: 0, sizes: FEW, canary });
    expect(report.violationCount).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
