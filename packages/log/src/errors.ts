/** The block does not follow the head: another writer was faster, or the caller lost count. Nothing was written. */
export class LogConflictError extends Error {
  override readonly name = 'LogConflictError';
  readonly expectedSequence: number;
  readonly firstSequence: number;

  constructor(expectedSequence: number, firstSequence: number) {
    super(`the next block must begin at sequence ${expectedSequence}, not at ${firstSequence}`);
    this.expectedSequence = expectedSequence;
    this.firstSequence = firstSequence;
  }
}

/** A write or sync failed, now or before (see `cause`). The log accepts nothing more until it is opened again. */
export class LogFailedError extends Error {
  override readonly name: string = 'LogFailedError';

  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}

/** The storage is out of space or quota. The log has failed; what is durable can still be read. */
export class LogFullError extends LogFailedError {
  override readonly name = 'LogFullError';
}

/** Where damage was found: a file below the log's folder and the byte at which the damaged unit begins. */
export interface DamagePlace {
  readonly file: string;
  /** In bytes from the start of the file. */
  readonly offset: number;
}

/** The log is not what was acknowledged. Nothing was repaired or skipped; restore the folder from a replica or a backup. */
export class LogDamageError extends Error {
  override readonly name = 'LogDamageError';
  readonly file: string;
  /** Byte offset in `file` at which the damaged unit (header, block) begins. */
  readonly offset: number;
  readonly reason: string;

  constructor(place: DamagePlace, reason: string) {
    super(`log damaged: ${place.file} at byte ${place.offset}: ${reason}`);
    this.file = place.file;
    this.offset = place.offset;
    this.reason = reason;
  }
}

/** The files are intact but of a format version that this program does not know. */
export class LogFormatError extends Error {
  override readonly name = 'LogFormatError';
  readonly file: string;
  readonly version: number;

  constructor(file: string, version: number) {
    super(`${file} has format version ${version}, which this program does not know`);
    this.file = file;
    this.version = version;
  }
}

/** Another process, or this one, has the log open for writing. */
export class LogLockedError extends Error {
  override readonly name = 'LogLockedError';
  /** Process id of the holder as it named itself; undefined in the instant before it has done so. */
  readonly pid: number | undefined;

  constructor(path: string, pid: number | undefined) {
    super(`${path} is held by ${pid === undefined ? 'another process' : `process ${pid}`}`);
    this.pid = pid;
  }
}

/** A snapshot is not what was saved. An older one and a longer tail lead to the same state. */
export class SnapshotDamageError extends Error {
  override readonly name = 'SnapshotDamageError';
  readonly file: string;
  readonly reason: string;

  constructor(file: string, reason: string) {
    super(`snapshot damaged: ${file}: ${reason}`);
    this.file = file;
    this.reason = reason;
  }
}
