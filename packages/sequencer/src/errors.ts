/** The command was not recorded and never will be: it is safe to send it again, here or elsewhere. */
export class NotRecordedError extends Error {
  override readonly name: string = 'NotRecordedError';
}

/** The queue is full. Nothing was recorded; repeat it later. */
export class OverloadedError extends NotRecordedError {
  override readonly name = 'OverloadedError';

  constructor() {
    super('the queue of commands is full; nothing was recorded');
  }
}

/** The log is out of space and takes no more (see `cause`); reads go on. Nothing was recorded. */
export class ReadOnlyError extends NotRecordedError {
  override readonly name = 'ReadOnlyError';

  constructor(cause: unknown) {
    super('the log is out of space and takes no more; nothing was recorded', { cause });
  }
}

/** The node is closing, closed or has failed (then `cause` says why). Nothing was recorded. */
export class NodeStoppedError extends NotRecordedError {
  override readonly name = 'NodeStoppedError';

  constructor(message: string, cause?: unknown) {
    super(`${message}; nothing was recorded`, cause === undefined ? undefined : { cause });
  }
}

/** The command alone is larger than a block may be. Nothing was recorded; it will never be accepted. */
export class CommandTooLargeError extends NotRecordedError {
  override readonly name = 'CommandTooLargeError';
  readonly bytes: number;
  readonly maxBytes: number;

  constructor(size: { readonly bytes: number; readonly maxBytes: number }) {
    super(`the command has ${size.bytes} bytes, a block takes ${size.maxBytes}; nothing was recorded`);
    this.bytes = size.bytes;
    this.maxBytes = size.maxBytes;
  }
}

/** The command had been handed to the log when the node stopped (see `cause`): it may be found in the log after a restart, or not. */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';

  constructor(cause: unknown) {
    super('the node stopped while the command was in the log; its fate shows after a restart', { cause });
  }
}

/** A block's payload is not what this program writes. */
export class BlockFormatError extends Error {
  override readonly name = 'BlockFormatError';
  readonly firstSequence: number;

  constructor(firstSequence: number, reason: string, cause?: unknown) {
    super(
      `the block at sequence ${firstSequence} can't be read: ${reason}`,
      cause === undefined ? undefined : { cause },
    );
    this.firstSequence = firstSequence;
  }
}

/**
 * A block was applied and answered under other rules than this program's: replaying it could answer otherwise than its submitters
 * were answered, so it isn't tried.
 */
export class OtherRulesError extends Error {
  override readonly name = 'OtherRulesError';
  readonly firstSequence: number;

  constructor(firstSequence: number, rules: { readonly recorded: number; readonly followed: number }) {
    super(
      `the log was written under rules ${rules.recorded} (at sequence ${firstSequence}), this program follows rules ${rules.followed}: start it with the version that wrote it`,
    );
    this.firstSequence = firstSequence;
  }
}

/** The log handed out a block that does not follow what was applied: something is missing or comes twice. */
export class SequenceGapError extends Error {
  override readonly name = 'SequenceGapError';
  readonly expectedSequence: number;
  readonly firstSequence: number;

  constructor(expectedSequence: number, block: { readonly firstSequence: number; readonly count: number }) {
    const { firstSequence, count } = block;
    super(`expected sequence ${expectedSequence}, the log has a block of ${count} at ${firstSequence}`);
    this.expectedSequence = expectedSequence;
    this.firstSequence = firstSequence;
  }
}

/** The state is not the one that the log or a snapshot says it must be. Nothing computed from it can be trusted. */
export class StateDivergedError extends Error {
  override readonly name = 'StateDivergedError';
  readonly sequence: number;
  /** Hex SHA-256. */
  readonly expected: string;
  /** Hex SHA-256. */
  readonly actual: string;

  constructor(sequence: number, hashes: { readonly expected: string; readonly actual: string }) {
    super(`the state after sequence ${sequence} has the hash ${hashes.actual}, but ${hashes.expected} was recorded`);
    this.sequence = sequence;
    this.expected = hashes.expected;
    this.actual = hashes.actual;
  }
}

/** The log ends before a sequence that it must hold: acknowledged commands are missing. */
export class LogBehindError extends Error {
  override readonly name = 'LogBehindError';
  readonly lastSequence: number;
  readonly neededSequence: number;

  constructor(need: { readonly lastSequence: number; readonly neededSequence: number; readonly what: string }) {
    super(`the log ends at ${need.lastSequence} but ${need.what} is at ${need.neededSequence}`);
    this.lastSequence = need.lastSequence;
    this.neededSequence = need.neededSequence;
  }
}
