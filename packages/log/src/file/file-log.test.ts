import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendLogContract } from '../testing/append-log-contract.ts';
import { SimulatedFileSystem } from '../testing/simulated-file-system.ts';
import { openFileLog } from './open-file-log.ts';

appendLogContract('file log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'openvenue-log-'));
  return { open: () => openFileLog(folder), dispose: () => rm(folder, { recursive: true }) };
});

appendLogContract('file log that rolls at every few blocks', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'openvenue-log-'));
  return { open: () => openFileLog(folder, { segmentBytes: 400 }), dispose: () => rm(folder, { recursive: true }) };
});

appendLogContract('file log on the simulated file system', async () => {
  const fileSystem = new SimulatedFileSystem();
  return { open: () => openFileLog('/log', { fileSystem, segmentBytes: 400 }), dispose: async () => {} };
});
