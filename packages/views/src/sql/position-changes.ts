import type { FillRecord } from '@openvenue/core';
import { afterFill, type PositionCourse, type PositionKey } from './position-course.ts';

/** The leverage that a user has set for a symbol. */
export interface LeverageSetting {
  readonly userId: number;
  readonly symbol: string;
  readonly leverage: number;
}

const positionKey = ({ userId, symbol, positionSide }: PositionKey): string => `${userId} ${symbol} ${positionSide}`;
const leverageKey = ({ userId, symbol }: Pick<LeverageSetting, 'userId' | 'symbol'>): string => `${userId} ${symbol}`;

/** Positions and leverages of the users of a batch: as they stood before it, and what the batch makes of them. */
export class PositionChanges {
  readonly #positions: Map<string, PositionCourse>;
  readonly #leverages: Map<string, LeverageSetting>;
  readonly #changedPositions = new Set<string>();
  readonly #changedLeverages = new Set<string>();
  readonly closed: PositionCourse[] = [];

  /** `positions`: open ones, and for a user who has had one before, perhaps the last one at quantity 0. */
  constructor(positions: readonly PositionCourse[], leverages: readonly LeverageSetting[]) {
    this.#positions = new Map(positions.map((position) => [positionKey(position), position]));
    this.#leverages = new Map(leverages.map((setting) => [leverageKey(setting), setting]));
  }

  /** 0 when the user has never set it. */
  leverageOf(of: Pick<LeverageSetting, 'userId' | 'symbol'>): number {
    return this.#leverages.get(leverageKey(of))?.leverage ?? 0;
  }

  setLeverage(setting: LeverageSetting): void {
    this.#leverages.set(leverageKey(setting), setting);
    this.#changedLeverages.add(leverageKey(setting));
  }

  /** Takes the next fill, and returns the id of the position that it belongs to. */
  fill(fill: FillRecord): number {
    const key = positionKey(fill);
    const { positionId, closed, open } = afterFill(this.#positions.get(key), fill, this.leverageOf(fill));
    if (closed !== undefined) this.closed.push(closed);
    const now = open ?? closed;
    if (now !== undefined) this.#positions.set(key, now);
    this.#changedPositions.add(key);
    return positionId;
  }

  /** Each at its newest; a closed one has the quantity 0. */
  get changedPositions(): readonly PositionCourse[] {
    return [...this.#changedPositions].flatMap((key) => this.#positions.get(key) ?? []);
  }

  get changedLeverages(): readonly LeverageSetting[] {
    return [...this.#changedLeverages].flatMap((key) => this.#leverages.get(key) ?? []);
  }
}
