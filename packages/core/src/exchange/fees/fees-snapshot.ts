import type { Money, Rate } from '@openvenue/money';
import type { StateReader } from '../../state/reader.ts';
import type { StateWriter } from '../../state/writer.ts';
import type { ExchangeState } from '../exchange-state.ts';
import { readFeeLevels, writeFeeLevels } from '../symbols/parameters-snapshot.ts';

/** Agents' schedules and commissions, in the order in which they came. */
export function saveFees(state: ExchangeState, w: StateWriter): void {
  w.list(state.feeSchedules.values(), ({ agentId, levels, markup }) => {
    w.uint(agentId);
    writeFeeLevels(w, levels);
    w.uint(markup.maker);
    w.uint(markup.taker);
  });
  w.list(state.commissions, ([agentId, amount]) => {
    w.uint(agentId);
    w.bigint(amount);
  });
}

export function loadFees(state: ExchangeState, r: StateReader): void {
  r.list(() => {
    const agentId = r.uint();
    const levels = readFeeLevels(r);
    const maker = r.uint() as Rate;
    state.feeSchedules.set(agentId, { agentId, levels, markup: { maker, taker: r.uint() as Rate } });
  });
  r.list(() => {
    const agentId = r.uint();
    state.commissions.set(agentId, r.bigint() as Money);
  });
}
