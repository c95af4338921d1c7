import {
  AgentFailure,
  agentErrorOfCode,
  compileValidator,
  errorOfCode,
  Failure,
  type Route,
  Success,
  TRANSPORT_FAILURES,
  type Validator,
} from '@openvenue/contract';
import type { TObject } from 'typebox';
import type { Contract } from '../hostile/http-request.ts';
import type { HttpAnswer } from '../wire/http-reader.ts';

/** What an answer comes to. */
export interface Verdict {
  readonly code: number;
  /** What is wrong with it; undefined where nothing is. */
  readonly fault: string | undefined;
}

const NO_CODE = -1;
const failure = compileValidator(Failure);
const agentFailure = compileValidator(AgentFailure);
const validators = new WeakMap<object, Validator<unknown>>();
/** Answers of the transport, before a route has seen the request: all of them are 2002. */
const TRANSPORT_CODE = TRANSPORT_FAILURES.unknownPath.code;
const TRANSPORT_STATUSES: readonly number[] = [400, 404, 408, 413, 415, 431];

/** Holds an answer to a whole request against the contract. */
export function judge(contract: Contract, method: string, answer: HttpAnswer): Verdict {
  if (answer.status >= 500) return { code: codeOf(answer), fault: `status ${answer.status}` };
  if (method === 'HEAD' || contract.kind === 'other') return { code: codeOf(answer), fault: undefined };
  const body = bodyOf(answer);
  if (body === undefined) return { code: NO_CODE, fault: 'the body is no JSON object' };
  const code = Number(body['code']);
  const fault = contract.kind === 'agent' ? agentFault(contract, answer, body) : developerFault(contract, answer, body);
  return { code, fault };
}

/** Holds what came back for bytes that are no whole request against the contract: an envelope wherever there is a body. */
export function judgeRaw(answer: HttpAnswer): Verdict {
  if (answer.status >= 500) return { code: codeOf(answer), fault: `status ${answer.status}` };
  // An answer that went through, of the API or of a page: what is in it is the matter of whole requests.
  if (answer.status < 400) return { code: codeOf(answer), fault: undefined };
  const body = bodyOf(answer);
  if (body === undefined) return { code: NO_CODE, fault: `status ${answer.status} without an envelope` };
  return { code: Number(body['code']), fault: refusalFault(answer, body) };
}

function developerFault(contract: Contract, answer: HttpAnswer, body: Body): string | undefined {
  if (contract.kind === 'unknown-path') {
    if (answer.status !== TRANSPORT_FAILURES.unknownPath.httpStatus && answer.status !== 429)
      return `status ${answer.status} for an unknown path`;
    return refusalFault(answer, body);
  }
  if (contract.kind !== 'route') return undefined;
  const { route } = contract;
  if (body['code'] !== 0) return refusalFault(answer, body) ?? namedFault(route, answer, body);
  if (answer.status !== 200) return `status ${answer.status} for a success`;
  return (
    headerFault(answer, body) ??
    formFault(
      validatorOf(route.data, () => Success(route.data)),
      body,
    )
  );
}

function refusalFault(answer: HttpAnswer, body: Body): string | undefined {
  const wrong = formFault(failure, body);
  if (wrong !== undefined) return wrong;
  if ('data' in body) return 'a refusal with data';
  const status = errorOfCode(Number(body['code']))?.httpStatus;
  const isOfTransport = body['code'] === TRANSPORT_CODE && TRANSPORT_STATUSES.includes(answer.status);
  if (status !== answer.status && !isOfTransport) return `status ${answer.status} for ${body['code']}`;
  return headerFault(answer, body);
}

function namedFault(route: Route, answer: HttpAnswer, body: Body): string | undefined {
  const name = errorOfCode(Number(body['code']))?.name;
  if (name === undefined || route.errors.includes(name) || body['code'] === TRANSPORT_CODE) return undefined;
  return `the contract of the route does not name ${body['code']} (${answer.status})`;
}

function headerFault(answer: HttpAnswer, body: Body): string | undefined {
  if (answer.headers.get('x-request-id') !== body['requestId']) return 'X-Request-ID is not the requestId';
  return typeFault(answer);
}

const typeFault = ({ headers }: HttpAnswer): string | undefined =>
  headers.get('content-type') === 'application/json; charset=utf-8' ? undefined : 'the type is not JSON';

function agentFault(
  contract: Extract<Contract, { kind: 'agent' }>,
  answer: HttpAnswer,
  body: Body,
): string | undefined {
  if (answer.status !== 200) return `status ${answer.status} of the Agent API`;
  const { call } = contract;
  const isSuccess = body['code'] === 0;
  const wrong = formFault(isSuccess ? validatorOf(call.reply, () => call.reply) : agentFailure, body);
  if (wrong !== undefined) return wrong;
  const error = agentErrorOfCode(Number(body['code']));
  if (!isSuccess && (error === undefined || !call.errors.includes(error.name)))
    return `the contract of the call does not name ${body['code']}`;
  return typeFault(answer);
}

function formFault(validator: Validator<unknown>, body: Body): string | undefined {
  const checked = validator.validate(body);
  return checked.ok ? undefined : `the form is wrong: ${JSON.stringify(checked.problem)}`;
}

function validatorOf(of: object, schema: () => TObject): Validator<unknown> {
  const known = validators.get(of) ?? compileValidator(schema());
  validators.set(of, known);
  return known;
}

type Body = Readonly<Record<string, unknown>>;

function bodyOf({ body }: HttpAnswer): Body | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}

const codeOf = (answer: HttpAnswer): number => Number(bodyOf(answer)?.['code'] ?? NO_CODE);
