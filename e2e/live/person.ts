import { type CallOptions, type CallReply, type Client, type Data, Socket } from './client.ts';
import type { OperatedVenue } from './operated-venue.ts';

export interface PersonOptions {
  readonly name: string;
  /** What he trades. */
  readonly symbol: string;
  /** Of his contract wallet, in USDT. */
  readonly wallet: string;
  readonly leverage?: number;
  readonly isolated?: boolean;
}

/** Somebody who is signed in and listens to his private channel. */
export class Person {
  readonly name: string;
  readonly symbol: string;
  readonly userId: number;
  readonly client: Client;
  #token = '';
  #socket: Socket | undefined;

  private constructor({ name, symbol }: PersonOptions, userId: number, client: Client) {
    this.name = name;
    this.symbol = symbol;
    this.userId = userId;
    this.client = client;
  }

  static async bring(venue: OperatedVenue, client: Client, options: PersonOptions): Promise<Person> {
    const { name, symbol, wallet, leverage = 10, isolated = false } = options;
    const person = new Person(options, await venue.user(name, passwordOf(name), wallet), client);
    await person.logIn();
    if (isolated) await person.succeed('POST /v1/private/position/margin-mode', { symbol, marginMode: 2 });
    await person.succeed('POST /v1/private/position/leverage', { symbol, leverage });
    await person.listen();
    return person;
  }

  get token(): string {
    return this.#token;
  }

  get socket(): Socket {
    if (this.#socket === undefined) throw new Error(`${this.name} does not listen`);
    return this.#socket;
  }

  /** A session anew, which an access token outlives for half an hour only. */
  async logIn(): Promise<void> {
    const body = { username: this.name, password: passwordOf(this.name) };
    const { accessToken } = await this.client.succeed('POST /v1/public/user/login', { body });
    this.#token = accessToken;
  }

  /** Opens a private connection by token; `since` resumes. */
  async listen(query: Readonly<Record<string, string>> = { token: this.#token }): Promise<Socket> {
    this.#socket = await Socket.open(this.client, query);
    await this.#socket.next(({ event }) => event === 'auth');
    return this.#socket;
  }

  call(target: string, options: CallOptions = {}): Promise<CallReply> {
    return this.client.call(target, { token: this.#token, ...options });
  }

  /** @returns the data; GET takes its fields by query, the others by body */
  succeed(target: string, fields?: object): Promise<Data> {
    const sent = fields === undefined ? {} : target.startsWith('GET ') ? { query: fields } : { body: fields };
    return this.client.succeed(target, { token: this.#token, ...(sent as CallOptions) });
  }

  place(order: object): Promise<Data> {
    return this.succeed('POST /v1/private/order/place', { symbol: this.symbol, type: 'LIMIT', ...order });
  }

  placeCondition(condition: object): Promise<Data> {
    return this.succeed('POST /v1/private/order/place-condition', { symbol: this.symbol, ...condition });
  }

  /** The events of the account since this was asked last. */
  async news(): Promise<readonly Data[]> {
    await this.socket.settled();
    const { events } = this.socket;
    const fresh = events.slice(this.#told);
    this.#told = events.length;
    return fresh;
  }

  #told = 0;
}

const passwordOf = (name: string): string => `${name}-password`;
