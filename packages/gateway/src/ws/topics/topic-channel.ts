import type { Connection } from '../connection.ts';
import { textFrame } from '../frame.ts';
import type { TopicFeed } from './topic-feed.ts';

/** Position of a reader that has got nothing yet. */
const NOTHING_YET = -1;

/** Frames kept for readers that lag; readers at yet other positions get their own. */
const MAX_CATCH_UP_FRAMES = 64;

interface Reader {
  readonly connection: Connection;
  position: number;
}

/**
 * One public topic and its readers. Every text is serialised and framed once for all of them. A reader that is slow is passed over;
 * when it has caught up, it gets what brings it to the published position, so no reader costs more than that number.
 */
export class TopicChannel {
  readonly topic: string;
  readonly #feed: TopicFeed;
  readonly #nowMs: () => number;
  readonly #readers = new Map<Connection, Reader>();
  /** Frames for readers that lag, by their position, as long as the published position stays. */
  readonly #catchUpFrames = new Map<number, Buffer>();

  constructor(topic: string, feed: TopicFeed, nowMs: () => number) {
    this.topic = topic;
    this.#feed = feed;
    this.#nowMs = nowMs;
  }

  get readerCount(): number {
    return this.#readers.size;
  }

  /** Adds the connection and sends it the current value; one that reads already gets that anew. */
  join(connection: Connection): void {
    const reader = { connection, position: NOTHING_YET };
    this.#readers.set(connection, reader);
    this.#bringUp(reader);
  }

  leave(connection: Connection): void {
    this.#readers.delete(connection);
  }

  flush(): void {
    const before = this.#feed.position;
    const data = this.#feed.advance();
    if (data !== undefined) {
      this.#catchUpFrames.clear();
      this.#catchUpFrames.set(before, this.#frameOf(data));
    }
    for (const reader of this.#readers.values()) this.#bringUp(reader);
  }

  close(): void {
    this.#feed.close();
  }

  #bringUp(reader: Reader): void {
    if (reader.position === this.#feed.position || reader.connection.isSlow) return;
    const frame = this.#catchUpFrame(reader.position);
    if (frame === undefined) return;
    reader.connection.publish(frame);
    const isNew = reader.position === NOTHING_YET;
    reader.position = (isNew ? undefined : this.#feed.reaches?.(reader.position)) ?? this.#feed.position;
  }

  #catchUpFrame(position: number): Buffer | undefined {
    const known = this.#catchUpFrames.get(position);
    if (known !== undefined) return known;
    const data = position === NOTHING_YET ? this.#feed.current() : this.#feed.since(position);
    if (data === undefined) return position === NOTHING_YET ? undefined : this.#catchUpFrame(NOTHING_YET);
    const frame = this.#frameOf(data);
    if (position === NOTHING_YET || this.#catchUpFrames.size < MAX_CATCH_UP_FRAMES)
      this.#catchUpFrames.set(position, frame);
    return frame;
  }

  #frameOf(data: string): Buffer {
    return textFrame(`{"topic":${JSON.stringify(this.topic)},"event":"data","ts":${this.#nowMs()},"data":${data}}`);
  }
}
