import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Accepted, Command, Reply } from '@openvenue/core';
import { BTC } from '@openvenue/core/testing';
import { type Money, type PriceTicks, parseDecimal } from '@openvenue/money';
import type { Ask, Told } from './protocol.ts';

const PROGRAM = fileURLToPath(new URL('./operated-venue-process.ts', import.meta.url));

const PRICES_EVERY_MS = 1_000;

type Started = Extract<Told, { kind: 'started' }>;
type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Users of all venues of the test, which may be one folder started again. */
let users = 0;

/** The real venue in a process of its own, whose prices, parameters and clock are this test's. */
export class OperatedVenue {
  readonly url: string;
  readonly #agent: Started['agent'];
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #lastId = 0;

  private constructor(child: ChildProcess, { url, agent }: Started) {
    this.#child = child;
    this.url = url;
    this.#agent = agent;
    child.on('message', (told: Told) => {
      if (told.kind !== 'answer') return;
      this.#waiting.get(told.id)?.(told.value);
      this.#waiting.delete(told.id);
    });
  }

  static async start(dataFolder: string, environment: Readonly<Record<string, string>> = {}): Promise<OperatedVenue> {
    const child = fork(PROGRAM, {
      env: { PATH: process.env['PATH'], OPENVENUE_DATA: dataFolder, OPENVENUE_PAGES: 'none', ...environment },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the venue ended at its start: ${code}`);
    });
    const [told] = await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
    return new OperatedVenue(child, told as Started);
  }

  /** How the demo agent signs. */
  get demoAgent(): NonNullable<Started['agent']> {
    if (this.#agent === undefined) throw new Error('production has no demo agent');
    return this.#agent;
  }

  /** An operator's command. @throws Error when it is refused */
  async run(command: Command): Promise<Accepted> {
    const reply = (await this.#ask({ kind: 'submit', command })) as Reply;
    if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.reason}`);
    return reply;
  }

  /** One price command, a second after the last: index prices by symbol, such as `{ BTCUSDT: '60000' }`. */
  async prices(prices: Readonly<Record<string, string>>): Promise<void> {
    await this.moveClock(PRICES_EVERY_MS);
    const symbols = Object.entries(prices).map(([symbol, text]) => ({
      symbol,
      quotes: [{ source: 'test', price: ticksOf(text), ageMs: 0, weight: 1 }],
    }));
    await this.run({ type: 'update-prices', symbols });
  }

  /** A user who can sign in, with this much in his contract wallet. @returns the internal id */
  async user(username: string, password: string, wallet: string): Promise<number> {
    const passwordHash = String(await this.#ask({ kind: 'hash', password }));
    const externalUserId = String(1_500_000_000 + ++users);
    const created = await this.run({ type: 'create-user', username, externalUserId, passwordHash, kind: 'trader' });
    if (created.kind !== 'user') throw new Error('no user was created');
    await this.deposit(created.userId, wallet);
    return created.userId;
  }

  async deposit(userId: number, amount: string): Promise<void> {
    const money = moneyOf(amount);
    if (money !== 0n)
      await this.run({
        type: 'adjust-wallet',
        userId,
        amount: money,
        changeType: money > 0n ? 'TRANSFER_IN' : 'TRANSFER_OUT',
      });
  }

  /** The clock of the venue stands unless it is moved. @returns its time, Unix milliseconds */
  async moveClock(byMs: number): Promise<number> {
    return Number(await this.#ask({ kind: 'move-clock', byMs }));
  }

  /** A clean stop. */
  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit');
    await this.#ask({ kind: 'stop' });
    await exited;
  }

  /** The plug. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  #ask(ask: Unnumbered<Ask>): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, resolve);
      this.#child.send({ id, ...ask }, (error) => {
        if (error !== null) reject(error);
      });
    });
  }
}

/** USDT as the core counts it. */
export function moneyOf(text: string): Money {
  const money = parseDecimal(text);
  if (money === undefined) throw new Error(`${text} is no amount`);
  return money as Money;
}

const ticksOf = (text: string): PriceTicks => Number(moneyOf(text) / BTC.tickSize) as PriceTicks;
