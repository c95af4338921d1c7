import type { TSchema } from 'typebox';
import { Compile } from 'typebox/schema';
import { expect } from 'vitest';
import { SUPPORTED_KEYWORDS } from '../first-problem.ts';
import { nodesOf } from './schema-nodes.ts';

/** Every field says what it is. */
export function expectDescriptions(name: string, schema: TSchema): void {
  expect(typeof Compile(schema).Check({})).toBe('boolean');
  for (const { path, node } of nodesOf(schema, name).filter((found) => found.isField)) {
    expect(String(node['description'] ?? ''), path).toMatch(/\S/);
  }
}

/** Every example is what it is an example of. */
export function expectWellFormedExamples(name: string, schema: TSchema): void {
  for (const { path, node } of nodesOf(schema, name)) {
    for (const example of (node['examples'] ?? []) as readonly unknown[]) {
      expect(Compile(node as TSchema).Check(example), `${path} ${JSON.stringify(example)}`).toBe(true);
    }
  }
}

/** A request schema uses the keywords that the walk knows. */
export function expectSupportedKeywords(name: string, schema: TSchema): void {
  for (const { path, node } of nodesOf(schema, name)) {
    for (const keyword of Object.keys(node)) expect(SUPPORTED_KEYWORDS, `${path} ${keyword}`).toContain(keyword);
  }
}

/** Every text, array and number of a request has a bound. */
export function expectBounds(name: string, schema: TSchema): void {
  for (const { path, node } of nodesOf(schema, name)) {
    if (node.type === 'array') expect(node.maxItems, path).toBeGreaterThan(0);
    if (node.type === 'string' && node.enum === undefined) {
      expect(node.maxLength !== undefined || /\{\d+(,\d+)?\}/.test(node.pattern ?? ''), path).toBe(true);
    }
    if (node.type === 'integer') expect(node.maximum, path).toBeGreaterThan(0);
  }
}

/** The secrets among the fields, each of them marked. */
export function markedSecrets(schemas: readonly (readonly [string, TSchema])[], secretNames: RegExp): string[] {
  const secrets = new Set<string>();
  for (const [name, schema] of schemas) {
    for (const { path, node } of nodesOf(schema, name)) {
      const field = path.split('.').at(-1) ?? '';
      if (!secretNames.test(field)) continue;
      secrets.add(field);
      expect(node['x-secret'], path).toBe(true);
    }
  }
  return [...secrets].toSorted();
}
