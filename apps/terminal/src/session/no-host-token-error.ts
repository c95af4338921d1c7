/** The embedding page has given no token. */
export class NoHostTokenError extends Error {
  constructor(why: string) {
    super(`the embedding page gave no token: ${why}`);
    this.name = 'NoHostTokenError';
  }
}
