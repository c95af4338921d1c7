/** HTTP status of every reply of the Agent API, refusals included: clients read the bodies of 2xx replies alone. */
export const AGENT_HTTP_STATUS = 200;

/** One refusal of the Agent API. */
export interface AgentErrorEntry {
  readonly code: number;
  readonly name: string;
  readonly message: string;
  readonly meaning: string;
}

const entry = <const Code extends number, const Name extends string>(
  code: Code,
  name: Name,
  text: { readonly message: string; readonly meaning: string },
) => ({ code, name, message: text.message, meaning: text.meaning }) as const;

/** Every refusal of the Agent API, by ascending code. */
export const AGENT_ERROR_CATALOGUE = [
  entry(6001, 'SIGNATURE_INVALID', {
    message: 'Invalid signature',
    meaning: 'The signature is wrong, or there is no such agent.',
  }),
  entry(6002, 'AGENT_DISABLED', { message: 'Agent disabled', meaning: 'The agent is disabled.' }),
  entry(6003, 'TIMESTAMP_OUTSIDE_WINDOW', {
    message: 'Timestamp outside of tolerance window',
    meaning: 'The timestamp is too far from the time of the venue.',
  }),
  entry(6004, 'NONCE_REUSED', {
    message: 'Nonce already used',
    meaning: 'The agent has used this nonce within the window.',
  }),
  entry(6009, 'ACCESS_NOT_ALLOWED', {
    message: 'Access not allowed',
    meaning: 'The user is not one of the agent, or the agent may not call from this address or in this way.',
  }),
  entry(6101, 'ORDER_NOT_FOUND', { message: 'Order not found', meaning: 'The agent has no such order.' }),
  entry(6102, 'ORDER_NUMBER_CONFLICT', {
    message: 'Order number already used with other content',
    meaning: 'The number names an order of the agent that says something else; nothing has happened.',
  }),
  entry(6103, 'USER_NOT_BOUND', { message: 'User not bound', meaning: 'The agent has bound no such agentUserId.' }),
  entry(6104, 'USER_IDS_DIFFER', {
    message: 'agentUserId and platformUserId are not the same user',
    meaning: 'Both ids name users of the agent, but not the same one.',
  }),
  entry(6105, 'ORDER_NOT_REVERSIBLE', {
    message: 'Order cannot be reversed',
    meaning: 'The order has moved nothing, or was already reversed.',
  }),
  entry(6904, 'TEMPORARILY_UNAVAILABLE', {
    message: 'Temporarily unavailable',
    meaning: 'Nothing was recorded; the request may be repeated.',
  }),
  entry(6905, 'QUERY_QUOTA_EXHAUSTED', {
    message: 'Query quota used up',
    meaning: 'The agent has asked too much in too short a time.',
  }),
  entry(102001, 'PARAMETER_MISSING', {
    message: 'Required parameter missing',
    meaning: 'A parameter that this call needs is missing or empty; the message names it.',
  }),
  entry(102002, 'PARAMETER_INVALID', {
    message: 'Invalid parameter value',
    meaning: 'A parameter has a value that is not allowed; the message names it and the rule.',
  }),
  entry(102003, 'PARAMETER_OUT_OF_RANGE', {
    message: 'Parameter out of range',
    meaning: 'A number, a length or a count is outside of its range; the message names the range.',
  }),
] as const satisfies readonly AgentErrorEntry[];

type CatalogueEntry = (typeof AGENT_ERROR_CATALOGUE)[number];
/** A code of the Agent API. */
export type AgentErrorCode = CatalogueEntry['code'];
/** A name of the Agent API's catalogue. */
export type AgentErrorName = CatalogueEntry['name'];

const ENTRY_BY_NAME: ReadonlyMap<string, CatalogueEntry> = new Map(
  AGENT_ERROR_CATALOGUE.map((each) => [each.name, each]),
);
const ENTRY_BY_CODE: ReadonlyMap<number, CatalogueEntry> = new Map(
  AGENT_ERROR_CATALOGUE.map((each) => [each.code, each]),
);

/** The entry of a name. */
export function agentErrorOf(name: AgentErrorName): CatalogueEntry {
  const found = ENTRY_BY_NAME.get(name);
  if (found === undefined) throw new Error(`The error catalogue of the Agent API has no entry ${name}`);
  return found;
}

/** The entry of a code, or undefined for a code that is not in the catalogue. */
export function agentErrorOfCode(code: number): CatalogueEntry | undefined {
  return ENTRY_BY_CODE.get(code);
}
