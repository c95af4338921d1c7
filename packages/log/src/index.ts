export { blockHash, EMPTY_HEAD, lastSequenceOf } from './block-hash.ts';
export * from './errors.ts';
export { crc32c } from './file/crc32c.ts';
export type { TailingReader } from './file/file-log-reader.ts';
export type { FileLock, FileSystem, OpenFile, OpenMode } from './file/file-system.ts';
export { nodeFileSystem } from './file/node-file-system.ts';
export {
  DEFAULT_SEGMENT_BYTES,
  type FileLog,
  type FileLogOptions,
  type FileLogRecovery,
  openFileLog,
  openFileLogReader,
} from './file/open-file-log.ts';
export { MemoryLogStorage, openMemoryLog } from './memory/memory-log.ts';
export * from './port.ts';
