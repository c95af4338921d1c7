import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Test files that take longer than half a minute, the longest first. */
const LONGEST = [
  'fuzz/fuzz.test.ts',
  'soak/readers.test.ts',
  'packages/views/src/sql/worker/history-thread.test.ts',
  'apps/venue/src/rebuild/rebuild-history.test.ts',
  'e2e/agent-strict.test.ts',
  'e2e/browser/accessibility.test.ts',
  'e2e/browser/partner-path.test.ts',
];

/** Begins with the longest files, so that no processor waits at the end for one that another began late. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || rankOf(a) - rankOf(b));
  }
}

function groupOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
  return rank === -1 ? LONGEST.length : rank;
}
