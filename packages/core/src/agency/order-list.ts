import {
  DIRECTIONS,
  STATUSES,
  type TransferDirection,
  type TransferOrder,
  type TransferStatus,
} from './transfer-order.ts';

export interface OrderFilter {
  readonly direction?: TransferDirection;
  readonly status?: TransferStatus;
  /** Created at or after. */
  readonly fromMs?: number;
  /** Created before. */
  readonly beforeMs?: number;
}

export interface OrderWindow {
  /** How many of the newest to pass over. */
  readonly skip: number;
  readonly take: number;
}

/** A part of a list of ascending ids: from `start` up to, not including, `end`. */
interface Slice {
  readonly ids: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** Index of the first id that is `isEnough`; those before it are not, those behind it are. */
function firstIndex(ids: readonly number[], isEnough: (id: number) => boolean): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEnough(ids[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * One agent's transfers, by direction and status. A list holds ascending ids, which is the order of time, so a page and its
 * total cost a few binary searches however many orders there are.
 */
export class OrderList {
  readonly #idsByKind = new Map<string, number[]>();

  add({ orderId, direction, status }: TransferOrder): void {
    const kind = `${direction} ${status}`;
    const ids = this.#idsByKind.get(kind);
    if (ids === undefined) this.#idsByKind.set(kind, [orderId]);
    else if (orderId > (ids.at(-1) ?? 0)) ids.push(orderId);
    else
      ids.splice(
        firstIndex(ids, (id) => id > orderId),
        0,
        orderId,
      );
  }

  remove({ orderId, direction, status }: TransferOrder): void {
    const ids = this.#idsByKind.get(`${direction} ${status}`);
    const index = ids === undefined ? 0 : firstIndex(ids, (id) => id >= orderId);
    if (ids?.[index] === orderId) ids.splice(index, 1);
  }

  /** Ids of the orders that pass the filter, newest first, and how many there are in all. */
  select(filter: OrderFilter, window: OrderWindow, createdAtMs: (orderId: number) => number) {
    const slices = this.#slices(filter, createdAtMs);
    const total = slices.reduce((sum, { start, end }) => sum + end - start, 0);
    return { total, orderIds: newestFirst(slices, window) };
  }

  #slices({ direction, status, fromMs, beforeMs }: OrderFilter, createdAtMs: (orderId: number) => number): Slice[] {
    const slices: Slice[] = [];
    for (const eachDirection of direction === undefined ? DIRECTIONS : [direction]) {
      for (const eachStatus of status === undefined ? STATUSES : [status]) {
        const ids = this.#idsByKind.get(`${eachDirection} ${eachStatus}`) ?? [];
        const start = fromMs === undefined ? 0 : firstIndex(ids, (id) => createdAtMs(id) >= fromMs);
        const end = beforeMs === undefined ? ids.length : firstIndex(ids, (id) => createdAtMs(id) >= beforeMs);
        if (start < end) slices.push({ ids, start, end });
      }
    }
    return slices;
  }
}

/** Merges the slices from their ends. */
function newestFirst(slices: readonly Slice[], { skip, take }: OrderWindow): number[] {
  const newest = skippedTo(slices, skip);
  const ends = slices.map(({ ids, start, end }) =>
    Math.max(
      start,
      Math.min(
        end,
        firstIndex(ids, (id) => id > newest),
      ),
    ),
  );
  const merged: number[] = [];
  while (merged.length < take) {
    let best = -1;
    let bestId = 0;
    for (const [index, { ids, start }] of slices.entries()) {
      const end = ends[index] ?? 0;
      const id = end > start ? (ids[end - 1] ?? 0) : 0;
      if (id > bestId) {
        best = index;
        bestId = id;
      }
    }
    if (best === -1) break;
    merged.push(bestId);
    ends[best] = (ends[best] ?? 0) - 1;
  }
  return merged;
}

/** The largest id that has at least `skip` newer ones in the slices. */
function skippedTo(slices: readonly Slice[], skip: number): number {
  const newerThan = (id: number): number =>
    slices.reduce(
      (sum, { ids, start, end }) =>
        sum +
        Math.max(
          0,
          end -
            Math.max(
              start,
              firstIndex(ids, (each) => each > id),
            ),
        ),
      0,
    );
  let low = 0;
  let high = slices.reduce((newest, { ids, end }) => Math.max(newest, ids[end - 1] ?? 0), 0);
  if (newerThan(low) < skip) return low;
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    if (newerThan(middle) >= skip) low = middle;
    else high = middle - 1;
  }
  return low;
}
