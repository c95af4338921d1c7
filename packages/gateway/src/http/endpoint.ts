import assert from 'node:assert/strict';
import { type RawQuery, type Route, readQuery } from '@openvenue/contract';
import type { Actor } from '@openvenue/core';
import type { Static, TObject } from 'typebox';
import type { Principal } from '../access/principal.ts';
import { actorOf } from '../access/principal.ts';
import { type Answer, type Failure, failForm } from '../failure.ts';
import type { LimitState } from '../limits/token-buckets.ts';
import type { Venue } from '../venue.ts';
import { withSentValue } from './sent-value.ts';

/** What an endpoint may do beyond answering. */
export interface CallContext {
  readonly nowMs: number;
  /** Source address after trusted proxies. */
  readonly ip: string;
  /** The origin that an embedded terminal names for the page around it; empty when it names none. */
  readonly embedOrigin: string;
  /** Value of the refresh cookie, undefined without. */
  readonly refreshCookie: string | undefined;
  /** Sets the refresh cookie for `lifeMs`; 0 clears it. */
  setRefreshCookie(value: string, lifeMs: number): void;
  /** Tells the client of a bucket that the endpoint itself has asked. */
  limited(state: LimitState): void;
}

/** A well-formed call of anyone. */
export interface PublicCall<Query, Body> {
  readonly query: Query;
  readonly body: Body;
  readonly context: CallContext;
  /** Who is signed in; undefined for nobody, and on routes that do not ask. */
  readonly principal: Principal | undefined;
}

/** A well-formed call of somebody who may make it. */
export interface PrivateCall<Query, Body> extends PublicCall<Query, Body> {
  readonly principal: Principal;
  /** Who acts in the commands of this call. */
  readonly actor: Actor;
}

/** A request before its form is checked. */
export interface RawCall {
  readonly query: RawQuery;
  /** Parsed JSON. */
  readonly body: unknown;
}

/** A call whose form is right, and what remains to be done for it. */
export interface PreparedCall {
  readonly ok: true;
  /** Tokens that it takes from its bucket. */
  readonly cost: number;
  run(venue: Venue, context: CallContext, principal: Principal | undefined): Promise<Answer<unknown>>;
}

/** One endpoint: its contract and what it does. */
export interface Endpoint {
  readonly route: Route;
  prepare(raw: RawCall): PreparedCall | Failure;
}

type MaybeLater<T> = T | Promise<T>;

/** An endpoint that anyone may call. */
export function publicEndpoint<Query extends TObject, Body extends TObject, Data extends TObject>(
  route: Route<Query, Body, Data>,
  handle: (venue: Venue, call: PublicCall<Static<Query>, Static<Body>>) => MaybeLater<Answer<Static<Data>>>,
): Endpoint {
  assert.equal(route.auth, '-', `${route.path} needs a caller`);
  return {
    route,
    prepare: (raw) => {
      const form = readForm(route, raw);
      if (!form.ok) return form;
      return {
        ok: true,
        cost: 1,
        run: async (venue, context, principal) => handle(venue, { ...form.value, context, principal }),
      };
    },
  };
}

/** An endpoint that needs a caller. `costOf` counts the tokens of a call, 1 when left out. */
export function privateEndpoint<Query extends TObject, Body extends TObject, Data extends TObject>(
  route: Route<Query, Body, Data>,
  handle: (venue: Venue, call: PrivateCall<Static<Query>, Static<Body>>) => MaybeLater<Answer<Static<Data>>>,
  costOf: (body: Static<Body>) => number = () => 1,
): Endpoint {
  assert.notEqual(route.auth, '-', `${route.path} is open to anyone`);
  return {
    route,
    prepare: (raw) => {
      const form = readForm(route, raw);
      if (!form.ok) return form;
      const shown = withSentValue<Static<Data>>(route, form.value);
      return {
        ok: true,
        cost: costOf(form.value.body),
        run: async (venue, context, principal) => {
          assert(principal !== undefined, `${route.path} was reached without a caller`);
          const takesSignature = route.replayGuard && route.method !== 'GET';
          const actor = actorOf(principal, takesSignature);
          return shown(await handle(venue, { ...form.value, context, principal, actor }));
        },
      };
    },
  };
}

interface Form<Query, Body> {
  readonly query: Query;
  readonly body: Body;
}

function readForm<Query extends TObject, Body extends TObject, Data extends TObject>(
  route: Route<Query, Body, Data>,
  raw: RawCall,
): { readonly ok: true; readonly value: Form<Static<Query>, Static<Body>> } | Failure {
  const query = readQuery(route.queryValidator, raw.query);
  if (!query.ok) return failForm(query.problem);
  const body = route.bodyValidator.validate(raw.body);
  if (!body.ok) return failForm(body.problem);
  return { ok: true, value: { query: query.value, body: body.value } };
}
