import type { Canary } from '../../sim/canaries/list.ts';

/** Bugs that hostile input must bring to light. */
export const CANARIES: readonly Canary[] = [
  {
    name: 'throws-at-bad-json',
    file: 'packages/contract/src/json/parse-json-body.ts',
    find: "if (error instanceof SyntaxError) return refused('valid JSON');",
    replace: '',
  },
  {
    name: 'disabled-keys-work',
    file: 'packages/gateway/src/access/authenticate-key.ts',
    find: ' || !key.enabled',
    replace: '',
  },
  {
    name: 'refused-form-changes-state',
    file: 'packages/gateway/src/http/serve.ts',
    find: 'if (!prepared.ok) return prepared;',
    replace:
      "if (!prepared.ok) {\n      await this.#venue.node.submit({ type: 'revoke-all-sessions', userId: principal.userId });\n      return prepared;\n    }",
  },
  {
    name: 'forgotten-rejection',
    file: 'packages/gateway/src/http/body.ts',
    find: 'if (parsed.ok) return parsed;',
    replace: "if (parsed.ok) return parsed;\n  void Promise.reject(new Error('forgotten'));",
  },
  {
    name: 'loop-blocked',
    file: 'packages/gateway/src/http/body.ts',
    find: 'if (parsed.ok) return parsed;',
    replace:
      'if (parsed.ok) return parsed;\n  for (const end = performance.now() + 20; performance.now() < end; );\n  if (bytes.length > 10_000) for (const end = performance.now() + 1_000; performance.now() < end; );',
  },
  {
    name: 'refusal-with-data',
    file: 'packages/gateway/src/http/reply.ts',
    find: 'const envelope = { code, message: failure.message ?? message,',
    replace: 'const envelope = { data: {}, code, message: failure.message ?? message,',
  },
  {
    name: 'socket-throws-at-bad-json',
    file: 'packages/gateway/src/ws/client-requests.ts',
    find: 'const json = parseJsonBody(text);',
    replace: 'const json = { ok: true as const, value: JSON.parse(text) };',
  },
];
