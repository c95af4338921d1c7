/**
 * The data of one public topic. A position counts what was published so far; it never goes back and is not below 0.
 * All data is the JSON text of a push's `data`.
 */
export interface TopicFeed {
  /** Position of what was last published. */
  readonly position: number;
  /** Publishes what has happened since; undefined when there is nothing to tell. */
  advance(): string | undefined;
  /** What a new reader gets first: it brings him to `position`. Undefined while there is no value. */
  current(): string | undefined;
  /** What brings a reader from an earlier position to the one of now; undefined when only `current` does. */
  since(position: number): string | undefined;
  /** The position that `since` brings a reader to, when that is not always the one of now. */
  reaches?(position: number): number;
  close(): void;
}
