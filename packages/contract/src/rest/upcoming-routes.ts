import type { Static } from 'typebox';
import type { Route } from './define-route.ts';
import { marketKlines } from './market/klines.ts';
import { exchangeEmbedToken } from './sign-on/exchange-embed-token.ts';
import { exchangeTicket } from './sign-on/exchange-ticket.ts';

/** The endpoints that end a sign-on which an agent has begun, by the name of their operation. */
export const signOnOperations = { exchangeTicket, exchangeEmbedToken } as const;

/** Endpoints that are declared before they are served, by the name of their operation. */
export const upcomingOperations = { marketKlines } as const;

/** Name of an operation of sign-on. */
export type SignOnOperationName = keyof typeof signOnOperations;
/** Name of an operation that is declared before it is served. */
export type UpcomingOperationName = keyof typeof upcomingOperations;
/** Well-formed body of an operation of sign-on. */
export type SignOnBodyOf<Name extends SignOnOperationName> = Static<(typeof signOnOperations)[Name]['body']>;
/** `data` of a sign-on's success. */
export type SignOnDataOf<Name extends SignOnOperationName> = Static<(typeof signOnOperations)[Name]['data']>;

/** Sign-on in the route table's form. */
export const signOnRoutes: readonly Route[] = Object.values(signOnOperations);
/** What is to come in the route table's form. */
export const upcomingRoutes: readonly Route[] = Object.values(upcomingOperations);
