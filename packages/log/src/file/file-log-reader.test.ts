import { expect, test } from 'vitest';
import { appendBlocks, comparable, exampleBlock, readAll } from '../testing/blocks.ts';
import { type Operation, SimulatedFileSystem, systemError } from '../testing/simulated-file-system.ts';
import { openFileLog, openFileLogReader } from './open-file-log.ts';
import { RECENT_READS } from './read-positions.ts';

const FOLDER = '/log';

async function openExample(segmentBytes = 600) {
  const fileSystem = new SimulatedFileSystem();
  const opened = await openFileLog(FOLDER, { fileSystem, segmentBytes });
  const blocks = await appendBlocks(opened, [1, 2, 1, 1, 3, 1], 150);
  const reader = await openFileLogReader(FOLDER, { fileSystem });
  const counted: Operation['kind'][] = [];
  const count = () => {
    counted.length = 0;
    fileSystem.inject = ({ kind }) => {
      counted.push(kind);
      return undefined;
    };
    return counted;
  };
  return { fileSystem, opened, blocks, reader, count };
}

test('LOG-15: a tailing read neither lists the folder nor reads old blocks again', async () => {
  const { opened, reader, count } = await openExample(100_000);
  await readAll(reader);
  const last = opened.log.head.lastSequence;
  expect(await readAll(reader, last)).toEqual([]);
  await appendBlocks(opened, [1], 10);
  const calls = count();
  expect((await readAll(reader, last)).length).toBe(1);
  expect(calls).toEqual(['open']);
  calls.length = 0;
  expect(await readAll(reader, last + 1)).toEqual([]);
  expect(calls).toEqual([]);
});

test('LOG-15: the writer’s own reader finds the end of the log without a search', async () => {
  const { fileSystem, opened, count } = await openExample();
  await opened.close();
  const again = await openFileLog(FOLDER, { fileSystem });
  const last = again.log.head.lastSequence;
  await appendBlocks(again, [1], 10);
  const calls = count();
  expect((await readAll(again.reader, last)).length).toBe(1);
  expect(calls).toEqual(['open']);
});

test('LOG-15: readers at the same place that share a reader both go on without a search', async () => {
  const { opened, reader, count } = await openExample(100_000);
  let last = opened.log.head.lastSequence;
  await readAll(reader);
  const calls = count();
  for (let round = 0; round < 3 * RECENT_READS; round++) {
    await appendBlocks(opened, [1], 5);
    for (let i = 0; i < 3; i++) expect((await readAll(reader, last)).length).toBe(1);
    last = opened.log.head.lastSequence;
  }
  expect(calls).not.toContain('list');
});

test(`LOG-15: a reader that ${RECENT_READS} others have overtaken searches from a landmark and misses nothing`, async () => {
  const { opened, reader } = await openExample(10_000_000);
  await appendBlocks(
    opened,
    Array.from({ length: 80 }, () => 1),
    10_000,
  );
  const first = opened.log.head.lastSequence - 79;
  for (let after = first - 1; after < first + 79; after++) {
    const [block] = await readAll(reader, after, { upTo: after + 1 });
    expect(block?.firstSequence).toBe(after + 1);
  }
  for (const after of [first, first + 30, first + 55]) {
    const read = await readAll(reader, after, { upTo: after + 1 });
    expect(comparable(read)).toEqual(comparable([exampleBlock(after + 1, { bytes: 10_000 })]));
  }
});

test('LOG-7: a reader in another process never looks at a block that is not yet known durable', async () => {
  const { fileSystem, opened, blocks, reader } = await openExample();
  fileSystem.inject = ({ kind, path }) => {
    const isSync = kind === 'sync' && path.endsWith('.log');
    return isSync ? { kind: 'error', error: systemError('EIO') } : undefined;
  };
  const last = opened.log.head.lastSequence;
  await expect(opened.log.append(exampleBlock(last + 1, { bytes: 10 }))).rejects.toThrow();
  expect(comparable(await readAll(reader))).toEqual(comparable(blocks));
  expect(await readAll(reader, last, { upTo: last + 1 })).toEqual([]);
});

test('LOG-7: bytes of a half-written block at the end are not looked at', async () => {
  const { fileSystem, blocks, reader } = await openExample();
  const path = fileSystem.paths().findLast((name) => name.endsWith('.log'))!;
  fileSystem.put(path, Buffer.concat([fileSystem.contentOf(path)!, new Uint8Array(30).fill(7)]));
  expect(comparable(await readAll(reader))).toEqual(comparable(blocks));
});
