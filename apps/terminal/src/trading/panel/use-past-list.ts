import { useEffect, useEffectEvent, useState } from 'react';

/** Rows that are read at a time. */
export const PAGE_SIZE = 50;
/** Rows that a list of the past grows to; what is older is a matter for the API. */
export const ROWS_MAX = 500;
/** A burst of fills is read as one. */
const REFRESH_DELAY_MS = 400;

export interface PastPage<Item> {
  readonly list: readonly Item[];
  readonly total: number;
}

export interface PastList<Item> {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly items: readonly Item[];
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

export interface PastListOptions<Item> {
  /** Another key is another list. */
  readonly key: string;
  /** Grows when the list is out of date. */
  readonly version: number;
  readonly read: (pageSize: number, page: number) => Promise<PastPage<Item>>;
}

/**
 * A list of the past, newest first. It is read anew from its first row whenever it is out of date, because rows move from
 * page to page; what was shown stays until the new rows are there.
 */
export function usePastList<Item>({ key, version, read }: PastListOptions<Item>): PastList<Item> {
  const [pages, setPages] = useState({ key, count: 1 });
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<{ readonly key: string; readonly page: PastPage<Item> | undefined }>();
  const count = pages.key === key ? pages.count : 1;
  const readPages = useEffectEvent((wanted: number) => readAll(read, wanted));
  const hasShown = answer?.key === key && answer.page !== undefined;
  const delayOf = useEffectEvent(() => (hasShown && version > 0 ? REFRESH_DELAY_MS : 0));
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      readPages(count).then(
        (page) => isCurrent && setAnswer({ key, page }),
        () => isCurrent && setAnswer({ key, page: undefined }),
      );
    }, delayOf());
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key, version, count, tries]);
  const isKnown = answer?.key === key;
  const page = isKnown ? answer.page : undefined;
  return {
    status: !isKnown ? 'loading' : page === undefined ? 'failed' : 'ready',
    items: page?.list ?? [],
    hasMore: page !== undefined && page.list.length < Math.min(page.total, ROWS_MAX),
    loadMore: () => setPages({ key, count: count + 1 }),
    retry: () => setTries(tries + 1),
  };
}

async function readAll<Item>(read: PastListOptions<Item>['read'], count: number): Promise<PastPage<Item>> {
  const pages = await Promise.all(Array.from({ length: count }, (_, index) => read(PAGE_SIZE, index + 1)));
  return { list: pages.flatMap(({ list }) => list), total: pages[0]?.total ?? 0 };
}
