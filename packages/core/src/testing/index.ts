export {
  conditionOf,
  newCondition,
  placeCondition,
  placedCondition,
  placedStrategy,
  strategyOf,
  type TestCondition,
} from './conditions.ts';
export { assertInvariants, invariantFaults } from './invariants.ts';
export { SeededRandom } from './random.ts';
export { type RandomTraders, randomCommand } from './random-commands.ts';
export { randomStrategy } from './random-conditions.ts';
export { BTC, ETH, testSymbol } from './symbols.ts';
export { TestVenue } from './test-venue.ts';
