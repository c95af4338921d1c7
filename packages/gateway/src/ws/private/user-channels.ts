import { formatUserTopic, type ResyncRequired, WS_CLOSE_CODE } from '@openvenue/contract';
import type { Event, ExchangeReads, IdentityEvent } from '@openvenue/core';
import { type CommittedEvents, type MemoryViews, type PrivateEvent, privateUserId } from '@openvenue/views';
import type { Grid } from '../../mapping/order.ts';
import type { Connection } from '../connection.ts';
import { textFrame } from '../frame.ts';
import type { WsLimits } from '../limits.ts';
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
  readonly limits: Pick<WsLimits, 'maxPrivateLag'>;
}

/** Somebody who joins. */
interface Joining {
  readonly connection: Connection;
  readonly credential: Credential;
  readonly externalUserId: string;
}

interface Member extends Joining {
  /** Number of the last event that was written to the connection: the next one is written after it, and none is left out. */
  position: number;
  /** Whether it waits for its client to read: events then wait in the views' log, not in the memory of the connection. */
  isLagging: boolean;
  /** How far behind it may be: who comes back far behind is let catch up, as long as it reads faster than events come. */
  maxLag: number;
}

/**
 * The private connections by user. A user without one costs nothing here. A client that reads slowly gets its events from the log
 * when it has read, so that it costs no more than a public reader; one that is too far behind is disconnected while it can still resume.
 */
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
  join(joining: Joining, since?: string): void {
    const { userId } = joining.credential;
    const position = this.#options.exchange().userSequence(userId);
    const member = { ...joining, position, isLagging: false, maxLag: this.#options.limits.maxPrivateLag };
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
      for (const member of members.values()) {
        if (this.#mustWait(member, event.userSequence)) continue;
        frame ??= this.#eventFrame(event, member.externalUserId);
        member.connection.send(frame);
        member.position = event.userSequence;
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

  /** Whether the connection is to get an event later, out of the log; it is closed when the log will not have it for much longer. */
  #mustWait(member: Member, userSequence: number): boolean {
    if (userSequence <= member.position) return true;
    if (!member.isLagging) {
      if (!member.connection.isSlow) return false;
      this.#lag(member);
    }
    if (userSequence - member.position > member.maxLag) this.#cutOff(member);
    return true;
  }

  #lag(member: Member): void {
    member.isLagging = true;
    member.connection.onceDrained(() => this.#catchUp(member));
  }

  /** Writes what waits in the log, as much as the client takes. */
  #catchUp(member: Member): void {
    const { connection, credential, externalUserId } = member;
    const missed = this.#options.views.privateSince(credential.userId, member.position);
    if (missed === 'gone') {
      this.#cutOff(member);
      return;
    }
    for (const { event } of missed) {
      if (connection.isSlow) {
        this.#lag(member);
        return;
      }
      connection.send(this.#eventFrame(event, externalUserId));
      member.position = event.userSequence;
    }
    member.isLagging = false;
    member.maxLag = this.#options.limits.maxPrivateLag;
  }

  #cutOff({ connection, credential }: Member): void {
    connection.close(WS_CLOSE_CODE.TOO_SLOW, 'reads too slowly');
    this.leave(connection, credential.userId);
  }

  #replay(member: Member, since: string): void {
    const { views, nowMs } = this.#options;
    const last = member.position;
    if (Number(since) === last) return;
    const missed = views.privateSince(member.credential.userId, Number(since));
    if (missed !== 'gone') {
      member.position = Number(since);
      member.maxLag = Math.max(member.maxLag, missed.length);
      this.#catchUp(member);
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
