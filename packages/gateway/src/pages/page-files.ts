import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { CONTENT_ENCODINGS, type ContentEncoding } from './content-encoding.ts';

/** What a folder of pages may hold, compressed forms included: a wrong folder is refused before it fills the memory. */
export const PAGE_FILES_MAX = 1_000;
export const PAGE_BYTES_MAX = 64 * 1_024 * 1_024;

/** One file with its compressed forms, as it is sent. */
export interface PageFile {
  readonly contentType: string;
  /** Of its plain bytes, for entity tags. */
  readonly hash: string;
  readonly plain: Buffer;
  readonly compressed: ReadonlyMap<ContentEncoding, Buffer>;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
};
const UNKNOWN_TYPE = 'application/octet-stream';
/** 96 bits: a tag tells the builds of one file apart, and protects nothing. */
const HASH_LENGTH = 16;

/**
 * Reads a folder of built pages into memory, by path with forward slashes; nothing when there is no such folder. A venue so
 * serves the one build that it began with, whatever is built after it, and no request ever names a path on the disk.
 * @throws RangeError for a folder beyond {@link PAGE_FILES_MAX} or {@link PAGE_BYTES_MAX}
 */
export function readPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const contents = readAll(folder);
  const files = new Map<string, PageFile>();
  for (const [path, plain] of contents) {
    if (isCompressedForm(path, contents)) continue;
    const compressed = new Map<ContentEncoding, Buffer>();
    for (const { encoding, suffix } of CONTENT_ENCODINGS) {
      const body = contents.get(path + suffix);
      if (body !== undefined) compressed.set(encoding, body);
    }
    const contentType = CONTENT_TYPES[extname(path)] ?? UNKNOWN_TYPE;
    const hash = createHash('sha256').update(plain).digest('base64url').slice(0, HASH_LENGTH);
    files.set(path, { contentType, hash, plain, compressed });
  }
  return files;
}

function readAll(folder: string): ReadonlyMap<string, Buffer> {
  const contents = new Map<string, Buffer>();
  let bytes = 0;
  for (const path of pathsIn(folder)) {
    const content = readFileSync(path);
    bytes += content.length;
    contents.set(relative(folder, path).split(sep).join('/'), content);
    if (contents.size > PAGE_FILES_MAX || bytes > PAGE_BYTES_MAX)
      throw new RangeError(`${folder} holds more than ${PAGE_FILES_MAX} files or ${PAGE_BYTES_MAX} bytes: no pages`);
  }
  return contents;
}

function pathsIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function isCompressedForm(path: string, contents: ReadonlyMap<string, Buffer>): boolean {
  return CONTENT_ENCODINGS.some(({ suffix }) => path.endsWith(suffix) && contents.has(path.slice(0, -suffix.length)));
}
