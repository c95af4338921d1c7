import { Compile } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { missing, type ProblemCode, problemOf, withValue } from '../problem.ts';
import { AGENT_ERROR_CATALOGUE, AGENT_HTTP_STATUS, agentErrorOf, agentErrorOfCode } from './error-catalogue.ts';
import { AgentFailure, agentFailure, agentFailureOfProblem } from './failure.ts';

const CODES = [6001, 6002, 6003, 6004, 6009, 6101, 6102, 6103, 6104, 6105, 6904, 6905, 102001, 102002, 102003];

describe('error catalogue of the Agent API', () => {
  it('has every code of the contract, once, in ascending order, and answers HTTP 200', () => {
    expect(AGENT_ERROR_CATALOGUE.map((entry) => entry.code)).toEqual(CODES);
    expect(AGENT_HTTP_STATUS).toBe(200);
  });

  it('has unique names in SCREAMING_SNAKE and a text for everything', () => {
    const names = AGENT_ERROR_CATALOGUE.map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
    for (const entry of AGENT_ERROR_CATALOGUE) {
      expect(entry.name).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(entry.message).toMatch(/^\S.*[^.\s]$/);
      expect(entry.meaning).toMatch(/^[A-Z].*\.$/);
      expect(agentErrorOf(entry.name)).toBe(entry);
      expect(agentErrorOfCode(entry.code)).toBe(entry);
    }
  });

  it('knows no other code', () => {
    expect([0, 1003, 2002, 5001, 6000, 6010, 102000, 102004].map(agentErrorOfCode)).toEqual(Array(8).fill(undefined));
  });
});

describe('a refusal', () => {
  it('is exactly code and message', () => {
    expect(agentFailure('SIGNATURE_INVALID')).toEqual({ code: 6001, message: 'Invalid signature' });
    const check = Compile(AgentFailure);
    expect(AGENT_ERROR_CATALOGUE.every(({ name }) => check.Check(agentFailure(name)))).toBe(true);
    for (const more of [{ data: {} }, { requestId: 'r' }, { details: {} }, { code: 0 }, { code: '6001' }]) {
      expect(check.Check({ ...agentFailure('ORDER_NOT_FOUND'), ...more })).toBe(false);
    }
  });

  it.each([
    [missing('amount'), 102001, 'Required parameter missing: amount'],
    [missing('a', 'a or b is required'), 102001, 'Required parameter missing: a or b is required'],
    [problemOf(2003, 'page', 'at least 1'), 102003, 'Parameter out of range: page must be at least 1'],
    [problemOf(2002, 'body', 'valid JSON'), 102002, 'Invalid parameter value: body must be valid JSON'],
  ])('says %j as %i %s', (problem, code, message) => {
    expect(agentFailureOfProblem(problem)).toEqual({ code, message });
  });

  it('never repeats the value', () => {
    const problem = withValue(problemOf(2002, 'amount', 'a decimal'), 'hunter2');
    expect(JSON.stringify(agentFailureOfProblem(problem))).not.toContain('hunter2');
  });

  it('knows an answer to every problem', () => {
    for (const code of [2002, 3100, 3112] as const satisfies readonly ProblemCode[]) {
      expect(agentFailureOfProblem({ code, field: 'f', rule: 'r' }).code).toBe(102002);
    }
  });
});
