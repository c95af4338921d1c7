import { AssertionError } from 'node:assert';
import { expect, test } from 'vitest';
import { appendLogContract } from '../testing/append-log-contract.ts';
import { MemoryLogStorage, openMemoryLog } from './memory-log.ts';

appendLogContract('memory log', async () => {
  const storage = new MemoryLogStorage();
  return { open: async () => openMemoryLog(storage), dispose: async () => {} };
});

test('LOG-19: a storage in memory is open once at a time', async () => {
  const storage = new MemoryLogStorage();
  const opened = openMemoryLog(storage);
  expect(() => openMemoryLog(storage)).toThrow(AssertionError);
  await opened.close();
  await openMemoryLog(storage).close();
});
