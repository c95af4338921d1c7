/** Global in which the process of a test notes the blocks that ran, one byte each. */
export const HITS = '__hits';
/** More blocks than the sources of a package have. */
export const MAX_BLOCKS = 65_536;
/** Environment variable with the folder to which they are written. */
export const HITS_FOLDER = 'MUTATION_HITS';

/** Processor time that this process has used, all threads together. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
