import { type Static, Type } from 'typebox';
import { id64, replyText, timestampMs } from '../scalars.ts';
import { ConditionOrderUpdate, StrategyUpdate } from './condition-event.ts';
import { ApiKeyEnded, ListenKeyExpired, ResyncRequired, SessionEnded } from './connection-event.ts';
import { AccountUpdate, MarginCall, OrderTradeUpdate } from './user-event.ts';

const topic = () => replyText("Topic of the user's channel", 'user.1188041528');

/** Push of the private channel; every user's `seq` counts up by one without gaps. */
export const UserPush = Type.Object({
  topic: topic(),
  ts: timestampMs('Time of the push'),
  seq: id64("Sequence number of the user's events; reconnect with since=<seq> to go on after it"),
  data: Type.Union([OrderTradeUpdate, AccountUpdate, ConditionOrderUpdate, StrategyUpdate, MarginCall], {
    description: 'What happened to the account',
  }),
});

/** Push about this one connection: it is no event of the account, so it takes no `seq`. */
export const ConnectionPush = Type.Object({
  topic: topic(),
  ts: timestampMs('Time of the push'),
  data: Type.Union([ListenKeyExpired, SessionEnded, ApiKeyEnded, ResyncRequired], {
    description: 'What happened to the connection',
  }),
});

export type UserPush = Static<typeof UserPush>;
export type ConnectionPush = Static<typeof ConnectionPush>;
