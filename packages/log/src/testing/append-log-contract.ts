import { AssertionError } from 'node:assert';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { blockHash, EMPTY_HEAD } from '../block-hash.ts';
import { LogConflictError } from '../errors.ts';
import { HASH_BYTES, MAX_BLOCK_RECORDS, MAX_PAYLOAD_BYTES, type OpenedLog, SNAPSHOT_GENERATIONS } from '../port.ts';
import { appendBlocks, comparable, exampleBlock, readAll } from './blocks.ts';

/** One log of the adapter under test, empty at first. */
export interface LogFixture {
  /** Opens the log; called again after a close, it opens the same one. */
  open(): Promise<OpenedLog>;
  /** Removes the log. Called once, after it was closed. */
  dispose(): Promise<void>;
}

/** What every adapter of the log does. Declares the tests; call it at the top of a test file. */
export function appendLogContract(name: string, makeFixture: () => Promise<LogFixture>): void {
  describe(`${name} keeps the log contract`, () => {
    let fixture: LogFixture;
    let opened: OpenedLog;

    beforeEach(async () => {
      fixture = await makeFixture();
      opened = await fixture.open();
    });

    afterEach(async () => {
      await opened.close();
      await fixture.dispose();
    });

    const reopen = async () => {
      await opened.close();
      opened = await fixture.open();
    };

    describe('append', () => {
      test('LOG-1: an empty log has head 0 with a hash of zeros', async () => {
        expect(opened.log.head.lastSequence).toBe(0);
        expect(Buffer.from(opened.log.head.hash)).toEqual(Buffer.alloc(HASH_BYTES));
        expect(await readAll(opened.reader)).toEqual([]);
      });

      test('LOG-1: the head moves to the last record and chains the hash', async () => {
        const first = exampleBlock(1, { count: 3 });
        const second = exampleBlock(4, { count: 2 });
        const headOfFirst = await opened.log.append(first);
        expect(headOfFirst.lastSequence).toBe(3);
        const hashOfFirst = blockHash(EMPTY_HEAD.hash, first);
        expect(Buffer.from(headOfFirst.hash)).toEqual(Buffer.from(hashOfFirst));
        const head = await opened.log.append(second);
        expect(head.lastSequence).toBe(5);
        expect(Buffer.from(head.hash)).toEqual(Buffer.from(blockHash(hashOfFirst, second)));
        expect(opened.log.head).toEqual(head);
      });

      test.each([1, 3, 5])('LOG-2: a block at %i is refused when the next sequence is 4', async (firstSequence) => {
        const blocks = await appendBlocks(opened, [3]);
        const head = opened.log.head;
        const conflict = await opened.log.append(exampleBlock(firstSequence)).catch((error: unknown) => error);
        expect(conflict).toBeInstanceOf(LogConflictError);
        expect(conflict).toMatchObject({ expectedSequence: 4, firstSequence });
        expect(opened.log.head).toEqual(head);
        expect(comparable(await readAll(opened.reader))).toEqual(comparable(blocks));
        await opened.log.append(exampleBlock(4));
        expect(opened.log.head.lastSequence).toBe(4);
      });

      test('LOG-3: a second append while one is in flight is an assertion failure, and the first goes on', async () => {
        const first = opened.log.append(exampleBlock(1));
        await expect(opened.log.append(exampleBlock(2))).rejects.toBeInstanceOf(AssertionError);
        expect((await first).lastSequence).toBe(1);
        expect((await opened.log.append(exampleBlock(2))).lastSequence).toBe(2);
      });

      test('LOG-3: an append after close is an assertion failure', async () => {
        await opened.log.close();
        await expect(opened.log.append(exampleBlock(1))).rejects.toBeInstanceOf(AssertionError);
      });

      test('LOG-3: close waits for the append in flight', async () => {
        const append = opened.log.append(exampleBlock(1));
        await reopen();
        expect((await append).lastSequence).toBe(1);
        expect(opened.log.head.lastSequence).toBe(1);
      });

      test('LOG-1: the payload may be reused as soon as append returns', async () => {
        const block = exampleBlock(1);
        const expected = comparable([block]);
        const append = opened.log.append(block);
        block.payload.fill(0xff);
        await append;
        expect(comparable(await readAll(opened.reader))).toEqual(expected);
      });

      test('LOG-4: payloads from nothing to the limit are kept, a larger one is an assertion failure', async () => {
        const empty = exampleBlock(1, { bytes: 0 });
        const largest = exampleBlock(2, { bytes: MAX_PAYLOAD_BYTES });
        await opened.log.append(empty);
        await opened.log.append(largest);
        const [readEmpty, readLargest] = await readAll(opened.reader);
        expect(readEmpty?.payload.length).toBe(0);
        expect(Buffer.compare(readLargest!.payload, largest.payload)).toBe(0);
        const tooLarge = exampleBlock(3, { bytes: MAX_PAYLOAD_BYTES + 1 });
        await expect(opened.log.append(tooLarge)).rejects.toBeInstanceOf(AssertionError);
      });

      test('LOG-4: counts from 1 to the limit are kept, others are assertion failures', async () => {
        for (const count of [0, -1, 1.5, MAX_BLOCK_RECORDS + 1]) {
          await expect(opened.log.append(exampleBlock(1, { count }))).rejects.toBeInstanceOf(AssertionError);
        }
        await opened.log.append(exampleBlock(1, { count: MAX_BLOCK_RECORDS }));
        expect((await opened.log.append(exampleBlock(MAX_BLOCK_RECORDS + 1))).lastSequence).toBe(MAX_BLOCK_RECORDS + 1);
        expect((await readAll(opened.reader)).map((block) => block.count)).toEqual([MAX_BLOCK_RECORDS, 1]);
      });

      test('LOG-5: head and blocks are the same after the log is opened again, and it goes on', async () => {
        const blocks = await appendBlocks(opened, [1, 5, 2]);
        const head = opened.log.head;
        await reopen();
        expect(opened.log.head.lastSequence).toBe(head.lastSequence);
        expect(Buffer.from(opened.log.head.hash)).toEqual(Buffer.from(head.hash));
        blocks.push(...(await appendBlocks(opened, [3, 1])));
        await reopen();
        expect(comparable(await readAll(opened.reader))).toEqual(comparable(blocks));
      });
    });

    describe('read', () => {
      test('LOG-6: yields the blocks with records after the given one, for each of them', async () => {
        const blocks = await appendBlocks(opened, [1, 4, 2, 1, 3]);
        for (let after = 0; after <= 12; after++) {
          const expected = blocks.filter((block) => block.firstSequence + block.count - 1 > after);
          expect(comparable(await readAll(opened.reader, after))).toEqual(comparable(expected));
        }
      });

      test('LOG-7: yields only blocks that lie wholly up to upTo', async () => {
        const blocks = await appendBlocks(opened, [1, 4, 2, 1, 3]);
        for (let upTo = 0; upTo <= 12; upTo++) {
          const expected = blocks.filter((block) => block.firstSequence + block.count - 1 <= upTo);
          expect(comparable(await readAll(opened.reader, 0, { upTo }))).toEqual(comparable(expected));
        }
      });

      test('LOG-7: a tailing reader sees every block once', async () => {
        const blocks = [];
        const seen = [];
        let last = 0;
        for (let round = 0; round < 20; round++) {
          blocks.push(...(await appendBlocks(opened, [1 + (round % 3), 1])));
          for await (const block of opened.reader.read(last)) {
            seen.push(block);
            last = block.firstSequence + block.count - 1;
          }
          expect(last).toBe(opened.log.head.lastSequence);
        }
        expect(comparable(seen)).toEqual(comparable(blocks));
      });

      test('LOG-7: never yields a block before its append has resolved', async () => {
        await appendBlocks(opened, [1]);
        const append = opened.log.append(exampleBlock(2));
        let isResolved = false;
        const resolved = append.then(() => {
          isResolved = true;
        });
        const seen = await readAll(opened.reader);
        if (!isResolved) expect(seen.length).toBe(1);
        await resolved;
        expect((await readAll(opened.reader)).length).toBe(2);
      });

      test('LOG-6: a read may be left early, and several run at once', async () => {
        const blocks = await appendBlocks(opened, [1, 1, 1, 1]);
        for await (const block of opened.reader.read(0)) {
          expect(block.firstSequence).toBe(1);
          break;
        }
        const reads = await Promise.all([0, 1, 2, 0].map((after) => readAll(opened.reader, after)));
        expect(reads.map((read) => read.length)).toEqual([4, 3, 2, 4]);
        expect(comparable(reads[3]!)).toEqual(comparable(blocks));
      });

      test('LOG-6: more readers than are remembered still see every block', async () => {
        await appendBlocks(
          opened,
          Array.from({ length: 60 }, () => 1),
        );
        for (let round = 0; round < 2; round++) {
          for (let after = 0; after < 60; after++) {
            const [first] = await readAll(opened.reader, after, { upTo: after + 1 });
            expect(first?.firstSequence).toBe(after + 1);
          }
        }
      });
    });

    describe('snapshots', () => {
      const bytesOf = (text: string) => new TextEncoder().encode(text);
      const stored = async () => {
        const list = await opened.snapshots.list();
        return Promise.all(list.map(async ({ sequence, load }) => [sequence, Buffer.from(await load()).toString()]));
      };

      test(`LOG-8: the newest ${SNAPSHOT_GENERATIONS} are kept, newest first, over a close`, async () => {
        await appendBlocks(opened, [1, 1, 1, 1]);
        expect(await stored()).toEqual([]);
        for (const sequence of [1, 2, 4])
          await opened.snapshots.save({ sequence, bytes: bytesOf(`state ${sequence}`) });
        const expected = [
          [4, 'state 4'],
          [2, 'state 2'],
        ];
        expect(await stored()).toEqual(expected);
        await reopen();
        expect(await stored()).toEqual(expected);
      });

      test('LOG-8: the state hash is kept, or its absence', async () => {
        await appendBlocks(opened, [1, 1]);
        const stateHash = new Uint8Array(HASH_BYTES).fill(7);
        await opened.snapshots.save({ sequence: 1, bytes: bytesOf('a') });
        await opened.snapshots.save({ sequence: 2, bytes: bytesOf('b'), stateHash });
        await reopen();
        const [newest, older] = await opened.snapshots.list();
        expect(Buffer.from(newest!.stateHash!)).toEqual(Buffer.from(stateHash));
        expect(older!.stateHash).toBeUndefined();
      });

      test('LOG-8: saving again at the same sequence replaces the snapshot and keeps the older one', async () => {
        await appendBlocks(opened, [1, 1]);
        await opened.snapshots.save({ sequence: 1, bytes: bytesOf('a') });
        await opened.snapshots.save({ sequence: 2, bytes: bytesOf('b') });
        await opened.snapshots.save({ sequence: 2, bytes: bytesOf('c') });
        expect(await stored()).toEqual([
          [2, 'c'],
          [1, 'a'],
        ]);
      });

      test('LOG-8: an empty snapshot is one', async () => {
        await appendBlocks(opened, [1]);
        await opened.snapshots.save({ sequence: 1, bytes: new Uint8Array(0) });
        expect(await stored()).toEqual([[1, '']]);
      });

      test('LOG-8: a snapshot ahead of the log, older than the newest or beside another save is an assertion failure', async () => {
        await appendBlocks(opened, [1, 1]);
        const save = (sequence: number) => opened.snapshots.save({ sequence, bytes: bytesOf('x') });
        await expect(save(0)).rejects.toBeInstanceOf(AssertionError);
        await expect(save(3)).rejects.toBeInstanceOf(AssertionError);
        const saving = save(2);
        await expect(save(2)).rejects.toBeInstanceOf(AssertionError);
        await saving;
        await expect(save(1)).rejects.toBeInstanceOf(AssertionError);
        expect((await opened.snapshots.list()).map((snapshot) => snapshot.sequence)).toEqual([2]);
      });
    });

    test('LOG-5: close is idempotent', async () => {
      await appendBlocks(opened, [1]);
      await Promise.all([opened.close(), opened.close()]);
      opened = await fixture.open();
      expect(opened.log.head.lastSequence).toBe(1);
    });
  });
}
