import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type ReferenceFile, referenceFiles, referencePaths } from '@openvenue/reference';
import { transportSecurity } from '../http/security-headers.ts';
import type { Venue } from '../venue.ts';
import type { ContentEncoding } from './content-encoding.ts';
import type { PageFile } from './page-files.ts';
import { documentationHeaders } from './page-headers.ts';
import type { PageRoutes } from './page-routes.ts';
import { sendFile } from './send-file.ts';

/**
 * Serves the documents of the venue's interfaces and the pages made from them. They name the venue's own address, which is known only
 * once it listens, so they are made at the first request.
 */
export function addReference(routes: PageRoutes, venue: Venue, isSecure: boolean): void {
  const headers = documentationHeaders(transportSecurity(isSecure));
  let files: ReadonlyMap<string, PageFile> | undefined;
  const read = (): ReadonlyMap<string, PageFile> => {
    const identity = { publicUrl: venue.publicUrl, version: venue.version.version };
    return new Map([...referenceFiles(identity)].map(([path, file]) => [path, pageFileOf(file)]));
  };
  for (const path of referencePaths) {
    routes.add(path, (request, reply) => {
      files ??= read();
      const file = files.get(path);
      assert(file !== undefined, `the reference has no ${path}`);
      return sendFile(request, reply, { file, headers });
    });
  }
}

/** Orders wait while this is done: a quality that takes milliseconds. */
const QUICK = 4;

function pageFileOf({ contentType, text }: ReferenceFile): PageFile {
  const plain = Buffer.from(text);
  const compressed = new Map<ContentEncoding, Buffer>([
    ['br', brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: QUICK } })],
    ['gzip', gzipSync(plain)],
  ]);
  return { contentType, hash: createHash('sha256').update(plain).digest('base64url').slice(0, 16), plain, compressed };
}
