import assert from 'node:assert';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { EMPTY_HEAD } from '../block-hash.ts';
import { LogDamageError } from '../errors.ts';
import type { AppendLog, OpenedLog } from '../port.ts';
import { FileAppendLog } from './file-append-log.ts';
import { FileLogReader, openReader, type TailingReader } from './file-log-reader.ts';
import { FileSnapshotStore, newestSnapshotSequence, SNAPSHOT_FOLDER } from './file-snapshot-store.ts';
import { type FileSystem, openIfExists } from './file-system.ts';
import {
  HEAD_FILE,
  type HeadMarker,
  HeadMarkerFile,
  headDamage,
  placeHeadMarker,
  readHeadMarker,
  type StoredMarker,
} from './head-marker.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { type Folder, placeFile } from './place-file.ts';
import { type RecoveredEnd, readSegments, recoverBlocks, type Segment } from './recovery.ts';
import {
  encodeSegmentHeader,
  LOG_ID_BYTES,
  SEGMENT_HEADER_BYTES,
  segmentName,
  segmentsAmong,
} from './segment-header.ts';
import { equalBytes } from './segment-walk.ts';
import { snapshotsAmong } from './snapshot-file.ts';

/** Default size of a segment, in bytes. */
export const DEFAULT_SEGMENT_BYTES = 64 * 1024 * 1024;
/** Name of the lock file in the log's folder. */
export const LOCK_FILE = 'lock';

export interface FileLogOptions {
  /** Size at which a new segment begins. A segment is larger when its only block is. Default {@link DEFAULT_SEGMENT_BYTES}. */
  readonly segmentBytes?: number;
  /**
   * Verify the blocks from the segment on that holds this record; of older segments only the headers and sizes. The last segment is always
   * verified. Blocks that were not verified now are verified when they are read. Default 0: everything.
   */
  readonly verifyFromSequence?: number;
  /** The caller knows by other means that all records up to this one were acknowledged: a log that ends before is damaged. Default 0. */
  readonly knownDurableSequence?: number;
  /**
   * An operator's decision, for a folder whose `head` file is lost or damaged while the segments are not: make a new one from them. Gives up
   * knowing whether acknowledged blocks are missing at the end, except for what snapshots and `knownDurableSequence` tell. Default false.
   */
  readonly rebuildHead?: boolean;
  /** Default: the real one. */
  readonly fileSystem?: FileSystem;
  /** Makes the 16 bytes that tell logs apart. Default: random. */
  readonly newLogId?: () => Uint8Array;
}

/** What opening found and did. */
export interface FileLogRecovery {
  /** Bytes of a torn, never acknowledged block that were cut off the end, up to the last that is not zero. */
  readonly cutBytes: number;
  /** Whether the log was new or had been closed. When not, whatever else the process kept without syncing it is to be rebuilt. */
  readonly wasClosedCleanly: boolean;
  /** Blocks and bytes verified. */
  readonly verifiedBlocks: number;
  readonly verifiedBytes: number;
}

export interface FileLog extends OpenedLog {
  readonly recovery: FileLogRecovery;
}

/**
 * Opens the log in `folder` for writing, creating it when the folder is empty, and recovers from whatever ended the last run.
 *
 * @throws LogLockedError when it is open already, LogDamageError when an acknowledged part is damaged or missing, LogFormatError when it
 * was written by a newer program, and the system's errors.
 */
