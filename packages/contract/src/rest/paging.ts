import { Type } from 'typebox';
import { count, timestampMs } from '../scalars.ts';

/** Page that a list answers when none is asked for; pages count from 1. */
export const PAGE_DEFAULT = 1;
/** Rows a page when none are asked for. */
export const PAGE_SIZE_DEFAULT = 20;
/** A larger `pageSize` counts as this. */
export const PAGE_SIZE_MAX = 100;
/** Deepest page that can be asked for. */
export const PAGE_MAX = 1_000_000;

/** `page` and `pageSize` of a list. */
export const pageFields = {
  page: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: PAGE_MAX,
      default: PAGE_DEFAULT,
      description: 'Page, counted from 1',
      'x-unit': 'count',
      examples: [1],
    }),
  ),
  pageSize: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: PAGE_SIZE_MAX,
      default: PAGE_SIZE_DEFAULT,
      description: `Rows a page; more than ${PAGE_SIZE_MAX} counts as ${PAGE_SIZE_MAX}`,
      'x-unit': 'count',
      'x-clamp': true,
      examples: [50],
    }),
  ),
};

/** `[startTime, endTime)` of a list, in milliseconds. */
export const timeFields = {
  startTime: Type.Optional(timestampMs('Only what happened at this time or later')),
  endTime: Type.Optional(timestampMs('Only what happened before this time')),
};

/** Field `total` of a list. */
export const total = () => count('Number of rows that match, on all pages');

/** A page with the defaults filled in. */
export interface Page {
  readonly page: number;
  readonly pageSize: number;
  /** Rows to skip. */
  readonly offset: number;
}

/** The page that a well-formed query asks for. */
export function pageOf(query: { readonly page?: number; readonly pageSize?: number }): Page {
  const page = query.page ?? PAGE_DEFAULT;
  const pageSize = query.pageSize ?? PAGE_SIZE_DEFAULT;
  return { page, pageSize, offset: (page - 1) * pageSize };
}
