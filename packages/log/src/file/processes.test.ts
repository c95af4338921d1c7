import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LogLockedError } from '../errors.ts';
import { appendBlocks, comparable, exampleBlock, readAll } from '../testing/blocks.ts';
import { spawnLogProcess } from '../testing/spawn-log-process.ts';
import { openFileLog, openFileLogReader } from './open-file-log.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openvenue-log-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('lock', () => {
  test('LOG-19: a second open in the same process is refused, and works after the close', async () => {
    const opened = await openFileLog(folder);
    const refused = await openFileLog(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LogLockedError);
    expect(refused).toMatchObject({ pid: process.pid });
    await opened.log.append(exampleBlock(1));
    await opened.close();
    await (await openFileLog(folder)).close();
  });

  test('LOG-19: while another process holds the log it is refused by its id; after kill -9 it opens at once', async () => {
    const holder = spawnLogProcess('hold', folder);
    expect(await holder.nextLine()).toBe('open');
    const refused = await openFileLog(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LogLockedError);
    expect(refused).toMatchObject({ pid: holder.pid });
    await holder.kill();
    const opened = await openFileLog(folder);
    expect(opened.recovery.wasClosedCleanly).toBe(false);
    await opened.close();
  });

  test('LOG-19: another process is refused while this one holds the log, and this one goes on', async () => {
    const opened = await openFileLog(folder);
    const other = spawnLogProcess('try', folder);
    expect(await other.nextLine()).toBe(`LogLockedError ${process.pid}`);
    await other.kill();
    await opened.log.append(exampleBlock(1));
    await opened.close();
  });

  test('LOG-19: of many that open at once, after a kill, exactly one holds the log', async () => {
    const holder = spawnLogProcess('hold', folder);
    expect(await holder.nextLine()).toBe('open');
    await holder.kill();
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => openFileLog(folder)));
    const opened = attempts.filter((attempt) => attempt.status === 'fulfilled');
    expect(opened.length).toBe(1);
    for (const attempt of attempts) {
      if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(LogLockedError);
    }
    await opened[0]!.value.close();
  });

  test('LOG-19: a log that refused to open is not held', async () => {
    const opened = await openFileLog(folder);
    await opened.close();
    await rm(join(folder, 'head'));
    await expect(openFileLog(folder)).rejects.not.toBeInstanceOf(LogLockedError);
    await expect(openFileLog(folder)).rejects.not.toBeInstanceOf(LogLockedError);
  });
});

test('LOG-5: nothing acknowledged is lost over kill -9', async () => {
  let acknowledged = 0;
  for (const acknowledgements of [1, 40, 97]) {
    const writer = spawnLogProcess('append', folder);
    expect(await writer.nextLine()).toBe('open');
    for (let i = 0; i < acknowledgements; i++) acknowledged = Number(await writer.nextLine());
    for (const line of await writer.kill()) acknowledged = Number(line);
    const opened = await openFileLog(folder, { knownDurableSequence: acknowledged });
    const { lastSequence } = opened.log.head;
    expect(lastSequence).toBeGreaterThanOrEqual(acknowledged);
    expect(lastSequence).toBeLessThanOrEqual(acknowledged + 4);
    const expected = Array.from({ length: lastSequence / 2 }, (_, i) =>
      exampleBlock(2 * i + 1, { count: 2, bytes: 700 }),
    );
    expect(comparable(await readAll(opened.reader))).toEqual(comparable(expected));
    await opened.close();
  }
});

test('LOG-15: another process tails the log while this one appends, over rolled segments', async () => {
  const opened = await openFileLog(folder, { segmentBytes: 1000 });
  const tailing = spawnLogProcess('tail', folder);
  for (let round = 0; round < 15; round++) {
    const blocks = await appendBlocks(opened, [1, 2, 1], 150);
    tailing.send(String(opened.log.head.lastSequence));
    for (const block of blocks) expect(await tailing.nextLine()).toBe(String(block.firstSequence));
    expect(await tailing.nextLine()).toBe('-');
  }
  await tailing.kill();
  await opened.close();
});

test('LOG-15: a reader keeps tailing when the writer is closed and opened again', async () => {
  let opened = await openFileLog(folder, { segmentBytes: 1000 });
  const reader = await openFileLogReader(folder);
  let last = 0;
  for (let round = 0; round < 4; round++) {
    const blocks = await appendBlocks(opened, [1, 1, 1], 150);
    expect(comparable(await readAll(reader, last))).toEqual(comparable(blocks));
    last = opened.log.head.lastSequence;
    await opened.close();
    expect(await readAll(reader, last)).toEqual([]);
    opened = await openFileLog(folder, { segmentBytes: 1000 });
  }
  await opened.close();
  await reader.close();
  await reader.close();
});

test('LOG-15: a folder without a log has nothing to tail', async () => {
  await expect(openFileLogReader(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});
