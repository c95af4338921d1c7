import { parseAst } from 'vitest/node';

/** A node of the syntax tree; offsets count UTF-16 units. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Kinds below which there is nothing that runs. */
const ERASED = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'ExportSpecifier', 'Directive']);
/** Kinds of the type language that hold an expression all the same. */
const TRANSPARENT = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);

export interface Visit {
  readonly node: Node;
  /** From the nearest to the root. */
  readonly ancestors: readonly Node[];
}

/** Every node that is still there when types are stripped, parents first. @throws SyntaxError for text that is not TypeScript */
export function* visits(text: string): Generator<Visit> {
  yield* below(parseAst(text, { lang: 'ts' }) as unknown as Node, []);
}

function* below(node: Node, ancestors: readonly Node[]): Generator<Visit> {
  const isErased = ERASED.has(node.type) || (node.type.startsWith('TS') && !TRANSPARENT.has(node.type));
  if (isErased || node['declare'] === true) return;
  yield { node, ancestors };
  for (const child of childrenOf(node)) yield* below(child, [node, ...ancestors]);
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value) => isNode(value));
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The child under a key that the kind of the node always has. */
export function child(node: Node, key: string): Node {
  const value = node[key];
  if (!isNode(value)) throw new TypeError(`a ${node.type} has no ${key}`);
  return value;
}

export function parses(text: string): boolean {
  try {
    parseAst(text, { lang: 'ts' });
    return true;
  } catch {
    return false;
  }
}
