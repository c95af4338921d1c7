export { appendLogContract, type LogFixture } from './append-log-contract.ts';
export { appendBlocks, comparable, exampleBlock, readAll } from './blocks.ts';
export { randomBelow, seededRandom } from './seeded-random.ts';
export { type Fault, type Operation, SimulatedFileSystem, systemError } from './simulated-file-system.ts';
