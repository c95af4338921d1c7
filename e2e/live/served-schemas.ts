import { Compile, type Validator } from 'typebox/schema';

/** Any JSON object. */
export type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Json[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Json>>;
}
interface Content {
  readonly content?: { readonly 'application/json': { readonly schema: Json; readonly examples?: Json } };
}
interface Message {
  readonly payload: Json;
}

/** A call and what came back for it. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: Json;
  readonly body: unknown;
  readonly status: number;
  readonly headers: Headers;
  readonly reply: Json;
}

/**
 * The documents that a venue serves about itself, held to the letter: what they do not name is a fault. Faults are gathered, and so
 * is what was seen to go well, so that a test can ask for both at its end.
 */
export class ServedSchemas {
  readonly faults: string[] = [];
  readonly succeeded = new Set<string>();
  readonly pushed = new Set<string>();
  readonly #openApi: Json;
  readonly #messages: Readonly<Record<string, Message>>;
  readonly #validators = new Map<string, Validator>();

  private constructor(openApi: Json, asyncApi: Json) {
    this.#openApi = openApi;
    this.#messages = at(asyncApi, ['components', 'messages']) as Readonly<Record<string, Message>>;
  }

  static async of(url: string): Promise<ServedSchemas> {
    const read = async (path: string): Promise<Json> => (await (await fetch(url + path)).json()) as Json;
    return new ServedSchemas(await read('/openapi.json'), await read('/asyncapi.json'));
  }

  /** Names of the operations of the document whose path begins like this. */
  operationsUnder(prefix: string): readonly string[] {
    const paths = this.#openApi['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    return Object.entries(paths)
      .filter(([path]) => path.startsWith(prefix))
      .flatMap(([, item]) => Object.values(item).map(({ operationId }) => operationId));
  }

  /** Names of the messages that the venue sends. */
  get sentMessages(): readonly string[] {
    return Object.entries(this.#messages)
      .filter(([, { payload }]) => (payload['properties'] as Json)['op'] === undefined)
      .map(([name]) => name);
  }

  checkExchange(exchange: Exchange): void {
    const { method, path, status, reply, headers } = exchange;
    const operation = at(this.#openApi, ['paths', path, method.toLowerCase()]) as Operation | undefined;
    const where = `${method} ${path} (${status}, ${String(reply['code'])})`;
    if (operation === undefined) {
      this.faults.push(`${where} is no operation`);
      return;
    }
    const written = operation.responses[status];
    if (written === undefined) {
      this.faults.push(`${where}: no such status`);
      return;
    }
    const response = this.#resolved(written) as Content & { readonly headers?: Json };
    const content = response.content?.['application/json'];
    if (content === undefined) {
      this.faults.push(`${where}: no content`);
      return;
    }
    for (const name of Object.keys(response.headers ?? {})) {
      if (!headers.has(name) && !(name === 'Set-Cookie' && reply['code'] !== 0))
        this.faults.push(`${where}: no header ${name}`);
    }
    const { schema } = content;
    const [success, failure] = (schema['anyOf'] as readonly Json[] | undefined) ?? [schema, schema];
    const part = reply['code'] === 0 ? success : failure;
    this.#check(`${where} reply`, part as Json, reply);
    if (reply['code'] === 0) this.#checkRequest(where, operation, exchange);
    else this.#checkCode(where, content.examples ?? {}, reply);
  }

  /** A frame that came on a socket, whose kind it tells by itself. */
  checkFrame(frame: Json): void {
    const name = nameOf(frame);
    const message = this.#messages[name];
    if (message === undefined) {
      this.faults.push(`no message ${name}: ${JSON.stringify(frame)}`);
      return;
    }
    this.#check(`frame ${name}`, message.payload, frame);
    this.pushed.add(name);
  }

  #checkRequest(where: string, operation: Operation, { query, body }: Exchange): void {
    const schema = operation.requestBody?.content?.['application/json'].schema;
    if (schema !== undefined) this.#check(`${where} body`, schema, body ?? {});
    else if (body !== undefined) this.faults.push(`${where} has a body`);
    const schemes = Object.values(at(this.#openApi, ['components', 'securitySchemes']) as Record<string, Json>);
    const parameters = (operation.parameters ?? []).map((each) => this.#resolved(each));
    const known = [...parameters, ...schemes].map(({ name }) => name);
    for (const name of Object.keys(query)) if (!known.includes(name)) this.faults.push(`${where}: no query ${name}`);
    this.succeeded.add(operation.operationId);
  }

  #checkCode(where: string, examples: Json, { code }: Json): void {
    const codes = Object.values(examples).map((each) => (this.#resolved(each as Json)['value'] as Json)['code']);
    if (!codes.includes(code)) this.faults.push(`${where}: no such code`);
  }

  #check(where: string, schema: Json, value: unknown): void {
    const key = JSON.stringify(schema);
    const validator = this.#validators.get(key) ?? Compile(this.#strict(schema) as object);
    this.#validators.set(key, validator);
    if (validator.Check(value)) return;
    const [, errors] = validator.Errors(value);
    this.faults.push(`${where}: ${JSON.stringify(errors)} in ${JSON.stringify(value)}`);
  }

  /** The same schema with what it refers to in its place, in which objects hold nothing that is not named. */
  #strict(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map((each) => this.#strict(each));
    if (typeof schema !== 'object' || schema === null) return schema;
    const resolved = this.#resolved(schema as Json);
    const inner = Object.fromEntries(
      Object.entries(resolved).map(([name, value]) => [name, name === 'examples' ? value : this.#strict(value)]),
    );
    return resolved['type'] === 'object' ? { additionalProperties: false, ...inner } : inner;
  }

  #resolved(value: Json): Json {
    const reference = value['$ref'];
    return typeof reference === 'string' ? (at(this.#openApi, reference.split('/').slice(1)) as Json) : value;
  }
}

const MARKET_TOPIC = /^market\.(depth|trade|kline|tickers|ticker)\b/;

function nameOf({ topic, event, data }: Json): string {
  if (typeof topic === 'string' && topic.startsWith('user.')) return String((data as Json)['eventType']);
  if (typeof topic === 'string') return `market_${MARKET_TOPIC.exec(topic)?.[1] ?? topic}`;
  switch (event) {
    case 'subscribe':
    case 'unsubscribe':
      return 'subscriptionReply';
    case 'order.place':
    case 'order.cancel':
    case 'order.move':
      return 'orderReply';
    default:
      return `${String(event)}Reply`;
  }
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (inner as Json | undefined)?.[name], value);
