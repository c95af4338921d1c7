import { child, isNode, type Node, type Visit } from './syntax.ts';

/** What is written instead of a node, and the name of the operator that thought of it. */
export interface Change {
  readonly operator: string;
  readonly node: Node;
  readonly replacement: string;
}

type Operator = (visit: Visit, text: string) => readonly (string | Change)[];

/** Looked up by any word of a source, so the prototype of an object must not answer. */
const table = <V>(entries: Record<string, V>): ReadonlyMap<string, V> => new Map(Object.entries(entries));

const COMPARISONS = table<readonly string[]>({
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
});
const ARITHMETIC = table<string>({
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '&': '|',
  '|': '&',
  '<<': '>>',
  '>>': '<<',
  '>>>': '<<',
});
const LOGICAL = table<string>({ '&&': '||', '||': '&&', '??': '&&' });
const METHODS = table<string>({
  min: 'max',
  max: 'min',
  some: 'every',
  every: 'some',
  floor: 'ceil',
  ceil: 'floor',
  push: 'unshift',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
});
/** Words of the domain that a slip would take for each other. */
const WORDS = table<string>({
  BUY: 'SELL',
  SELL: 'BUY',
  LONG: 'SHORT',
  SHORT: 'LONG',
  bids: 'asks',
  asks: 'bids',
  up: 'down',
  down: 'up',
  'toward-zero': 'down',
  'half-up': 'down',
  CROSS: 'ISOLATED',
  ISOLATED: 'CROSS',
});

const within = (node: Node, text: string): string => text.slice(node.start, node.end);
const isText = (node: Node): boolean =>
  node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node['value'] === 'string');

/** The node with the operator between its two sides replaced. */
function swapped(node: Node, text: string, operator: string): string {
  const [left, right] = [child(node, 'left'), child(node, 'right')];
  const between = text.slice(left.end, right.start);
  return within(left, text) + between.replace(node['operator'] as string, operator) + within(right, text);
}

const comparison: Operator = ({ node }, text) =>
  node.type === 'BinaryExpression'
    ? (COMPARISONS.get(node['operator'] as string) ?? []).map((operator) => swapped(node, text, operator))
    : [];

const arithmetic: Operator = ({ node }, text) => {
  if (node.type !== 'BinaryExpression') return [];
  if (isText(child(node, 'left')) || isText(child(node, 'right'))) return [];
  const operator = ARITHMETIC.get(node['operator'] as string);
  return operator === undefined ? [] : [swapped(node, text, operator)];
};

const assignment: Operator = ({ node }, text) => {
  if (node.type !== 'AssignmentExpression') return [];
  const sign = (node['operator'] as string).slice(0, -1);
  const operator = ARITHMETIC.get(sign) ?? LOGICAL.get(sign);
  return operator === undefined ? [] : [swapped(node, text, `${operator}=`)];
};

const logical: Operator = ({ node }, text) =>
  node.type === 'LogicalExpression' ? [swapped(node, text, LOGICAL.get(node['operator'] as string) as string)] : [];

/** What decides becomes fixed: comparisons wherever they stand, and whatever an `if`, a `?` or a loop asks. */
const decision: Operator = ({ node, ancestors }) => {
  const parent = ancestors[0];
  const isComparison = node.type === 'BinaryExpression' && COMPARISONS.has(node['operator'] as string);
  const isEither = node.type === 'LogicalExpression' && node['operator'] !== '??';
  const isTest = parent !== undefined && parent['test'] === node && parent.type !== 'SwitchCase';
  if (!isComparison && !isEither && !isTest) return [];
  if (node.type === 'Literal') return [];
  const isLoop = isTest && /^(For|While|DoWhile)/.test(parent.type);
  return isLoop ? ['false'] : ['true', 'false'];
};

const unary: Operator = ({ node }, text) =>
  node.type === 'UnaryExpression' && ['!', '-', '~'].includes(node['operator'] as string)
    ? [within(child(node, 'argument'), text)]
    : [];

const update: Operator = ({ node }, text) => {
  if (node.type !== 'UpdateExpression') return [];
  const source = within(node, text);
  return [source.includes('++') ? source.replace('++', '--') : source.replace('--', '++')];
};

const literal: Operator = ({ node, ancestors }) => {
  const parent = ancestors[0];
  if (node.type !== 'Literal' || parent?.['key'] === node || parent?.['source'] === node) return [];
  const value = node['value'];
  if (typeof value === 'boolean') return [String(!value)];
  if (typeof value === 'number') return [String(value + 1)];
  if (typeof value === 'bigint') return [`${value + 1n}n`];
  if (typeof value !== 'string') return [];
  const other = WORDS.get(value);
  return [other === undefined ? (value === '' ? `'mutated'` : `''`) : `'${other}'`];
};

const array: Operator = ({ node }) =>
  node.type === 'ArrayExpression' && (node['elements'] as unknown[]).length > 0 ? ['[]'] : [];

const method: Operator = ({ node }) => {
  if (node.type !== 'CallExpression') return [];
  const callee = child(node, 'callee');
  if (callee.type !== 'MemberExpression' || callee['computed'] === true) return [];
  const property = child(callee, 'property');
  const other = METHODS.get(property['name'] as string);
  return other === undefined ? [] : [{ operator: 'method', node: property, replacement: other }];
};

/** A step that is left out. */
const removal: Operator = ({ node, ancestors }) => {
  if (node.type === 'ExpressionStatement') return [';'];
  const isBareReturn = node.type === 'ReturnStatement' && !isNode(node['argument']);
  const isContinue = node.type === 'ContinueStatement';
  const isBreak = node.type === 'BreakStatement' && ancestors[0]?.type !== 'SwitchCase';
  return isBareReturn || isContinue || isBreak ? [';'] : [];
};

/** A function that does nothing and answers undefined. */
const body: Operator = ({ node }) => {
  const isFunction = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
  if (!isFunction || !isNode(node['body'])) return [];
  const block = node['body'];
  if (block.type !== 'BlockStatement') return [{ operator: 'body', node: block, replacement: 'undefined' }];
  return (block['body'] as unknown[]).length === 0 ? [] : [{ operator: 'body', node: block, replacement: '{}' }];
};

/** Every operator by its name. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  comparison,
  arithmetic,
  assignment,
  logical,
  decision,
  unary,
  update,
  literal,
  array,
  method,
  removal,
  body,
};

/** Every change that an operator makes to one node. */
export function* changesOf(visit: Visit, text: string): Generator<Change> {
  for (const [operator, apply] of Object.entries(OPERATORS)) {
    for (const found of apply(visit, text)) {
      yield typeof found === 'string' ? { operator, node: visit.node, replacement: found } : found;
    }
  }
}
