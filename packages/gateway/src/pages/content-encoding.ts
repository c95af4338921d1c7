export type ContentEncoding = 'br' | 'gzip';

/** What pages are compressed by beforehand, smallest first, and the ending of such a file. */
export const CONTENT_ENCODINGS: readonly { readonly encoding: ContentEncoding; readonly suffix: string }[] = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
];

/** The smallest form of those there are that an `Accept-Encoding` names; undefined for the plain one. */
export function chooseEncoding(
  acceptEncoding: string | undefined,
  isThere: (encoding: ContentEncoding) => boolean,
): ContentEncoding | undefined {
  const accepted = new Set<string>();
  for (const part of (acceptEncoding ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    if (!parameters.some((parameter) => REFUSED.test(parameter))) accepted.add(name);
  }
  return CONTENT_ENCODINGS.find(({ encoding }) => accepted.has(encoding) && isThere(encoding))?.encoding;
}

const REFUSED = /^q=0(?:\.0*)?$/;

/** Whether `If-None-Match` names this tag: the client then has these bytes. */
export function isKnownTag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
