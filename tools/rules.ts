import { parseAst } from 'vitest/node';

/** Areas of the rules. Each has rules in `docs/spec`, numbered from 1 without gaps. */
export const FAMILIES = [
  'SYM',
  'MAT',
  'POS',
  'MRG',
  'FEE',
  'PRC',
  'FND',
  'CND',
  'STR',
  'LIQ',
  'INV',
  'AGY',
  'IDN',
  'SEQ',
  'LOG',
] as const;

const RULE = new RegExp(String.raw`\b(?:${FAMILIES.join('|')})-\d+\b`, 'g');
/** Worked examples of the rules, by number. */
const VECTOR = /\b(?:V\d{2}b?|[SX]\d)\b/g;
const RANGE = new RegExp(String.raw`\b(${FAMILIES.join('|')})-(\d+) to (?:\1-)?(\d+)\b`, 'g');
const ROW = new RegExp(String.raw`^(?:\| |- \*\*)((?:${FAMILIES.join('|')})-\d+|V\d{2}b?|[SX]\d)\b`);
const NOT_YET = /^#+ Not carried out yet$/;

export interface NamedText {
  readonly path: string;
  readonly text: string;
}

export interface SpecifiedRules {
  readonly carriedOut: ReadonlyMap<string, string>;
  /** Rules that the specification knows and that nothing carries out yet: no test need cite them. */
  readonly notYet: ReadonlySet<string>;
  readonly faults: readonly string[];
}

/** The rules and vectors of specification pages: rows of tables and points of lists that begin with an id. */
export function specifiedRules(pages: readonly NamedText[]): SpecifiedRules {
  const carriedOut = new Map<string, string>();
  const notYet = new Set<string>();
  const faults: string[] = [];
  for (const { path, text } of pages) {
    let isNotYet = false;
    for (const line of text.split('\n')) {
      if (line.startsWith('#')) isNotYet = NOT_YET.test(line);
      const id = ROW.exec(line)?.[1];
      if (id === undefined) continue;
      if (carriedOut.has(id) || notYet.has(id)) faults.push(`${path}: ${id} is specified a second time`);
      if (isNotYet) notYet.add(id);
      else carriedOut.set(id, path);
    }
  }
  const known = new Set([...carriedOut.keys(), ...notYet]);
  for (const family of FAMILIES) {
    const count = [...known].filter((id) => id.startsWith(`${family}-`)).length;
    for (let n = 1; n <= Math.max(count, 1); n++)
      if (!known.has(`${family}-${n}`)) faults.push(`no page specifies ${family}-${n}, and the numbers have no gaps`);
  }
  return { carriedOut, notYet, faults };
}

/** Rules and vectors that the titles of a file of tests cite; `INV-1 to INV-4` cites four. */
export function citedRules(file: NamedText): ReadonlySet<string> {
  const cited = new Set<string>();
  for (const title of titlesOf(file)) {
    for (const [, family, first, last] of title.matchAll(RANGE))
      for (let n = Number(first); n <= Number(last); n++) cited.add(`${family}-${n}`);
    for (const pattern of [RULE, VECTOR]) for (const [id] of title.matchAll(pattern)) cited.add(id);
  }
  return cited;
}

/** What does not fit: rules without a test, and titles that cite a rule that no page has. Vectors are not looked up backwards. */
export function ruleFaults(pages: readonly NamedText[], tests: readonly NamedText[]): readonly string[] {
  const { carriedOut, notYet, faults } = specifiedRules(pages);
  const found = [...faults];
  const cited = new Set<string>();
  for (const test of tests) {
    for (const id of citedRules(test)) {
      cited.add(id);
      if (id.includes('-') && !carriedOut.has(id) && !notYet.has(id))
        found.push(`${test.path} cites ${id}, which no page specifies`);
    }
  }
  for (const [id, path] of carriedOut) if (!cited.has(id)) found.push(`${path}: no test cites ${id}`);
  return found;
}

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** The texts of all titles of tests and of the groups around them; with `each`, of its rows too. */
function titlesOf({ path, text }: NamedText): readonly string[] {
  const program: unknown = parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' });
  const constants = new Map<string, unknown>();
  const titles: string[] = [];
  visit(program, (node) => {
    if (node['type'] === 'VariableDeclarator' && nameOf(node['id']) !== '')
      constants.set(nameOf(node['id']), node['init']);
  });
  visit(program, (node) => {
    if (node['type'] !== 'CallExpression' || !isTestFunction(node['callee'])) return;
    titles.push(...textsIn(argument(node, 0)));
    const rows = rowsOf(node['callee']);
    if (rows !== undefined) titles.push(...textsIn(constants.get(nameOf(rows)) ?? rows));
  });
  return titles;
}

const argument = (call: Node, n: number): unknown => (call['arguments'] as readonly unknown[])[n];
const nameOf = (node: unknown): string => (isNode(node) && node['type'] === 'Identifier' ? String(node['name']) : '');

/** `it`, `it.only`, or the call of `it.each` that takes the rows. */
function isTestFunction(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee['type'] === 'MemberExpression') return isTestFunction(callee['object']) && !isEach(callee);
  if (callee['type'] === 'CallExpression') return rowsOf(callee) !== undefined;
  return ['it', 'test', 'describe'].includes(nameOf(callee));
}

const isEach = (member: Node): boolean => ['each', 'for'].includes(nameOf(member['property']));

function rowsOf(callee: unknown): unknown {
  if (!isNode(callee) || callee['type'] !== 'CallExpression') return undefined;
  const each = callee['callee'];
  const isRows = isNode(each) && each['type'] === 'MemberExpression' && isEach(each) && isTestFunction(each['object']);
  return isRows ? argument(callee, 0) : undefined;
}

function textsIn(root: unknown): readonly string[] {
  const texts: string[] = [];
  visit(root, (node) => {
    if (node['type'] === 'Literal' && typeof node['value'] === 'string') texts.push(node['value']);
    if (node['type'] === 'TemplateLiteral') {
      const quasis = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[];
      texts.push(quasis.map(({ value }) => value.cooked).join(' '));
    }
  });
  return texts;
}

function visit(root: unknown, see: (node: Node) => void): void {
  if (Array.isArray(root)) {
    for (const each of root) visit(each, see);
    return;
  }
  if (!isNode(root)) return;
  if (typeof root['type'] === 'string') see(root);
  for (const part of Object.values(root)) visit(part, see);
}
