import { strict as assert } from 'node:assert';
import type { Event, FillRecord } from '@openvenue/core';
import type { Kysely } from 'kysely';
import { samplesOf } from '../memory/kline/price-type.ts';
import { AccountChanges } from './account-changes.ts';
import { CandleChanges } from './candle-changes.ts';
import { CountChanges } from './count-changes.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import type { FundingSettlement } from './history-queries.ts';
import { addFlows, type BulkInsert, insertRows, joinCandles, replaceOlder } from './insert-rows.ts';
import { knownConditions, knownOrders } from './known-orders.ts';
import { keepLeaderSums } from './leader-sums.ts';
import { type HistoryDatabase, POSITION_ROW } from './schema.ts';
import {
  ACCOUNT_FLOW_SHAPE,
  type AccountFlowChange,
  CANDLE_SHAPE,
  type CandleChange,
  CLOSED_POSITION_SHAPE,
  type ClosedPositionRow,
  CONDITION_SHAPE,
  type ConditionChange,
  FILL_SHAPE,
  FUNDING_SHAPE,
  LEDGER_SHAPE,
  type LedgerRow,
  ORDER_SHAPE,
  type OrderChange,
} from './table-shapes.ts';

/** What one command of the log led to. */
export interface ProjectedCommand {
  readonly sequence: number;
  readonly timeMs: number;
  readonly events: readonly Event[];
}

export interface ProjectorOptions {
  readonly database: Kysely<HistoryDatabase>;
  /**
   * Whose orders, condition orders, fills, ledger and positions are written; candles have the trades of all, and prices and fundings are of
   * symbols. It must follow from the log alone and never change for a user, or a rebuilt history would differ from the
   * one written live. Simulated market makers make most events of a quiet venue, and nobody reads their history: they are left out.
   */
  readonly keep: (userId: number) => boolean;
  /** Whose user it is, 0 for nobody's. Like `keep` it follows from the log alone and never changes. */
  readonly agentOf: (userId: number) => number;
}

/** Commands between the position and the batch are missing: the batch was refused and nothing was written. */
export class ProjectionGapError extends Error {
  override readonly name = 'ProjectionGapError';
  readonly position: number;
  readonly nextSequence: number;

  constructor(position: number, nextSequence: number) {
    super(`the history stands at sequence ${position}, the batch goes on at ${nextSequence}`);
    this.position = position;
    this.nextSequence = nextSequence;
  }
}

const NEW_ORDERS: BulkInsert<OrderChange> = { table: 'order_history', shape: ORDER_SHAPE };
const KNOWN_ORDERS: BulkInsert<OrderChange> = {
  table: 'order_history',
  shape: ORDER_SHAPE,
  onConflict: replaceOlder('order_history', 'order_id', Object.keys(ORDER_SHAPE)),
};
const CONDITIONS: BulkInsert<ConditionChange> = {
  table: 'condition_history',
  shape: CONDITION_SHAPE,
  onConflict: replaceOlder('condition_history', 'condition_id', Object.keys(CONDITION_SHAPE)),
};
const FILLS: BulkInsert<FillRecord> = { table: 'fill', shape: FILL_SHAPE };
const LEDGER: BulkInsert<LedgerRow> = { table: 'ledger_entry', shape: LEDGER_SHAPE };
const CLOSED_POSITIONS: BulkInsert<ClosedPositionRow> = { table: 'closed_position', shape: CLOSED_POSITION_SHAPE };
const FUNDINGS: BulkInsert<FundingSettlement> = { table: 'funding_settlement', shape: FUNDING_SHAPE };
const CANDLES: BulkInsert<CandleChange> = { table: 'candle', shape: CANDLE_SHAPE, onConflict: joinCandles };
const FLOWS: BulkInsert<AccountFlowChange> = {
  table: 'account_flow',
  shape: ACCOUNT_FLOW_SHAPE,
  onConflict: addFlows,
};

/** The log sequence up to which the history is complete, 0 when it is empty. */
export async function readPosition(database: Kysely<HistoryDatabase>): Promise<number> {
  const row = await database
    .selectFrom('projection_position')
    .select('sequence')
    .where('id', '=', POSITION_ROW)
    .executeTakeFirstOrThrow();
  return fromInt8(row.sequence);
}

/** Tells the events that {@link Projector} writes from those that it would only carry along. */
export const isHistoryEvent = (event: Event): boolean =>
  event.type === 'order-updated' ||
  event.type === 'condition-updated' ||
  event.type === 'ledger' ||
  event.type === 'trade' ||
  event.type === 'prices-updated' ||
  event.type === 'position-closed' ||
  event.type === 'funding-settled';

/** Writes orders, condition orders, fills, ledger entries, what accounts came to, closed positions, fundings, candles and the counts of rows, each command exactly once however often it comes. */
export class Projector {
  readonly #database: Kysely<HistoryDatabase>;
  readonly #keep: (userId: number) => boolean;
  readonly #agentOf: (userId: number) => number;

  constructor({ database, keep, agentOf }: ProjectorOptions) {
    this.#database = database;
    this.#keep = keep;
    this.#agentOf = agentOf;
  }

