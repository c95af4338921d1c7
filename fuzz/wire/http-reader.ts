/** An HTTP answer as it came over the wire. */
export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name; of several the last. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const STATUS_LINE = /^HTTP\/1\.1 (\d{3}) [^\r\n]*$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;

/** Cuts answers out of a stream of bytes. Throws for anything that is none. */
export class HttpReader {
  #bytes: Buffer = Buffer.alloc(0);

  get hasRest(): boolean {
    return this.#bytes.length > 0;
  }

  push(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
  }

  /** The next whole answer to a request of this method; undefined until it is there. Interim answers are passed over. */
  next(method: string): HttpAnswer | undefined {
    for (;;) {
      const end = this.#bytes.indexOf(HEAD_END);
      if (end < 0) return undefined;
      const [first = '', ...lines] = this.#bytes.toString('latin1', 0, end).split('\r\n');
      const status = Number(STATUS_LINE.exec(first)?.[1]);
      if (!(status >= 100)) throw new Error(`no status line: ${first.slice(0, 100)}`);
      const headers = headersOf(lines);
      const from = end + HEAD_END.length;
      if (status < 200) {
        this.#bytes = this.#bytes.subarray(from);
        continue;
      }
      const length = hasNoBody(method, status) ? 0 : lengthOf(headers);
      if (this.#bytes.length < from + length) return undefined;
      const body = this.#bytes.toString('utf8', from, from + length);
      this.#bytes = this.#bytes.subarray(from + length);
      return { status, headers, body };
    }
  }
}

const hasNoBody = (method: string, status: number): boolean => method === 'HEAD' || status === 204 || status === 304;

function headersOf(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`no header: ${line.slice(0, 100)}`);
    headers.set(name.toLowerCase(), value);
  }
  return headers;
}

function lengthOf(headers: ReadonlyMap<string, string>): number {
  const length = headers.get('content-length');
  if (length === undefined || !/^\d+$/.test(length)) throw new Error('an answer without Content-Length');
  return Number(length);
}
