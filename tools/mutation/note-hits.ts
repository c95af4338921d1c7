import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { HITS, HITS_FOLDER, MAX_BLOCKS, processorMs } from './hits.ts';

const hits = new Uint8Array(MAX_BLOCKS);
const beganMs = processorMs();
Object.assign(globalThis, { [HITS]: hits });

/**
 * Set up in every test file of the run that finds out what a test runs: writes the numbers of the blocks, and the
 * processor time, to a file of its own.
 */
afterAll(() => {
  const folder = process.env[HITS_FOLDER];
  const { testPath } = expect.getState();
  if (folder === undefined || testPath === undefined) throw new Error('there is no place for what has run');
  mkdirSync(folder, { recursive: true });
  const blocks = [...hits.keys()].filter((block) => hits[block] === 1);
  const name = `${basename(testPath)}-${process.pid}-${performance.now()}.json`;
  writeFileSync(join(folder, name), JSON.stringify({ testPath, blocks, tookMs: processorMs() - beganMs }));
});
