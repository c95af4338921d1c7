import type {
  BodyOf,
  CancelOrderBody,
  DataOf,
  MoveOrderBody,
  OperationName,
  PlaceConditionBody,
  PlaceOrderBody,
  QueryOf,
  SubOrderLinks,
} from '@openvenue/contract';
import type { ENDPOINTS } from './endpoints.ts';

/** Input and output of the calls whose types do not follow from the schemas. */
interface OwnCalls {
  batchPlaceOrders: {
    readonly input: { readonly orders: readonly PlaceOrderBody[] };
    readonly output: DataOf<'batchPlaceOrders'>;
  };
  batchMoveOrders: {
    readonly input: {
      readonly symbol: string;
      readonly orders: readonly (Pick<MoveOrderBody, 'price' | 'quantity'> & { readonly orderId: string })[];
    };
    readonly output: DataOf<'batchMoveOrders'>;
  };
  batchCancelOrders: {
    readonly input: { readonly orders: readonly CancelOrderBody[] };
    readonly output: DataOf<'batchCancelOrders'>;
  };
  placeStrategy: {
    readonly input: {
      readonly strategyType: BodyOf<'placeStrategy'>['strategyType'];
      readonly subOrderList: readonly (SubOrderLinks & (PlaceOrderBody | PlaceConditionBody))[];
    };
    readonly output: DataOf<'placeStrategy'>;
  };
}

/** What a call takes: its query and its body, of which the contract gives every call one at most. */
export type InputOf<Name extends string> = Name extends keyof OwnCalls
  ? OwnCalls[Name]['input']
  : Name extends OperationName
    ? QueryOf<Name> & BodyOf<Name>
    : never;

/** What a call resolves to: the `data` of the reply. */
export type OutputOf<Name extends string> = Name extends keyof OwnCalls
  ? OwnCalls[Name]['output']
  : Name extends OperationName
    ? DataOf<Name>
    : never;

/** How one call is made. */
export interface CallOptions {
  /** Gives the call up. A call that changes something and was sent already ends as `OutcomeUnknownError`. */
  readonly signal?: AbortSignal;
  /** Wait for the reply in milliseconds, instead of the client's. */
  readonly timeoutMs?: number;
}

/** The exchange of an embed token names the page that embeds the terminal. */
export interface EmbedCallOptions extends CallOptions {
  /** Origin of the embedding page, such as `https://partner.example`; the venue refuses one that the agent has not registered. */
  readonly embedOrigin?: string;
}

type OptionsOf<Name extends string> = Name extends 'exchangeEmbedToken' ? EmbedCallOptions : CallOptions;

/** One method of the client. The input can be left out where nothing of it is required. */
export type Call<Name extends string> =
  Record<never, never> extends InputOf<Name>
    ? (input?: InputOf<Name>, options?: OptionsOf<Name>) => Promise<OutputOf<Name>>
    : (input: InputOf<Name>, options?: OptionsOf<Name>) => Promise<OutputOf<Name>>;

type Groups = typeof ENDPOINTS;
type OperationOf<E> = E extends { readonly operation: infer Name extends string } ? Name : never;

/** The methods of the client, one for each endpoint. */
export type Calls = {
  readonly [Group in keyof Groups]: {
    readonly [Method in keyof Groups[Group]]: Call<OperationOf<Groups[Group][Method]>>;
  };
};
