import { describe, expect, it } from 'vitest';
import { MAX_LINES_BYTES } from './block-codec.ts';
import { CommandQueue, DEFAULT_LEADER_LIMITS, type QueuedCommand } from './command-queue.ts';
import { CommandTooLargeError, OverloadedError } from './errors.ts';

const limits = { maxQueuedCommands: 5, maxQueuedBytes: 100, maxBlockCommands: 3, maxBlockBytes: 40 };
const sized = (bytes: number, line = 'x'): QueuedCommand => ({
  line,
  bytes,
  isNewOrder: false,
  resolve: () => {},
  reject: () => {},
});
const newOrder = (bytes: number): QueuedCommand => ({ ...sized(bytes, 'o'), isNewOrder: true });
const linesOf = (commands: readonly QueuedCommand[]) => commands.map(({ line }) => line).join('');

describe('command queue', () => {
  it('SEQ-3: takes as many commands as the limit says and refuses the next', () => {
    const queue = new CommandQueue(limits);
    for (let i = 0; i < 5; i++) queue.push(sized(1));
    expect(() => queue.push(sized(1))).toThrow(OverloadedError);
    expect(queue.length).toBe(5);
  });

  it('SEQ-3: takes as many bytes as the limit says, and has room again after a block has left', () => {
    const queue = new CommandQueue(limits);
    for (const bytes of [40, 40, 20]) queue.push(sized(bytes));
    expect(() => queue.push(sized(1))).toThrow(OverloadedError);
    expect(queue.takeBlock()).toHaveLength(1);
    queue.push(sized(40));
    expect(() => queue.push(sized(1))).toThrow(OverloadedError);
    expect(queue.takeAll()).toHaveLength(3);
    for (const bytes of [40, 40, 20]) queue.push(sized(bytes));
  });

  it('SEQ-21: new orders leave an eighth of the places and of the bytes to all other commands', () => {
    const places = new CommandQueue({ ...limits, maxQueuedCommands: 17 });
    for (let i = 0; i < 15; i++) places.push(newOrder(1));
    expect(() => places.push(newOrder(1))).toThrow(OverloadedError);
    for (let i = 0; i < 2; i++) places.push(sized(1));
    expect(() => places.push(sized(1))).toThrow(OverloadedError);
    const bytes = new CommandQueue({ ...limits, maxQueuedCommands: 100 });
    for (const size of [40, 40, 8]) bytes.push(newOrder(size));
    expect(() => bytes.push(newOrder(1))).toThrow(OverloadedError);
    bytes.push(sized(12));
    expect(() => bytes.push(sized(1))).toThrow(OverloadedError);
  });

  it('SEQ-21: a queue of fewer than eight places has no reserve', () => {
    const queue = new CommandQueue(limits);
    for (let i = 0; i < 5; i++) queue.push(newOrder(1));
    expect(() => queue.push(newOrder(1))).toThrow(OverloadedError);
  });

  it('SEQ-4: a block has at most its number of commands and bytes, in the order of arrival', () => {
    const queue = new CommandQueue(limits);
    for (const line of 'abcd') queue.push(sized(10, line));
    expect(linesOf(queue.takeBlock())).toBe('abc');
    queue.push(sized(31, 'e'));
    queue.push(sized(9, 'f'));
    expect(linesOf(queue.takeBlock())).toBe('d');
    expect(linesOf(queue.takeBlock())).toBe('ef');
    expect(queue.takeBlock()).toEqual([]);
  });

  it('SEQ-4: a command as large as a block goes alone, a larger one is refused at once', () => {
    const queue = new CommandQueue(limits);
    queue.push(sized(40, 'a'));
    queue.push(sized(1, 'b'));
    expect(linesOf(queue.takeBlock())).toBe('a');
    expect(() => queue.push(sized(41))).toThrow(CommandTooLargeError);
  });

  it('SEQ-4: refuses limits that are no positive integers or larger than a block of the log', () => {
    expect(() => new CommandQueue({ ...limits, maxBlockCommands: 0 })).toThrow('maxBlockCommands');
    expect(() => new CommandQueue({ ...limits, maxBlockBytes: MAX_LINES_BYTES + 1 })).toThrow('larger than a block');
    expect(new CommandQueue(DEFAULT_LEADER_LIMITS).length).toBe(0);
  });
});
