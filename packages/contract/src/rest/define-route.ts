import { type Static, type TObject, Type } from 'typebox';
import { ERROR_CATALOGUE, type ErrorName } from '../errors/catalogue.ts';
import { compileValidator, type FormRule, type Validator } from '../validation.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';
/**
 * Who may call: `-` anyone, `J` a login session only, `R` a session or a key with read, `T` a session or a key with trade, `RT` a login
 * session or a key with both.
 */
export type RouteAuth = '-' | 'J' | 'R' | 'T' | 'RT';
/** The token bucket a call counts on. */
export type RateLimit = 'public' | 'private' | 'order' | 'cancel' | 'login';
/** What a call does with the refresh cookie. */
export type RefreshCookie = 'sets' | 'rotates' | 'clears';

/** What one file per action declares. */
export interface RouteDefinition<Query extends TObject, Body extends TObject, Data extends TObject> {
  readonly method: HttpMethod;
  readonly path: string;
  readonly auth: RouteAuth;
  readonly rateLimit: RateLimit;
  readonly summary: string;
  readonly data: Data;
  readonly query: Query;
  readonly body: Body;
  /** Headers of this action's own, by lower-case name. */
  readonly headers?: TObject;
  readonly queryRule?: FormRule<Static<Query>>;
  readonly bodyRule?: FormRule<Static<Body>>;
  /** The body as documentation shows it, where `body` leaves a part to be checked item by item. */
  readonly documentedBody?: TObject;
  readonly refreshCookie?: RefreshCookie;
  /** Open to anyone, and says more to who is signed in; a credential that does not hold is no credential. */
  readonly callerOptional?: true;
  /** Errors of this action beyond those that its auth, limits and form already imply. */
  readonly errors: readonly ErrorName[];
}

/** One endpoint of the Developer API. */
export interface Route<
  Query extends TObject = TObject,
  Body extends TObject = TObject,
  Data extends TObject = TObject,
> {
  readonly method: HttpMethod;
  readonly path: string;
  readonly auth: RouteAuth;
  readonly rateLimit: RateLimit;
  readonly summary: string;
  readonly query: Query;
  readonly body: Body;
  readonly documentedBody: TObject;
  /** Headers of this action's own, by lower-case name; every one of them is a text. */
  readonly headers: TObject;
  readonly data: Data;
  readonly queryValidator: Validator<Static<Query>>;
  readonly bodyValidator: Validator<Static<Body>>;
  readonly refreshCookie: RefreshCookie | undefined;
  /** Open to anyone, and says more to who is signed in. */
  readonly callerOptional: boolean;
  /** A signature that was seen within the window is refused (3004). */
  readonly replayGuard: boolean;
  /** Unknown fields of the body are refused (2002), so that a typo in `reduceOnly` never opens a position. */
  readonly strictBody: boolean;
  /** Every error the endpoint can answer, by ascending code. */
  readonly errors: readonly ErrorName[];
}

/** Request without named fields. */
export const NO_FIELDS = Type.Object({});
/** `data` where the contract names nothing: `{}`. */
export const NO_DATA = Type.Object({});

const ORDER_PATHS = '/v1/private/order';
const POSITION_PATHS = '/v1/private/position';

/** Completes a definition: what follows from path, auth and form is derived here and nowhere else. */
export function defineRoute<Query extends TObject, Body extends TObject, Data extends TObject>(
  definition: RouteDefinition<Query, Body, Data>,
): Route<Query, Body, Data> {
  const { method, path, auth, rateLimit, summary, query, body, data } = definition;
  const isOrder = isUnder(ORDER_PATHS, path);
  const isPosition = isUnder(POSITION_PATHS, path);
  const replayGuard = isOrder || (isPosition && method !== 'GET') || auth === 'RT';
  return {
    method,
    path,
    auth,
    rateLimit,
    summary,
    query,
    body,
    data,
    documentedBody: definition.documentedBody ?? body,
    headers: definition.headers ?? NO_FIELDS,
    queryValidator: compileValidator(query, definition.queryRule),
    bodyValidator: compileValidator(body, definition.bodyRule),
    refreshCookie: definition.refreshCookie,
    callerOptional: definition.callerOptional === true,
    replayGuard,
    strictBody: (isOrder || isPosition) && hasFields(body),
    errors: errorsOf(definition, replayGuard),
  };
}

const isUnder = (prefix: string, path: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

const hasFields = (schema: TObject): boolean => Object.keys(schema.properties).length > 0;

const ANY_CALL: readonly ErrorName[] = ['INTERNAL_ERROR', 'TEMPORARILY_UNAVAILABLE', 'RATE_LIMITED'];
const AUTHENTICATED_CALL: readonly ErrorName[] = [
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'INVALID_TOKEN',
  'TOKEN_REVOKED',
  'IP_NOT_ALLOWED',
  'PERMISSION_DENIED',
];
const CALL_WITH_FIELDS: readonly ErrorName[] = ['PARAMETER_MISSING', 'PARAMETER_INVALID', 'PARAMETER_OUT_OF_RANGE'];

function errorsOf(
  definition: {
    readonly auth: RouteAuth;
    readonly query: TObject;
    readonly body: TObject;
    readonly errors: readonly ErrorName[];
  },
  replayGuard: boolean,
): readonly ErrorName[] {
  const names = new Set<ErrorName>([...ANY_CALL, ...definition.errors]);
  if (definition.auth !== '-') for (const name of AUTHENTICATED_CALL) names.add(name);
  if (hasFields(definition.query) || hasFields(definition.body)) for (const name of CALL_WITH_FIELDS) names.add(name);
  if (replayGuard) names.add('DUPLICATE_REQUEST');
  return ERROR_CATALOGUE.map((each) => each.name).filter((name) => names.has(name));
}
