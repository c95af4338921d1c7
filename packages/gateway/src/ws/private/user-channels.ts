import { formatUserTopic, type ResyncRequired, WS_CLOSE_CODE } from '@openvenue/contract';
import type { Event, ExchangeReads, IdentityEvent } from '@openvenue/core';
import { type CommittedEvents, type MemoryViews, type PrivateEvent, privateUserId } from '@openvenue/views';
import type { Grid } from '../../mapping/order.ts';
import type { Connection } from '../connection.ts';
import { textFrame } from '../frame.ts';
import { authFrame } from '../replies.ts';
import { accountUpdate, type PositionReads } from './account-update.ts';
import { conditionOrderUpdate } from './condition-order-update.ts';
import { type Credential, type CredentialEnd, endByEvent, endByTime, type IdentityReads } from './credential.ts';
import { marginCall } from './margin-call.ts';
import { orderTradeUpdate } from './order-trade-update.ts';
import { strategyUpdate } from './strategy-update.ts';

export type UserReads = PositionReads & Pick<ExchangeReads, 'userSequence'>;

export interface UserChannelsOptions {
  readonly views: MemoryViews;
  readonly exchange: () => UserReads;
  readonly identity: () => IdentityReads;
  readonly nowMs: () => number;
}

interface Member {
  readonly connection: Connection;
  readonly credential: Credential;
  readonly externalUserId: string;
}

/** The private connections by user. A user without one costs nothing here. */
export class UserChannels {
  readonly #options: UserChannelsOptions;
  readonly #members = new Map<number, Map<Connection, Member>>();

  constructor(options: UserChannelsOptions) {
    this.#options = options;
  }

  connectionsOf(userId: number): number {
    return this.#members.get(userId)?.size ?? 0;
  }

  /** Greets the connection, sends what it has missed after `since`, and from then on all events of the user. */
  join(member: Member, since?: string): void {
    const { userId } = member.credential;
    const members = this.#members.get(userId) ?? new Map<Connection, Member>();
    this.#members.set(userId, members);
    members.set(member.connection, member);
    member.connection.send(authFrame(member.externalUserId));
    if (since !== undefined) this.#replay(member, since);
  }

  leave(connection: Connection, userId: number): void {
    const members = this.#members.get(userId);
    if (members === undefined) return;
    members.delete(connection);
    if (members.size === 0) this.#members.delete(userId);
  }

  /** Takes what the views have just taken. */
  applied(batch: readonly CommittedEvents[]): void {
    if (this.#members.size === 0) return;
    for (const { events } of batch) for (const event of events) this.#appliedEvent(event);
  }

  /** Closes what has run out by the clock. */
  sweep(): void {
    for (const members of this.#members.values())
      for (const member of members.values()) {
        const end = endByTime(member.credential, this.#options.identity(), this.#options.nowMs());
        if (end !== undefined) this.#end(member, end);
      }
  }

  #appliedEvent(event: Event): void {
    if ('userSequence' in event) {
      const members = this.#members.get(privateUserId(event));
      if (members === undefined) return;
      let frame: Buffer | undefined;
      for (const { connection, externalUserId } of members.values()) {
        frame ??= this.#eventFrame(event, externalUserId);
        connection.send(frame);
      }
      return;
    }
    if (isCredentialEvent(event)) this.#credentialEvent(event);
  }

  #credentialEvent(event: IdentityEvent): void {
    for (const member of this.#members.get(event.userId)?.values() ?? []) {
      const end = endByEvent(member.credential, event, this.#options.identity());
      if (end !== undefined) this.#end(member, end);
    }
  }

  #replay(member: Member, since: string): void {
    const { views, exchange, nowMs } = this.#options;
    const { userId } = member.credential;
    const last = exchange().userSequence(userId);
    if (Number(since) === last) return;
    const missed = views.privateSince(userId, Number(since));
    if (missed !== 'gone') {
      for (const { event } of missed) member.connection.send(this.#eventFrame(event, member.externalUserId));
      return;
    }
    const updateTime = nowMs();
    const resync: ResyncRequired = { eventType: 'RESYNC_REQUIRED', since, seq: String(last), updateTime };
    this.#sendToConnection(member, resync);
  }

  #end(member: Member, end: CredentialEnd): void {
    this.#sendToConnection(member, { ...end, updateTime: this.#options.nowMs() });
    member.connection.close(WS_CLOSE_CODE.AUTH_ENDED, end.eventType);
    this.leave(member.connection, member.credential.userId);
  }

  /** Of this one connection and no event of the account, so that it has no number. */
  #sendToConnection({ connection, externalUserId }: Member, data: object): void {
    const push = { topic: formatUserTopic(externalUserId), ts: this.#options.nowMs(), data };
    connection.send(textFrame(JSON.stringify(push)));
  }

  #eventFrame(event: PrivateEvent, externalUserId: string): Buffer {
    const push = {
      topic: formatUserTopic(externalUserId),
      ts: this.#options.nowMs(),
      seq: String(event.userSequence),
      data: this.#eventData(event),
    };
    return textFrame(JSON.stringify(push));
  }

  #eventData(event: PrivateEvent): object {
    const exchange = this.#options.exchange();
    const gridOf = (name: string): Grid => {
      const symbol = exchange.symbol(name);
      if (symbol === undefined) throw new Error(`an event names the unknown symbol ${name}`);
      return symbol.parameters;
    };
    switch (event.type) {
      case 'account-updated':
        return accountUpdate(event, exchange);
      case 'margin-call':
        return marginCall(event);
      case 'order-updated':
        return orderTradeUpdate(event, gridOf(event.order.symbol));
      case 'condition-updated':
        return conditionOrderUpdate(event.condition, gridOf(event.condition.symbol));
      case 'strategy-updated':
        return strategyUpdate(event.strategy);
    }
  }
}

const CREDENTIAL_EVENTS: ReadonlySet<string> = new Set([
  'user-disabled',
  'session-revoked',
  'session-expired',
  'listen-key-ended',
] satisfies IdentityEvent['type'][]);

const isCredentialEvent = (event: Event): event is IdentityEvent => CREDENTIAL_EVENTS.has(event.type);
