import type { HistoryQueries } from '../history-queries.ts';
import type { RebuildReason } from '../store/history-store.ts';

/** What the worker is asked; one order is asked for as the first of a page of orders. */
export type QuestionName = Exclude<keyof HistoryQueries, 'order'>;

/** The questions with their parameters and answers, as the history has them. */
type Questions = {
  readonly [Name in QuestionName]: {
    readonly parameters: Parameters<HistoryQueries[Name]>;
    readonly answer: Awaited<ReturnType<HistoryQueries[Name]>>;
  };
};
export type ParametersOf<Name extends QuestionName> = Questions[Name]['parameters'];
export type AnswerTo<Name extends QuestionName> = Questions[Name]['answer'];

/** A question with all of its parameters. */
export type HistoryQuestion<Name extends QuestionName = QuestionName> = {
  readonly [Each in Name]: { readonly name: Each; readonly parameters: ParametersOf<Each> };
}[Name];
export type HistoryAnswer = AnswerTo<QuestionName>;

/** Who can answer them. */
export type Answering = {
  readonly [Name in QuestionName]: (...parameters: ParametersOf<Name>) => Promise<AnswerTo<Name>>;
};

/** @throws what {@link HistoryQueries} throw */
export const answerOf = <Name extends QuestionName>(
  history: Answering,
  { name, parameters }: HistoryQuestion<Name>,
): Promise<AnswerTo<Name>> => history[name](...parameters);

/** What the main thread tells the worker. The first message is `durable`: the worker opens nothing before it knows the log's end. */
export type ToWorker =
  | { readonly type: 'durable'; readonly sequence: number }
  | {
      readonly type: 'query';
      readonly id: number;
      readonly question: HistoryQuestion;
      readonly atLeastSequence: number;
    }
  /** Nobody waits for the answer any more. */
  | { readonly type: 'forget'; readonly id: number }
  | { readonly type: 'close' };

export type FromWorker =
  /** `cause` is the message of what damaged the database, '' for none. */
  | {
      readonly type: 'opened';
      readonly position: number;
      readonly rebuilt: RebuildReason | undefined;
      readonly cause: string;
    }
  /** Everything up to here can be read. */
  | { readonly type: 'position'; readonly sequence: number }
  | { readonly type: 'answer'; readonly id: number; readonly answer: HistoryAnswer }
  | { readonly type: 'refused'; readonly id: number; readonly message: string };
