/** A test file that takes long, and the folder whose mutants it may notice. */
export interface SlowTest {
  readonly test: string;
  readonly concerns: string;
}

/** Asked only about mutants that every other test has let pass. */
const SLOW_IN_CORE: Readonly<Record<string, string>> = {
  'agency/restore': 'agency',
  'agency/money.prop': 'agency',
  'identity/restore': 'identity',
  'exchange/margin/available.prop': 'exchange',
  'exchange/refusals.prop': 'exchange',
  'exchange/matching/fill-or-kill.prop': 'exchange',
  'exchange/liquidation/liquidation.prop': 'exchange',
  'exchange/book/book.prop': 'exchange/book',
  differential: 'exchange',
  'small-scope': 'exchange',
  'hostile-commands': '',
};

/** The packages whose mutants are made, and their slow tests, the cheapest first. */
export const PACKAGES: Readonly<Record<string, readonly SlowTest[]>> = {
  money: [],
  core: Object.entries(SLOW_IN_CORE).map(([test, concerns]) => ({
    test: `packages/core/src/${test}.test.ts`,
    concerns: `packages/core/src/${concerns}`,
  })),
};
