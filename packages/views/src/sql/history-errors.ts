/** The history has not got as far as the question demands. Asked again a little later it will have. */
export class HistoryLaggingError extends Error {
  override readonly name = 'HistoryLaggingError';
  readonly position: number;
  readonly atLeastSequence: number;

  constructor(position: number, atLeastSequence: number) {
    super(`the history stands at sequence ${position}, ${atLeastSequence} was asked for`);
    this.position = position;
    this.atLeastSequence = atLeastSequence;
  }
}

/** The history is not running (starting again after a failure, or closed), or the database refused the question. */
export class HistoryUnavailableError extends Error {
  override readonly name = 'HistoryUnavailableError';
}

/** As many questions are waiting as may wait; this one was not taken. */
export class HistoryOverloadedError extends Error {
  override readonly name = 'HistoryOverloadedError';

  constructor(limit: number) {
    super(`${limit} questions to the history are waiting already`);
  }
}
