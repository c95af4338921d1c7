import type { JsonSchema } from '../json-schema.ts';
import { fieldTable } from './fields.ts';
import { type Html, html, NOTHING } from './html.ts';
import { jsonBlock } from './layout.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
}

interface Content {
  readonly 'application/json': {
    readonly schema: JsonSchema;
    readonly example?: unknown;
    readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
  };
}

/** An operation of the OpenAPI document, as far as a reader sees it. */
export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
}

/** One operation: what it is for, what it takes, what it answers. */
export function operationSection(method: string, path: string, operation: Operation): Html {
  const body = operation.requestBody?.content['application/json'];
  const success = operation.responses['200'];
  const reply = success?.content?.['application/json'];
  const replySchema = reply?.schema.anyOf?.[0] ?? reply?.schema;
  const example = reply?.examples?.['success']?.value;
  return html`<section id="${operation.operationId}">
<h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></h3>
<p>${operation.summary}. ${operation.description ?? ''}</p>
${parameterTable(operation.parameters ?? [])}
${body === undefined ? NOTHING : html`${fieldTable(body.schema, 'Body')}${jsonBlock('Example of a body', body.example)}`}
${replySchema === undefined ? NOTHING : fieldTable(dataOf(replySchema), 'Reply')}
${example === undefined ? NOTHING : jsonBlock('Example of a reply', example)}
<p class="codes">${success?.description ?? ''}</p>
</section>`;
}

function parameterTable(parameters: readonly (Parameter | { readonly $ref: string })[]): Html {
  const own = parameters.filter((each): each is Parameter => 'name' in each);
  const asSchema = (each: Parameter): JsonSchema => ({ ...each.schema, description: each.description });
  return fieldTable(
    {
      properties: Object.fromEntries(own.map((each) => [each.name, asSchema(each)])),
      required: own.filter(({ required }) => required).map(({ name }) => name),
    },
    own.some((each) => each.in === 'header') ? 'Query and headers' : 'Query',
  );
}

/** What is inside the envelope, where there is one. */
const dataOf = (reply: JsonSchema): JsonSchema => reply.properties?.['data'] ?? reply;
