const FIN_TEXT = 0x81;
const PING = 0x89;
const MASKED = 0x80;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/** A frame of a client. Its mask is zero: it must be there, and what it is says nothing about the server. */
export function requestFrame(text: string): Buffer {
  const isShort = text.length < LENGTH_16;
  const headLength = isShort ? 6 : 8;
  const frame = Buffer.alloc(headLength + text.length);
  frame[0] = FIN_TEXT;
  if (isShort) frame[1] = MASKED | text.length;
  else {
    frame[1] = MASKED | LENGTH_16;
    frame.writeUInt16BE(text.length, 2);
  }
  frame.write(text, headLength, 'latin1');
  return frame;
}

/** Cuts the bytes of a server into its text frames; pings are passed over. */
export class TextFrames {
  readonly #onText: (text: string) => void;
  #kept: Buffer = Buffer.alloc(0);

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  take(bytes: Buffer): void {
    const all = this.#kept.length === 0 ? bytes : Buffer.concat([this.#kept, bytes]);
    let at = 0;
    for (;;) {
      const frame = frameAt(all, at);
      if (frame === undefined) break;
      if (all[at] !== PING) this.#onText(all.toString('latin1', frame.start, frame.end));
      at = frame.end;
    }
    this.#kept = all.subarray(at);
  }
}

function frameAt(bytes: Buffer, at: number): { readonly start: number; readonly end: number } | undefined {
  if (bytes.length < at + 2) return undefined;
  const short = bytes[at + 1]!;
  const headLength = short < LENGTH_16 ? 2 : short === LENGTH_64 ? 10 : 4;
  const start = at + headLength;
  if (bytes.length < start) return undefined;
  const length =
    headLength === 2 ? short : headLength === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  return bytes.length < start + length ? undefined : { start, end: start + length };
}
