import type { Command, SymbolView } from '@openvenue/core';
import type { PriceSource } from '../price-source.ts';
import { Random } from '../random.ts';
import { type HouseAccountIds, type MarketReads, topUps } from './accounts.ts';
import { IndexHistory } from './index-history.ts';
import { type MakerPlan, makerCommands, planQuotes } from './maker.ts';
import { takerCommand } from './taker.ts';

/** After a pause as long as this the prices known are old: the first tick then only brings new ones. */
const PAUSE_MS = 5_000;
/** Longest time one tick makes up for. */
const LONGEST_TICK_MS = 1_000;
const SECONDS_BETWEEN_TOP_UPS = 60;

export interface SimulatedMarketOptions {
  readonly source: PriceSource;
  readonly accounts: HouseAccountIds;
  /** Any integer; the same seed, reads and times give the same commands. */
  readonly seed: number;
}

/**
 * A living market without a network: index prices once a second, makers that quote around the index, takers that trade. What it
 * knows of its orders and positions it reads from the core at each tick, so it goes on after a restart as if nothing had been.
 */
export class SimulatedMarket {
  readonly #options: SimulatedMarketOptions;
  readonly #histories = new Map<string, IndexHistory>();
  #ticks = 0;
  #lastTickMs = Number.NEGATIVE_INFINITY;
  #lastSecond = -1;

  constructor(options: SimulatedMarketOptions) {
    this.#options = options;
  }

  /**
   * The commands to submit now, in this order; call it about four times a second. `timeMs` is Unix time. Refusals need no
   * answer: the next tick sees the state as it is.
   */
  tick(core: MarketReads, timeMs: number): readonly Command[] {
    const second = Math.floor(timeMs / 1_000);
    const elapsedMs = timeMs - this.#lastTickMs;
    const isNewSecond = second !== this.#lastSecond;
    this.#lastTickMs = timeMs;
    this.#lastSecond = second;
    this.#ticks++;

    const commands: Command[] = [];
    if (isNewSecond) commands.push({ type: 'update-prices', symbols: this.#options.source.quotesAt(second) });
    if (elapsedMs >= PAUSE_MS) {
      this.#histories.clear();
      return commands;
    }
    const { makers, takers } = this.#options.accounts;
    if (isNewSecond && second % SECONDS_BETWEEN_TOP_UPS === 0) commands.push(...topUps(core, [...makers, ...takers]));
    const views = core.exchange.symbols().filter(isTradable);
    for (const view of views) this.#historyOf(view).observe(second, view.index);
    commands.push(...this.#makerTurn(core, { views, second }));
    commands.push(...this.#takerTurn(core, { views, second, elapsedMs }));
    return commands;
  }

  /** One maker a tick, in turn. */
  #makerTurn(core: MarketReads, now: { readonly views: readonly SymbolView[]; second: number }): readonly Command[] {
    const { accounts, seed } = this.#options;
    const userId = accounts.makers[this.#ticks % accounts.makers.length];
    if (userId === undefined) return [];
    const turn = { userId, seed, second: now.second, random: new Random([seed, this.#ticks, 1]) };
    const plans = new Map<string, MakerPlan>();
    for (const view of now.views) {
      const { volatilityBp } = this.#historyOf(view);
      plans.set(view.parameters.symbol, planQuotes(core, turn, { view, volatilityBp }));
    }
    return makerCommands(userId, plans);
  }

  #takerTurn(
    core: MarketReads,
    now: { readonly views: readonly SymbolView[]; readonly second: number; readonly elapsedMs: number },
  ): readonly Command[] {
    const { accounts, seed } = this.#options;
    const turn = {
      userIds: accounts.takers,
      seed,
      second: now.second,
      elapsedMs: Math.min(LONGEST_TICK_MS, Math.max(0, now.elapsedMs)),
      random: new Random([seed, this.#ticks, 2]),
    };
    return now.views.flatMap((view) => {
      const { volatilityBp, momentumBp } = this.#historyOf(view);
      return takerCommand(core, turn, { view, volatilityBp, momentumBp }) ?? [];
    });
  }

  #historyOf(view: SymbolView): IndexHistory {
    const { symbol } = view.parameters;
    const known = this.#histories.get(symbol);
    if (known !== undefined) return known;
    const history = new IndexHistory();
    this.#histories.set(symbol, history);
    return history;
  }
}

const isTradable = ({ parameters, index }: SymbolView): boolean => parameters.status === 'TRADING' && index > 0;
