import type { Command, NewOrder } from '@openvenue/core';
import { type PriceTicks, quantitySteps } from '@openvenue/money';
import { PRICE, type SoakUser, type SoakVenue, SYMBOL } from '../running-venue.ts';

const MAKERS = 8;
/** Of each side. A deep book has large snapshots; the best levels are those that move. */
const LEVELS = 600;
const MOVING_LEVELS = 20;
const TICKS_APART = 5;
/** Orders that are replaced with every move of the book. */
const CHANGES = 4;
const MOVE_EVERY_MS = 50;
/** Lives of orders that are under way at a time. */
const UNDER_WAY = 8;

/** An order of one of the best levels. */
interface Resting {
  readonly maker: SoakUser;
  readonly orderId: number;
  readonly side: 'BUY' | 'SELL';
  readonly level: number;
}

/** What happens at the venue while sockets read: a deep book that moves all the time, and lives of orders of private users. */
export class Traffic {
  readonly #soak: SoakVenue;
  readonly #makers: readonly SoakUser[];
  /** Of the best levels, the oldest first. */
  readonly #moving: Resting[] = [];
  #placed = 0;
  #timer: NodeJS.Timeout | undefined;
  #moved: Promise<void> = Promise.resolve();

  private constructor(soak: SoakVenue, makers: readonly SoakUser[]) {
    this.#soak = soak;
    this.#makers = makers;
  }

  static async start(soak: SoakVenue): Promise<Traffic> {
    const makers: SoakUser[] = [];
    for (let maker = 0; maker < MAKERS; maker++) makers.push(await soak.user());
    const traffic = new Traffic(soak, makers);
    for (let level = LEVELS; level > 0; level--)
      for (const side of ['BUY', 'SELL'] as const) await traffic.#rest(side, level);
    return traffic;
  }

  /** Moves the book 20 times a second from now on. */
  move(): void {
    this.#timer = setInterval(() => {
      this.#moved = this.#moved.then(() => this.#moveOnce());
    }, MOVE_EVERY_MS);
  }

  /** Resolves when the book stands. */
  async stand(): Promise<void> {
    clearInterval(this.#timer);
    await this.#moved;
  }

  /** Places and cancels `lives` orders for each user: two events of each. */
  async live(users: readonly SoakUser[], lives: number): Promise<void> {
    await inTurns(lives, UNDER_WAY, () =>
      Promise.all(users.map((user) => this.#orderLife(user))).then(() => undefined),
    );
  }

  async #moveOnce(): Promise<void> {
    for (let change = 0; change < CHANGES; change++) {
      const oldest = this.#moving.shift();
      if (oldest === undefined) return;
      const order = { symbol: SYMBOL, orderId: oldest.orderId };
      await this.#soak.accepted({ type: 'cancel-order', actor: actorOf(oldest.maker), order });
      await this.#rest(oldest.side, oldest.level);
    }
  }

  async #rest(side: Resting['side'], level: number): Promise<void> {
    const number = this.#placed++;
    const maker = this.#makers[number % MAKERS] as SoakUser;
    const price = PRICE + (side === 'BUY' ? -TICKS_APART : TICKS_APART) * level;
    const orderId = await this.#place(maker, { side, price, quantity: 10 + (number % 89) });
    if (level <= MOVING_LEVELS) this.#moving.push({ maker, orderId, side, level });
  }

  async #orderLife(user: SoakUser): Promise<void> {
    const orderId = await this.#place(user, { side: 'BUY', price: PRICE - 5_000, quantity: 1 });
    await this.#soak.accepted({ type: 'cancel-order', actor: actorOf(user), order: { symbol: SYMBOL, orderId } });
  }

  async #place(
    user: SoakUser,
    { side, price, quantity }: { readonly side: 'BUY' | 'SELL'; readonly price: number; readonly quantity: number },
  ): Promise<number> {
    const order: NewOrder = {
      symbol: SYMBOL,
      type: 'LIMIT',
      side,
      positionSide: 'BOTH',
      price: price as PriceTicks,
      quantity: quantitySteps(quantity),
      timeInForce: 'GTC',
    };
    const command: Command = { type: 'place-order', actor: actorOf(user), order };
    const reply = await this.#soak.accepted(command);
    if (reply.kind !== 'order') throw new Error(`an order was answered with ${reply.kind}`);
    return reply.order.orderId;
  }
}

const actorOf = ({ userId, sessionId }: SoakUser) => ({ userId, sessionId });

/** Runs a task a number of times, so many at a time. */
async function inTurns(times: number, atATime: number, task: () => Promise<void>): Promise<void> {
  let left = times;
  const work = async (): Promise<void> => {
    while (left-- > 0) await task();
  };
  await Promise.all(Array.from({ length: atATime }, work));
}
