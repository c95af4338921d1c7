import { readdirSync, readFileSync } from 'node:fs';

/** A format by its name, an object with exactly these fields (`?`: may be missing), or a list of one shape. */
export type Shape = string | { readonly [field: string]: Shape } | readonly [Shape];
export type Fields = Readonly<Record<string, Shape>>;

/** One call of the Agent API as the contract's tables have it: a file in `calls`, typed off by hand. */
export interface CallTable {
  readonly path: string;
  /** Beside the signing fields; `?` marks what may be left out. */
  readonly request: Fields;
  /** Beside `code` and `message`; of the perpetual queries, `items` instead. */
  readonly reply?: Fields;
  /** Further fields of the reply, there when this field of the request is true. */
  readonly whenAsked?: Readonly<Record<string, Fields>>;
  /** The `data` of an item by its `entityType`. */
  readonly items?: Readonly<Record<string, Fields>>;
}

const FOLDER = new URL('./calls/', import.meta.url);

/** Every signed call by the name of its file. */
export const callTables: ReadonlyMap<string, CallTable> = new Map(
  readdirSync(FOLDER)
    .toSorted()
    .map((file) => [file.replace(/\.json$/, ''), read(new URL(file, FOLDER)) as CallTable]),
);

/** The body of a webhook. */
export const webhookBodyShape = read(new URL('./webhook-body.json', import.meta.url)) as Fields;

/** @throws Error for a name without a file */
export function callTable(name: string): CallTable {
  const found = callTables.get(name);
  if (found === undefined) throw new Error(`no table for the call ${name}`);
  return found;
}

function read(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