export async function openFileLog(path: string, options: FileLogOptions = {}): Promise<FileLog> {
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  const folder: Folder = { fileSystem, path };
  await fileSystem.makeFolder(join(path, SNAPSHOT_FOLDER));
  const lock = await fileSystem.lock(join(path, LOCK_FILE));
  try {
    const opened = await openLocked(folder, options);
    let closing: Promise<void> | undefined;
    const close = async () => {
      try {
        await opened.snapshots.settle();
        await opened.log.close();
      } finally {
        await lock.release();
      }
    };
    return {
      ...opened,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Opens the log in `folder` for reading, in another thread or process than its writer. It never changes anything.
 *
 * @throws LogDamageError when the `head` file is damaged; an error with code `ENOENT` when the folder holds no log.
 */
export function openFileLogReader(
  path: string,
  options: Pick<FileLogOptions, 'fileSystem'> = {},
): Promise<TailingReader> {
  return openReader({ fileSystem: options.fileSystem ?? nodeFileSystem, path });
}

interface LockedLog {
  readonly log: AppendLog;
  readonly reader: FileLogReader;
  readonly snapshots: FileSnapshotStore;
  readonly recovery: FileLogRecovery;
}

async function openLocked(folder: Folder, options: FileLogOptions): Promise<LockedLog> {
  const { fileSystem, path } = folder;
  const segmentBytes = options.segmentBytes ?? DEFAULT_SEGMENT_BYTES;
  assert(Number.isSafeInteger(segmentBytes) && segmentBytes > SEGMENT_HEADER_BYTES, 'segmentBytes is out of range');
  const snapshotFolder: Folder = { fileSystem, path: join(path, SNAPSHOT_FOLDER) };
  await removeTemporaries(folder);
  await removeTemporaries(snapshotFolder);

  const { marker, generation } = await findMarker(folder, options);
  const { logId } = marker;
  const segments = await completeSegments(folder, marker);
  const durableFloor = Math.max(
    marker.lastSequence,
    options.knownDurableSequence ?? 0,
    await newestSnapshotSequence(snapshotFolder, logId),
  );
  const verifyFromSequence = options.verifyFromSequence ?? 0;
  const recovered = await recoverBlocks({ folder, segments, marker, durableFloor, verifyFromSequence });
  const { end } = recovered;
  await fileSystem.syncFolder(path);

  const markerFile = await HeadMarkerFile.open(folder, generation);
  const { lastSequence, hash } = end.head;
  const log = await openWriter({
    markerFile,
    marker: { logId, lastSequence, hash, newestSegment: end.segment, closedCleanly: false },
    open: () => FileAppendLog.open({ folder, logId, markerFile, segmentBytes, end }),
  });
  const durableSequence = () => log.head.lastSequence;
  return {
    log,
    reader: new FileLogReader({ folder, logId, durableSequence }, end),
    snapshots: new FileSnapshotStore(snapshotFolder, { logId, durableSequence }),
    recovery: recoveryReport(recovered, marker),
  };
}

async function openWriter(parts: {
  readonly markerFile: HeadMarkerFile;
  readonly marker: HeadMarker;
  readonly open: () => Promise<FileAppendLog>;
}): Promise<FileAppendLog> {
  try {
    await parts.markerFile.writeDurably(parts.marker);
    return await parts.open();
  } catch (error) {
    await parts.markerFile.close();
    throw error;
  }
}

function recoveryReport(recovered: RecoveredEnd, marker: HeadMarker): FileLogRecovery {
  const { cutBytes, verifiedBlocks, verifiedBytes } = recovered;
  return { cutBytes, wasClosedCleanly: marker.closedCleanly, verifiedBlocks, verifiedBytes };
}

/** Files that were being written, under names nothing refers to, when the last run ended. */
async function removeTemporaries(folder: Folder): Promise<void> {
  for (const name of await folder.fileSystem.list(folder.path)) {
    if (name.endsWith('.log.tmp') || name.endsWith('.snapshot.tmp') || name === `${HEAD_FILE}.tmp`) {
      await folder.fileSystem.remove(join(folder.path, name));
    }
  }
}

/** The marker of the log in the folder; that of a new log when the folder holds nothing of one. */
async function findMarker(folder: Folder, options: FileLogOptions): Promise<StoredMarker> {
  const { fileSystem, path } = folder;
  const file = await openIfExists(fileSystem, join(path, HEAD_FILE));
  if (file !== undefined) {
    try {
      const stored = await readHeadMarker(file);
      if (stored !== undefined) return stored;
    } finally {
      await file.close();
    }
    if (options.rebuildHead !== true) throw headDamage();
  }
  const hasSegments = segmentsAmong(await fileSystem.list(path)).length > 0;
  if (hasSegments) {
    if (options.rebuildHead !== true) {
      throw new LogDamageError({ file: HEAD_FILE, offset: 0 }, 'the file is missing, but the folder has segments');
    }
    const { logId } = (await readSegments(folder))[0]!.header;
    return placeHeadMarker(folder, markerOfNothing(logId, false));
  }
  if (file !== undefined) throw headDamage();
  const snapshots = snapshotsAmong(await fileSystem.list(join(path, SNAPSHOT_FOLDER)));
  if (snapshots.length > 0) {
    throw new LogDamageError(
      { file: segmentName(1), offset: 0 },
      'the log is missing, but the folder has snapshots of it',
    );
  }
  const logId = (options.newLogId ?? (() => randomBytes(LOG_ID_BYTES)))();
  assert(logId.length === LOG_ID_BYTES, 'the log id has not 16 bytes');
  return placeHeadMarker(folder, markerOfNothing(logId, true));
}

function markerOfNothing(logId: Uint8Array, closedCleanly: boolean): HeadMarker {
  return { logId, lastSequence: 0, hash: EMPTY_HEAD.hash, newestSegment: 0, closedCleanly };
}

/**
 * The log's segments, checked against the marker. A last segment without blocks that the marker does not know is what a crash left of
 * starting it; its name may not be durable, so it is removed and started again when it is needed. A new log gets its first one.
 */
async function completeSegments(folder: Folder, marker: HeadMarker): Promise<readonly Segment[]> {
  let segments = await readSegments(folder);
  const newest = segments.at(-1);
  const newestFirst = newest?.header.firstSequence ?? 0;
  if (newestFirst < marker.newestSegment) {
    throw new LogDamageError({ file: segmentName(marker.newestSegment), offset: 0 }, 'the newest segment is missing');
  }
  for (const { header } of segments.slice(0, 1)) {
    if (!equalBytes(header.logId, marker.logId)) {
      throw new LogDamageError({ file: segmentName(1), offset: 0 }, 'the segment is of another log than the head file');
    }
  }
  const isUnused = newest !== undefined && newest.bytes === SEGMENT_HEADER_BYTES && newestFirst > marker.newestSegment;
  if (isUnused) {
    await folder.fileSystem.remove(join(folder.path, segmentName(newestFirst)));
    await folder.fileSystem.syncFolder(folder.path);
    segments = segments.slice(0, -1);
  }
  if (segments.length > 0) return segments;
  if (marker.lastSequence > 0) {
    throw new LogDamageError({ file: segmentName(1), offset: 0 }, 'all segments are missing');
  }
  const header = {
    logId: marker.logId,
    firstSequence: 1,
    previousFirstSequence: 0,
    previousBytes: 0,
    previousHash: EMPTY_HEAD.hash,
  };
  await placeFile(folder, segmentName(1), encodeSegmentHeader(header));
  return [{ header, bytes: SEGMENT_HEADER_BYTES }];
}