  /**
   * Writes a batch of consecutive commands and the new position in one transaction, and returns the position. Commands at or below the
   * position are skipped: the row of the position is locked, so that two projectors of one database take turns.
   *
   * @throws ProjectionGapError when the batch begins later than the position's successor.
   */
  async project(batch: readonly ProjectedCommand[]): Promise<number> {
    assertConsecutive(batch);
    return await this.#database.transaction().execute(async (transaction) => {
      const row = await transaction
        .selectFrom('projection_position')
        .select(['sequence', 'leader_hour_ms'])
        .where('id', '=', POSITION_ROW)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const position = fromInt8(row.sequence);
      const commands = batch.filter((command) => command.sequence > position);
      const first = commands[0];
      const last = commands.at(-1);
      if (first === undefined || last === undefined) return position;
      if (first.sequence !== position + 1) throw new ProjectionGapError(position, first.sequence);

      const { orders, conditions, fills, ledger, flows, counts, closed, fundings, candles } = this.#collect(commands);
      await writeOrders(transaction, { orders, counts });
      await writeConditions(transaction, { conditions, counts });
      await counts.write(transaction);
      await insertRows(transaction, FILLS, fills);
      await insertRows(transaction, LEDGER, ledger);
      await insertRows(transaction, FLOWS, flows);
      await keepLeaderSums(transaction, { previousMs: fromInt8(row.leader_hour_ms), timeMs: last.timeMs });
      await insertRows(transaction, CLOSED_POSITIONS, closed);
      await insertRows(transaction, FUNDINGS, fundings);
      await insertRows(transaction, CANDLES, candles);
      await transaction
        .updateTable('projection_position')
        .set({ sequence: toInt8(last.sequence), time_ms: toInt8(last.timeMs) })
        .where('id', '=', POSITION_ROW)
        .execute();
      return last.sequence;
    });
  }

  /** An order or a condition order that changed many times in the batch is written once, at its newest; a candle and a user's hour once, with all of the batch. */
  #collect(commands: readonly ProjectedCommand[]) {
    const orders = new Map<number, OrderChange>();
    const conditions = new Map<number, ConditionChange>();
    const fills: FillRecord[] = [];
    const ledger: LedgerRow[] = [];
    const closed: ClosedPositionRow[] = [];
    const fundings: FundingSettlement[] = [];
    const flows = new AccountChanges();
    const counts = new CountChanges();
    const candles = new CandleChanges();
    for (const { sequence, events } of commands) {
      for (const event of events) {
        if (event.type === 'order-updated' && this.#keep(event.order.userId)) {
          const { order } = event;
          orders.set(order.orderId, { sequence, agentId: this.#agentOf(order.userId), order });
          if (event.fill === undefined) continue;
          fills.push(event.fill);
          flows.filled(event.fill);
          counts.fill(event.fill);
        } else if (event.type === 'condition-updated' && this.#keep(event.condition.userId)) {
          const { condition, leverage, marginMode } = event;
          conditions.set(condition.conditionId, { sequence, condition: { ...condition, leverage, marginMode } });
        } else if (event.type === 'ledger' && this.#keep(event.entry.userId)) {
          const { entry } = event;
          ledger.push({ agentId: this.#agentOf(entry.userId), entry });
          flows.booked(entry);
          counts.ledger(entry);
        } else if (event.type === 'position-closed' && this.#keep(event.closed.userId)) {
          const { closed: position } = event;
          closed.push({ agentId: this.#agentOf(position.userId), closed: position });
          counts.position(position);
        } else if (event.type === 'funding-settled') {
          fundings.push(event);
        } else if (event.type === 'trade' || event.type === 'prices-updated') {
          for (const sample of samplesOf(event)) candles.add(sample);
        }
      }
    }
    return {
      orders: [...orders.values()],
      conditions: [...conditions.values()],
      fills,
      ledger,
      flows: flows.list(),
      counts,
      closed,
      fundings,
      candles: candles.list(),
    };
  }
}

/** Orders that have a row move to where they will be counted, and their row becomes what they are now. */
async function writeOrders(
  database: Kysely<HistoryDatabase>,
  { orders, counts }: { readonly orders: readonly OrderChange[]; readonly counts: CountChanges },
): Promise<void> {
  const known = await knownOrders(
    database,
    orders.map(({ order }) => order.orderId),
  );
  const isKnown = ({ order }: OrderChange): boolean => known.has(order.orderId);
  for (const { order } of orders) counts.order(order, known.get(order.orderId));
  await insertRows(
    database,
    NEW_ORDERS,
    orders.filter((change) => !isKnown(change)),
  );
  await insertRows(database, KNOWN_ORDERS, orders.filter(isKnown));
}

async function writeConditions(
  database: Kysely<HistoryDatabase>,
  { conditions, counts }: { readonly conditions: readonly ConditionChange[]; readonly counts: CountChanges },
): Promise<void> {
  const known = await knownConditions(
    database,
    conditions.map(({ condition }) => condition.conditionId),
  );
  for (const { condition } of conditions) counts.condition(condition, known.get(condition.conditionId));
  await insertRows(database, CONDITIONS, conditions);
}

function assertConsecutive(batch: readonly ProjectedCommand[]): void {
  for (let i = 1; i < batch.length; i++) {
    assert(batch[i]?.sequence === (batch[i - 1]?.sequence ?? 0) + 1, 'a batch holds consecutive commands');
  }
}
