/** What has something to write. */
export interface Writer {
  /** Writes it; nothing when it has been written meanwhile. */
  letGo(): void;
}

/**
 * Readers of public topics that are written to in one turn of the event loop. A write takes some 10 µs, so even thousands of readers keep an order or
 * a read waiting for less than a millisecond at a time.
 */
export const PUBLIC_WRITES_PER_TURN = 64;

let ending: Writer[] = [];
const line: Writer[] = [];

/** Lets it go with all others when the callback that runs has ended. */
export function writeAfterTurn(writer: Writer): void {
  if (ending.push(writer) === 1) process.nextTick(letEndingGo);
}

/** Lets it go when those before it in the line have been written to, so many in a turn, and what has come meanwhile has been read. */
export function writeInLine(writer: Writer): void {
  if (line.push(writer) === 1) setImmediate(letSomeGo);
}

function letEndingGo(): void {
  const writers = ending;
  ending = [];
  for (const writer of writers) writer.letGo();
}

function letSomeGo(): void {
  const writers = line.splice(0, PUBLIC_WRITES_PER_TURN);
  if (line.length > 0) setImmediate(letSomeGo);
  for (const writer of writers) writer.letGo();
}
